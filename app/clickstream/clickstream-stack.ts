import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ApiFunction } from '../shared/api';
import type { PublicApi } from '../shared/api';
import { FailedRecords } from '../shared/failed-records';
import type { FunctionDefaults } from '../shared/function';
import { RawDelivery } from '../shared/raw-delivery';
import type { RawDeliveryProps } from '../shared/raw-delivery';
import { Alarms } from './alarms';

export interface ClickstreamSize {
  readonly shards: number | 'on demand';
  /** Longer than any consumer may be out of order. */
  readonly keepHours: number;
  /** When raw clicks are put into S3. */
  readonly deliverAfter: RawDeliveryProps['deliverAfter'];
}

export interface ClickstreamStackProps extends StackProps {
  readonly api: PublicApi;
  readonly functions: FunctionDefaults;
  readonly size: ClickstreamSize;
  /** Who is written to when an alarm rings. @default nobody, until somebody subscribes to the topic */
  readonly alarmEmail?: string;
}

/** What visitors do: from the browser into one stream, and from there into S3 as it is. Other stacks read the stream. */
export class ClickstreamStack extends Stack {
  /** A record is one ClickEvent as JSON, its partition key the session. */
  readonly clicks: kinesis.IStream;
  /** Every click as gzip JSON lines, by the hour at which it arrived. */
  readonly rawClicks: s3.IBucket;
  /** For consumers of the stream: what they give up on. */
  readonly failedRecords: FailedRecords;
  readonly clickStreamArn: CfnOutput;
  readonly rawClicksBucketName: CfnOutput;

  constructor(scope: Construct, id: string, props: ClickstreamStackProps) {
    super(scope, id, props);
    const { shards, keepHours, deliverAfter } = props.size;
    const clicks = new kinesis.Stream(this, 'Clicks', {
      ...(shards === 'on demand' ? { streamMode: kinesis.StreamMode.ON_DEMAND } : { streamMode: kinesis.StreamMode.PROVISIONED, shardCount: shards }),
      retentionPeriod: Duration.hours(keepHours),
      encryption: kinesis.StreamEncryption.MANAGED,
    });
    this.clicks = clicks;

    const recordClicks = new ApiFunction(this, 'RecordClicks', 'recordClicks', {
      api: props.api,
      defaults: props.functions,
      entry: 'clickstream/record-clicks',
      description: 'Judges what visitors did and puts it into the stream',
      environment: { CLICK_STREAM_NAME: clicks.streamName },
      memorySize: 1_024,
    });
    iam.Grant.addToPrincipal({ grantee: recordClicks, actions: ['kinesis:PutRecords'], resourceArns: [clicks.streamArn] });

    const raw = new RawDelivery(this, 'Raw', { stream: clicks, of: 'clicks', deliverAfter, logRetention: props.functions.logRetention });
    this.rawClicks = raw.bucket;
    this.failedRecords = new FailedRecords(this, 'Failed', { of: 'clicks' });
    new Alarms(this, 'Alarms', { email: props.alarmEmail, clicks, raw, failedRecords: this.failedRecords });

    this.clickStreamArn = new CfnOutput(this, 'ClickStreamArn', { value: clicks.streamArn });
    this.rawClicksBucketName = new CfnOutput(this, 'RawClicksBucketName', { value: raw.bucket.bucketName });
  }
}
