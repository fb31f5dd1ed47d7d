import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { website } from '../../../stages/environments';
import { resource, resources, resourcesOf, synthesize } from '../synthesized';
import type { Resource } from '../synthesized';

const environments = website.environments.map(({ name }) => name);
const RUNBOOK = /^(.+[.!]) What to do: docs\/runbooks\.md#([a-z\d-]+)$/;

const STACKS = ['Workflow', 'Clickstream', 'Personalize', 'Redshift', 'Search', 'Lake'];

const alarms = (environment: string, stacks: readonly string[] = STACKS): Resource[] => stacks.flatMap((name) => resources('AWS::CloudWatch::Alarm', `${environment}-${name}`));
const runbookOf = ({ Properties }: Resource): string | undefined => RUNBOOK.exec(String(Properties['AlarmDescription']))?.[2];
const dimension = ({ Properties }: Resource, name: string): unknown => (Properties['Dimensions'] as { Name: string; Value: unknown }[]).find(({ Name }) => Name === name)?.Value;
const alarmOf = (metric: string, environment = 'Prod'): Resource => {
  const found = alarms(environment, ['Workflow']).filter(({ Properties }) => Properties['MetricName'] === metric);
  if (!found[0]) throw new Error(`no alarm of ${metric}`);
  return found[0];
};

/** The sections of the runbooks by their anchors, as GitHub makes them of headings. */
function sections(): string[] {
  const text = readFileSync(join(__dirname, '../../../docs/runbooks.md'), 'utf8');
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) => heading.toLowerCase().replaceAll(/[^\w -]/g, '').replaceAll(' ', '-')).filter((anchor) => anchor !== 'what-you-need');
}

test('every alarm has a section in the runbooks, and every section an alarm', () => {
  for (const environment of environments) {
    expect(new Set(alarms(environment).map(runbookOf))).toEqual(new Set(sections()));
  }
});

