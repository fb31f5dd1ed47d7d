import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { UNDOING_REASONS } from '../../../contracts/order-status';
import { english } from '../../../lambdas/workflow/mail/words/english';
import { resource, resources, resourcesOf } from '../synthesized';

const ROOT = join(__dirname, '../../..');
const rule = (description: string): Readonly<Record<string, unknown>> => {
  const found = resources('AWS::Events::Rule', 'Prod-Workflow').find(({ Properties }) => String(Properties['Description']).startsWith(description));
  if (!found) throw new Error(`no rule ${description}`);
  return found.Properties;
};

test('executions of this workflow’s machines that end badly are heard of, and those of no other', () => {
  const machines = resourcesOf('Prod-Workflow').flatMap(([logicalId, { Type }]) => (Type === 'AWS::StepFunctions::StateMachine' ? [{ Ref: logicalId }] : []));
  expect(machines).toHaveLength(3);
  const { detail, ...pattern } = rule('Executions of the order workflow')['EventPattern'] as { detail: { stateMachineArn: unknown[]; status: string[] } };
  expect(pattern).toEqual({ source: ['aws.states'], 'detail-type': ['Step Functions Execution Status Change'] });
  expect(detail.status).toEqual(['FAILED', 'TIMED_OUT', 'ABORTED']);
  expect(detail.stateMachineArn).toEqual(expect.arrayContaining(machines));
  expect(detail.stateMachineArn).toHaveLength(3);
});

test('orders are compared every quarter of an hour, and a run is over before the next begins', () => {
  expect(rule('Compares open orders')['ScheduleExpression']).toBe('rate(15 minutes)');
  const fn = resources('AWS::Lambda::Function', 'Prod-Workflow').find(({ Properties }) => String(Properties['Description']).startsWith('Compares open orders'));
  expect(Number(fn?.Properties['Timeout'])).toBeLessThan(15 * 60);
});

test('the schedule calls the comparison, may do so, and neither it nor Lambda tries again', () => {
  const [functionId] = resourcesOf('Prod-Workflow').find(([, { Type, Properties }]) => Type === 'AWS::Lambda::Function' && String(Properties['Description']).startsWith('Compares open orders')) ?? [];
  const [aliasId] = resourcesOf('Prod-Workflow').find(([, { Type, Properties }]) => Type === 'AWS::Lambda::Alias' && JSON.stringify(Properties['FunctionName']) === JSON.stringify({ Ref: functionId })) ?? [];
  const [ruleId] = resourcesOf('Prod-Workflow').find(([, { Type, Properties }]) => Type === 'AWS::Events::Rule' && String(Properties['Description']).startsWith('Compares open orders')) ?? [];
  const { State: state, Targets: called } = rule('Compares open orders');
  expect(state).toBe('ENABLED');
  expect(called).toEqual([{ Id: expect.any(String), Arn: { Ref: aliasId }, RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 900 } }]);
  expect(resources('AWS::Lambda::Permission', 'Prod-Workflow').map(({ Properties }) => Properties)).toContainEqual({ Action: 'lambda:InvokeFunction', FunctionName: { Ref: aliasId }, Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': [ruleId, 'Arn'] } });
  const { Qualifier: alias, ...invocation } = resource('AWS::Lambda::EventInvokeConfig', 'Prod-Workflow').Properties;
  expect(JSON.stringify(alias)).toContain(JSON.stringify({ Ref: aliasId }));
  expect(invocation).toEqual({ FunctionName: { Ref: functionId }, MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 900 });
});

test.each([
  ['operators on the three machines', /^Operators/, 3, ['ProcessOrder', 'TellCustomer', 'UndoOrder']],
  ['the comparison on the two that it starts', /^Reconcile/, 1, ['ProcessOrder', 'UndoOrder']],
] as const)('executions are read and redriven by %s only', (_, ids, functions, machines) => {
  const policies = resourcesOf('Prod-Workflow').filter(([logicalId, { Type }]) => Type === 'AWS::IAM::Policy' && ids.test(logicalId));
  const statements = policies.flatMap(([, { Properties }]) => (Properties['PolicyDocument'] as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement);
  const onExecutions = statements.filter(({ Action }) => /GetExecutionHistory|DescribeExecution|RedriveExecution/.test(String(Action)));
  expect(onExecutions).toHaveLength(functions);
  for (const { Resource: on } of onExecutions) {
    const names = [on].flat().map((arn) => /:execution:.*?"Fn::GetAtt":\["(ProcessOrder|TellCustomer|UndoOrder)\w+","Name"\]\},":\*"/.exec(JSON.stringify(arn))?.[1] ?? 'another');
    expect(names.toSorted()).toEqual(machines);
  }
});

describe('docs/undoing.md', () => {
  const rows = readFileSync(join(ROOT, 'docs/undoing.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| what happens'))
    .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));

  test('has a row for every reason to undo an order', () => {
    const ends = rows.map((cells) => cells[5] ?? '').join();
    for (const reason of UNDOING_REASONS) expect(ends).toContain(`\`${reason}\``);
  });

  test('names a test for every row that there is', () => {
    const titles = globSync(['test/local/workflow/*.test.ts', 'test/lambdas/workflow/*.test.ts'], { cwd: ROOT, absolute: true }).map((file) => readFileSync(file, 'utf8')).join();
    expect(rows.length).toBeGreaterThan(15);
    for (const cells of rows) expect(titles).toContain(`('${cells[6] ?? 'no test'}`);
  });

  test('quotes mails as they are written', () => {
    const { undone, ...others } = english;
    const subjects = [...Object.values(undone), ...Object.values(others)].flatMap((said) => (typeof said === 'object' && 'subject' in said ? [said.subject] : []));
    for (const [what, , , , told = ''] of rows.filter((cells) => /^(Your|We) /.test(cells[4] ?? ''))) {
      expect({ what, told: subjects.find((subject) => told === subject || told.startsWith(`${subject};`)) }).toEqual({ what, told: expect.any(String) });
    }
  });
});
