import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IDomain } from 'aws-cdk-lib/aws-opensearchservice';
import { Construct } from 'constructs';
import { AlarmTopic, ServiceAlarm } from '../shared/alarm';
import type { ServiceAlarmProps } from '../shared/alarm';
import type { FailedRecords } from '../shared/failed-records';
import { PERIOD } from './reconcile';

export interface AlarmsProps {
  /** Who is written to. @default nobody, until somebody subscribes to the topic */
  readonly email?: string;
  readonly domain: IDomain;
  /** What reads the tables' streams, by whose changes it reads. */
  readonly indexers: { readonly products: IFunction; readonly orders: IFunction };
  readonly failedRecords: FailedRecords;
  readonly metricNamespace: string;
}

/** What wakes somebody when nothing can be found, or not what is there; docs/runbooks.md says what to do. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { email, domain, indexers, failedRecords, metricNamespace }: AlarmsProps) {
    super(scope, id);
    const topic = new AlarmTopic(this, 'Topic', { email });
    const alarm = (alarmId: string, props: Omit<ServiceAlarmProps, 'topic'>): ServiceAlarm => new ServiceAlarm(this, alarmId, { topic, ...props });

    alarm('SearchAway', {
      metric: domain.metricClusterStatusRed({ period: Duration.minutes(1) }),
      periods: 3,
      loses: 'Nobody finds anything by searching: the domain has lost an index.',
      runbook: 'search-is-away',
    });
    alarm('DiskFull', {
      metric: domain.metricFreeStorageSpace({ period: Duration.minutes(5), statistic: Stats.MINIMUM }),
      // In MiB; below a quarter of the smallest disk writes are soon refused.
      threshold: 2_500,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 3,
      loses: 'Nothing yet; but soon changes of products are no longer found.',
      runbook: 'the-search-domain-is-full',
    });
    const late = (alarmId: string, indexer: IFunction, loses: string): ServiceAlarm =>
      alarm(alarmId, { metric: indexer.metric('IteratorAge', { period: Duration.minutes(5), statistic: Stats.MAXIMUM }), threshold: Duration.minutes(10).toMilliseconds(), periods: 2, loses, runbook: 'search-finds-what-is-old' });
    late('IndexingLate', indexers.products, 'Customers find old prices, and things that are sold out: the index is ten minutes behind.');
    late('OrdersLate', indexers.orders, 'Operators and customers do not find the orders of the last ten minutes by searching.');
    alarm('GivenUp', {
      metric: failedRecords.failures.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      loses: 'A search does not find a product or an order, or shows it as it was: changes were given up on.',
      runbook: 'search-finds-what-is-old',
    });
    for (const [name, index] of [['Products', 'products'], ['Orders', 'orders']] as const) {
      const drift = (statistic: string): Metric => new Metric({ namespace: metricNamespace, metricName: 'Drift', statistic, period: PERIOD, dimensionsMap: { service: 'search', index } });
      alarm(`${name}Drifted`, {
        metric: drift(Stats.SUM),
        // What the last run found holds until the next.
        missing: TreatMissingData.IGNORE,
        loses: `Until now a search did not find some ${index}, or showed them as they were: the index had lost what its stream should have brought.`,
        runbook: 'an-index-has-drifted',
      });
      alarm(`${name}NotCompared`, {
        metric: drift(Stats.SAMPLE_COUNT),
        comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
        periods: 2,
        missing: TreatMissingData.BREACHING,
        loses: `Nobody would notice ${index} that no search finds: the comparison of the index with its table does not come to its end.`,
        runbook: 'indexes-are-not-compared',
      });
    }
  }
}