test('every section says what it means for customers, how to see it, what to do and when it is over', () => {
  const [, ...parts] = readFileSync(join(__dirname, '../../../docs/runbooks.md'), 'utf8').split(/^## /m);
  for (const part of parts.filter((text) => !text.startsWith('What you need'))) {
    expect(part.match(/^\*\*(For customers|See it|Do|Over when):\*\*/gm)).toEqual(['**For customers:**', '**See it:**', '**Do:**', '**Over when:**']);
  }
});

describe.each(environments)('every alarm of %s', (environment) => {
  test('says in a sentence what customers lose', () => {
    for (const { Properties } of alarms(environment)) expect(Properties['AlarmDescription']).toMatch(RUNBOOK);
  });

  test('tells people when it begins and when it is over', () => {
    for (const name of STACKS) {
      const [topic] = resourcesOf(`${environment}-${name}`).find(([, { Type }]) => Type === 'AWS::SNS::Topic') ?? [];
      for (const { Properties } of alarms(environment, [name])) expect(Properties).toMatchObject({ AlarmActions: [{ Ref: topic }], OKActions: [{ Ref: topic }] });
    }
  });

  test('watches this environment alone, also where several share an account', () => {
    for (const { Properties } of alarms(environment)) {
      const [namespace, dimensions] = [String(Properties['Namespace']), JSON.stringify(Properties['Dimensions'] ?? [])];
      expect(namespace.startsWith('AWS/') ? /"(Ref|Fn::GetAtt|Fn::GetStackOutput|Fn::ImportValue)"/.test(dimensions) : namespace === `Website/${environment}`).toBe(true);
    }
  });
});

test('each state machine has an alarm for its failures', () => {
  const watched = alarms('Prod', ['Workflow']).filter(({ Properties }) => Properties['MetricName'] === 'ExecutionsFailed').map((alarm) => JSON.stringify(dimension(alarm, 'StateMachineArn')));
  const machines = resourcesOf('Prod-Workflow').flatMap(([logicalId, { Type }]) => (Type === 'AWS::StepFunctions::StateMachine' ? JSON.stringify({ Ref: logicalId }) : []));
  expect(watched.toSorted()).toEqual(machines.toSorted());
});

test('the comparisons that do not run ring, and no other alarm takes silence for trouble', () => {
  const silent = alarms('Prod').filter(({ Properties }) => Properties['TreatMissingData'] === 'breaching');
  expect(silent.map(({ Properties }) => Properties['MetricName'])).toEqual(['OrdersOpen', 'Drift', 'Drift']);
  expect(alarmOf('OrdersOpen').Properties).toMatchObject({ Statistic: 'SampleCount', ComparisonOperator: 'LessThanThreshold', Threshold: 1, Period: 900, EvaluationPeriods: 4 });
});

test('the comparison of orders puts its figures where the alarms look for them', () => {
  const fn = resources('AWS::Lambda::Function', 'Prod-Workflow').find(({ Properties }) => String(Properties['Description']).startsWith('Compares open orders'));
  expect(fn?.Properties['Environment']).toMatchObject({ Variables: { POWERTOOLS_METRICS_NAMESPACE: 'Website/Prod', POWERTOOLS_SERVICE_NAME: 'workflow' } });
  const source = readFileSync(join(__dirname, '../../../lambdas/workflow/reconcile-orders.ts'), 'utf8');
  const published = [...source.matchAll(/addMetric\('(\w+)'/g)].map(([, name]) => name);
  const watched = alarms('Prod', ['Workflow']).filter(({ Properties }) => Properties['Namespace'] === 'Website/Prod' && Properties['MetricName'] !== 'SignaturesRefused');
  expect(new Set(watched.map(({ Properties }) => Properties['MetricName']))).toEqual(new Set(published));
  expect(published).toHaveLength(4);
  for (const alarm of watched) expect(dimension(alarm, 'service')).toBe('workflow');
});

test('the queues of changes that were given up on and of events that nobody heard of ring with their first message', () => {
  const queues = alarms('Prod').filter(({ Properties }) => Properties['MetricName'] === 'ApproximateNumberOfMessagesVisible');
  expect(queues.map((queue) => JSON.stringify(dimension(queue, 'QueueName'))).join()).toMatch(/StartsFailedFailures.*UnheardEventsQueue/);
  for (const { Properties } of queues) expect(Properties).toMatchObject({ Threshold: 1, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
});

test('a secret that could not be changed rings until the next attempt, a day later', () => {
  const daily = alarms('Prod', ['Workflow']).filter(({ Properties }) => Properties['Period'] === 86_400);
  expect(daily.map((alarm) => JSON.stringify(dimension(alarm, 'FunctionName'))).join()).toMatch(/RegisterWebhooks.*RotateOriginSecret/);
  for (const { Properties } of daily) expect(Properties).toMatchObject({ MetricName: 'Errors', Statistic: 'Sum', Threshold: 1, EvaluationPeriods: 1 });
});

test('an event whose loss nobody else would notice is kept when it cannot be delivered', () => {
  const rules = resources('AWS::Events::Rule', 'Prod-Workflow').map(({ Properties }) => Properties);
  const isKept = ({ Targets }: Resource['Properties']): boolean => (Targets as { DeadLetterConfig?: unknown }[]).every(({ DeadLetterConfig }) => JSON.stringify(DeadLetterConfig)?.includes('UnheardEventsQueue'));
  // Of a schedule the next round makes up for the one before.
  expect(rules.filter((rule) => !isKept(rule)).map(({ ScheduleExpression }) => typeof ScheduleExpression)).toEqual(['string', 'string']);
  expect(rules.filter(isKept)).toHaveLength(3);
});

test('refused signatures of both webhooks are counted from what the functions log', () => {
  const filters = resources('AWS::Logs::MetricFilter', 'Prod-Workflow').map(({ Properties }) => Properties);
  expect(filters.map(({ LogGroupName }) => JSON.stringify(LogGroupName)).join()).toMatch(/ReceivePaymentEventLog.*ReceiveCarrierEventLog/);
  for (const filter of filters) {
    expect(filter).toMatchObject({ FilterPattern: '{ $.problem = "bad-signature" }', MetricTransformations: [{ MetricName: 'SignaturesRefused', MetricNamespace: 'Website/Prod' }] });
  }
});

describe('the topic of the alarms', () => {
  const statements = (): { Effect: string; Principal: unknown; Condition: unknown }[] =>
    (resource('AWS::SNS::TopicPolicy', 'Prod-Workflow').Properties['PolicyDocument'] as { Statement: { Effect: string; Principal: unknown; Condition: unknown }[] }).Statement;

  test('is written to by this account’s alarms, and by nobody without TLS', () => {
    expect(statements()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': '444444444444' } } }),
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]),
    );
  });

  test('mails to the address that the environment names, and to nobody by default', () => {
    expect(resources('AWS::SNS::Subscription', 'Prod-Workflow')).toEqual([]);
    const watched = synthesize({ ...website, environments: website.environments.map((environment) => ({ ...environment, alarmEmail: 'ops@example.com' })) });
    expect(resource('AWS::SNS::Subscription', 'Prod-Workflow', watched).Properties).toMatchObject({ Protocol: 'email', Endpoint: 'ops@example.com' });
  });
});
