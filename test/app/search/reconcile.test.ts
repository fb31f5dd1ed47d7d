import { website } from '../../../stages/environments';
import { resource, resources } from '../synthesized';

const environments = website.environments.map(({ name }) => name);

describe.each(environments)('the comparison of the indexes of %s', (environment) => {
  test('is of each index for itself, four times a day, and a run that fails is not tried again', () => {
    const { ScheduleExpression: schedule, Targets: targets } = resources('AWS::Events::Rule', `${environment}-Search`).map(({ Properties }) => Properties).find((rule) => rule['ScheduleExpression'] !== undefined) ?? {};
    expect(schedule).toBe('rate(6 hours)');
    expect((targets as { Input: string; RetryPolicy: object }[]).map(({ Input: input, RetryPolicy: retries }) => [JSON.parse(input), retries])).toEqual([
      [{ index: 'products' }, { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 0 }],
      [{ index: 'orders' }, { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 0 }],
    ]);
  });

  test('puts its figures where the alarms look for them', () => {
    const alarms = resources('AWS::CloudWatch::Alarm', `${environment}-Search`).map(({ Properties }) => Properties).filter(({ MetricName }) => MetricName === 'Drift');
    const dimensions = (index: string) => [{ Name: 'index', Value: index }, { Name: 'service', Value: 'search' }];
    const of = (index: string) => ({ Namespace: `Website/${environment}`, Period: 21_600, Dimensions: dimensions(index) });
    expect(alarms).toMatchObject([
      { Statistic: 'Sum', Threshold: 1, ...of('products') },
      { Statistic: 'SampleCount', ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 2, ...of('products') },
      { Statistic: 'Sum', Threshold: 1, ...of('orders') },
      { Statistic: 'SampleCount', ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 2, ...of('orders') },
    ]);
    const reconcile = resources('AWS::Lambda::Function', `${environment}-Search`).find(({ Properties }) => String(Properties['Description']).startsWith('Compares a table'));
    expect(reconcile?.Properties['Environment']).toMatchObject({ Variables: { POWERTOOLS_METRICS_NAMESPACE: `Website/${environment}`, POWERTOOLS_SERVICE_NAME: 'search' } });
  });

  test('a release waits for its indexes for as long as CloudFormation lets it', () => {
    expect(resource('Custom::SearchIndexes', `${environment}-Search`).Properties['ServiceTimeout']).toBe('3600');
  });
});
