import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { LAKE_TABLES } from '../../contracts/derived/lake-tables';
import { acknowledge, inFinding } from '../shared/acknowledge';
import { AlarmTopic, ServiceAlarm } from '../shared/alarm';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import { RawDelivery } from '../shared/raw-delivery';
import type { RawDeliveryProps } from '../shared/raw-delivery';
import type { RetainedTable } from '../shared/table';
import { Catalogue } from './catalogue';
import { MakeDay } from './make-day';
import { Queries } from './queries';
import { Spark } from './spark';
import type { SparkSize } from './spark';
import { Zone } from './zone';

export interface LakeSize {
  readonly spark: SparkSize;
  /** When changes of orders are put into S3. */
  readonly deliverAfter: RawDeliveryProps['deliverAfter'];
  /** A query that would read more is cancelled. */
  readonly gibibytesAQuery: number;
  /** For how many days tables are kept, and answers to questions. */
  readonly keepDays: { readonly tables: number; readonly results: number };
}

export interface LakeStackProps extends StackProps {
  readonly functions: FunctionDefaults;
  readonly environmentName: string;
  readonly size: LakeSize;
  /** Gzip JSON lines below `clicks/`, by the hour of arrival. */
  readonly rawClicks: s3.IBucket;
  /** A record is one change of the orders table as DynamoDB writes it. */
  readonly orderChanges: kinesis.IStream;
  readonly orders: RetainedTable;
  /** Where recommendations read what goes with a product. */
  readonly interests: RetainedTable;
  readonly deletionProtection: boolean;
  /** Who is written to when an alarm rings. @default nobody, until somebody subscribes to the topic */
  readonly alarmEmail?: string;
}

/** An order may change for a month, and so long its day is made anew; the rest is for days that are made again by hand. */
const KEEP_RAW_ORDERS_DAYS = 90;
const TABLES = Object.keys(LAKE_TABLES);

/** Months of clicks and orders as tables: Spark makes them by night, Athena reads them. */
export class LakeStack extends Stack {
  readonly catalogue: Catalogue;
  readonly queries: Queries;
  readonly processed: s3.IBucket;
  readonly results: s3.IBucket;

  constructor(scope: Construct, id: string, props: LakeStackProps) {
    super(scope, id, props);
    const { size, environmentName, rawClicks, functions: defaults } = props;
    const rawOrders = new RawDelivery(this, 'RawOrders', { stream: props.orderChanges, of: 'orders', deliverAfter: size.deliverAfter, keepDays: KEEP_RAW_ORDERS_DAYS, logRetention: defaults.logRetention });
    const processed = new Zone(this, 'Processed', { keepDays: size.keepDays.tables });
    const results = new Zone(this, 'Results', { keepDays: size.keepDays.results });
    [this.processed, this.results] = [processed, results];
    const buckets = { clicks: rawClicks, orders: rawOrders.bucket, processed };

    this.catalogue = new Catalogue(this, 'Catalogue', { databaseName: `website_${environmentName.toLowerCase()}`, ...buckets });
    this.queries = new Queries(this, 'Queries', { environmentName, functions: defaults, catalogue: this.catalogue, processed, results, gibibytesAQuery: size.gibibytesAQuery });
    const spark = new Spark(this, 'Spark', { environmentName, size: size.spark, ...buckets });

    const stateMachineName = `website-${environmentName.toLowerCase()}-make-day`;
    const { stateMachine } = new MakeDay(this, 'MakeDay', {
      stateMachineName,
      catalogue: this.catalogue,
      spark,
      check: this.#check(props, processed),
      publish: this.#publish(defaults, processed),
      keepSimilarItems: this.#keepSimilarItems(props, processed),
      deletionProtection: props.deletionProtection,
      logRetention: defaults.logRetention,
    });
    const start = new ServiceFunction(this, 'StartRun', { entry: 'lake/start-run', description: 'Has a day of the lake made by hand', defaults, environment: { STATE_MACHINE_ARN: stateMachine.stateMachineArn } });
    iam.Grant.addToPrincipal({ grantee: start, actions: ['states:StartExecution'], resourceArns: [stateMachine.stateMachineArn] });
    new events.Rule(this, 'Nightly', {
      description: "Makes yesterday's tables of the lake",
      // Long after the last clicks of the day have been put into S3.
      schedule: events.Schedule.cron({ minute: '0', hour: '2' }),
      targets: [new targets.SfnStateMachine(stateMachine, { input: events.RuleTargetInput.fromObject({ time: events.EventField.time }), retryAttempts: 5 })],
    });
    this.#alarms(props, rawOrders, stateMachine.metricFailed({ period: Duration.hours(1), statistic: cloudwatch.Stats.SUM }));
    const outputs = { StateMachineArn: stateMachine.stateMachineArn, WorkGroupName: this.queries.workGroupName, DatabaseName: this.catalogue.databaseName, ResultsBucketName: results.bucketName };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  #check({ functions: defaults, orders, rawClicks }: LakeStackProps, processed: s3.IBucket): ServiceFunction {
    const check = new ServiceFunction(this, 'CheckDay', {
      entry: 'lake/check-day',
      description: 'Whether what a run made of a day may be published',
      defaults,
      environment: { PROCESSED_BUCKET_NAME: processed.bucketName, ORDERS_TABLE_NAME: orders.tableName, ...this.queries.environment },
      memorySize: 1_024,
      timeout: Duration.minutes(15),
    });
    this.queries.allow(check, ['raw_clicks'], [{ bucket: rawClicks, folders: ['clicks'] }]);
    orders.allow(check, 'Scan');
    this.#allowSummaries(check, processed);
    return check;
  }

