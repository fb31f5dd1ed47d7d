import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import { Construct } from 'constructs';
import { AlarmTopic, ServiceAlarm } from '../shared/alarm';
import type { ServiceAlarmProps } from '../shared/alarm';
import type { FailedRecords } from '../shared/failed-records';
import type { RawDelivery } from '../shared/raw-delivery';

export interface AlarmsProps {
  /** Who is written to. @default nobody, until somebody subscribes to the topic */
  readonly email?: string;
  readonly clicks: IStream;
  readonly raw: RawDelivery;
  readonly failedRecords: FailedRecords;
}

/** What wakes somebody when clicks are lost or late; docs/runbooks.md says what to do. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { email, clicks, raw, failedRecords }: AlarmsProps) {
    super(scope, id);
    const topic = new AlarmTopic(this, 'Topic', { email });
    const alarm = (alarmId: string, props: Omit<ServiceAlarmProps, 'topic'>): ServiceAlarm => new ServiceAlarm(this, alarmId, { topic, ...props });
    const minutes = { period: Duration.minutes(5) };

    alarm('StreamFull', {
      metric: clicks.metricWriteProvisionedThroughputExceeded({ ...minutes, statistic: Stats.SUM }),
      threshold: 100,
      periods: 3,
      loses: 'What visitors do is not counted: the stream of clicks takes no more.',
      runbook: 'the-stream-of-clicks-is-full',
    });
    alarm('ReadersBehind', {
      metric: clicks.metricGetRecordsIteratorAgeMilliseconds({ ...minutes, statistic: Stats.MAXIMUM }),
      threshold: Duration.minutes(15).toMilliseconds(),
      periods: 2,
      loses: 'Recommendations and reports are late: somebody who reads clicks is a quarter of an hour behind.',
      runbook: 'clicks-arrive-late',
    });
    alarm('RawClicksLate', {
      metric: raw.age,
      threshold: Duration.minutes(20).toSeconds(),
      periods: 2,
      loses: 'Clicks do not reach S3, and are lost when the stream forgets them.',
      runbook: 'clicks-do-not-reach-s3',
    });
    alarm('ClicksGivenUp', {
      metric: failedRecords.failures.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      loses: 'Clicks are missing from recommendations: a consumer gave up on them.',
      runbook: 'records-were-given-up',
    });
  }
}