  #publish(defaults: FunctionDefaults, processed: s3.IBucket): ServiceFunction {
    const publish = new ServiceFunction(this, 'PublishDay', {
      entry: 'lake/publish-day',
      description: 'Lets Athena read what a run made of a day',
      defaults,
      environment: { PROCESSED_BUCKET_NAME: processed.bucketName, DATABASE_NAME: this.catalogue.databaseName },
      timeout: Duration.minutes(5),
    });
    this.#allowSummaries(publish, processed);
    this.catalogue.allow(publish, ['glue:GetTable', 'glue:BatchGetPartition', 'glue:BatchCreatePartition', 'glue:BatchUpdatePartition'], TABLES);
    iam.Grant.addToPrincipal({ grantee: publish, actions: ['s3:ListBucket'], resourceArns: [processed.bucketArn] });
    iam.Grant.addToPrincipal({ grantee: publish, actions: ['s3:DeleteObject'], resourceArns: [processed.arnForObjects('*/day=*')] });
    acknowledge(publish, `AwsSolutions-IAM5[Resource::${inFinding(processed, publish, 'Arn')}/*/day=*]`, 'It removes days that were replaced, of any table.');
    return publish;
  }

  #keepSimilarItems({ functions: defaults, interests }: LakeStackProps, processed: s3.IBucket): ServiceFunction {
    const keep = new ServiceFunction(this, 'KeepSimilarItems', {
      entry: 'lake/keep-similar-items',
      description: 'Tells recommendations what a month of sessions says goes together',
      defaults,
      environment: { INTERESTS_TABLE_NAME: interests.tableName, ...this.queries.environment },
      timeout: Duration.minutes(15),
    });
    this.queries.allow(keep, ['similar_items'], [{ bucket: processed, folders: ['similar_items'] }]);
    interests.allow(keep, 'PutItem');
    return keep;
  }

  #allowSummaries(fn: ServiceFunction, processed: s3.IBucket): void {
    iam.Grant.addToPrincipal({ grantee: fn, actions: ['s3:GetObject'], resourceArns: [processed.arnForObjects('runs/*')] });
    acknowledge(fn, `AwsSolutions-IAM5[Resource::${inFinding(processed, fn, 'Arn')}/runs/*]`, 'Each run has a summary of its own.');
  }

  #alarms({ alarmEmail }: LakeStackProps, rawOrders: RawDelivery, failed: cloudwatch.IMetric): void {
    const topic = new AlarmTopic(this, 'Topic', { email: alarmEmail });
    new ServiceAlarm(this, 'DayNotMade', { topic, metric: failed, loses: "The lake lacks a day: yesterday's figures are not there, and recommendations know nothing of it.", runbook: 'a-day-of-the-lake-was-not-made' });
    new ServiceAlarm(this, 'RawOrdersLate', {
      topic,
      metric: rawOrders.age,
      threshold: Duration.minutes(20).toSeconds(),
      periods: 2,
      loses: 'Changes of orders do not reach S3, and are lost to the lake when the stream forgets them.',
      runbook: 'orders-do-not-reach-s3',
    });
    new ServiceAlarm(this, 'QueryFailed', {
      topic,
      metric: this.queries.daily.live.metricErrors({ period: Duration.hours(1), statistic: cloudwatch.Stats.SUM }),
      loses: 'Nobody knows what yesterday came to: the daily query has failed.',
      runbook: 'the-daily-query-has-failed',
    });
  }
}
