import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { StreamEventSourceProps } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge, inFinding } from './acknowledge';
import { RetainedBucket } from './retained-bucket';

/** What is the same of each event source; how large its batches are and how often they are tried, a consumer says itself. */
type Patience = Pick<StreamEventSourceProps, 'startingPosition' | 'reportBatchItemFailures' | 'bisectBatchOnError' | 'maxRecordAge' | 'onFailure'>;

export interface FailedRecordsProps {
  /** What the records are of, in the plural: `clicks`. */
  readonly of: string;
  /** Where a message goes that cannot be put into the queue of failures. @default nowhere */
  readonly undelivered?: sqs.IQueue;
}

/**
 * Where consumers of a stream leave what they gave up on, records and all: only S3 keeps those, a queue would be told
 * where in the stream they were. `npm run redrive` gives them to their consumer again.
 */
export class FailedRecords extends Construct {
  readonly bucket: s3.Bucket;
  /** A message for each object that was left here. */
  readonly failures: sqs.Queue;

  constructor(scope: Construct, id: string, { of, undelivered }: FailedRecordsProps) {
    super(scope, id);
    this.bucket = new RetainedBucket(this, 'Records', {
      lifecycleRules: [{ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(7) }],
    });
    acknowledge(this.bucket, 'AwsSolutions-S1', 'Written by Lambda alone, and seldom; who reads it is in CloudTrail.');
    const resource = this.bucket.node.defaultChild;
    // The construct's own way is a function that sets it after the deployment. Not straight to the queue: S3 would put a
    // message of its own there first, and with it ring the alarm.
    if (resource instanceof s3.CfnBucket) resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };

    this.failures = new sqs.Queue(this, 'Failures', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    acknowledge(this.failures, 'AwsSolutions-SQS3', 'It is where failures end; an alarm watches it and people read it.');
    new events.Rule(this, 'FailureKept', {
      description: `Records of ${of} that were given up on`,
      eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [this.bucket.bucketName] } } },
      targets: [new targets.SqsQueue(this.failures, { deadLetterQueue: undelivered })],
    });
  }

  /**
   * How every consumer of a stream reads: by default it would retry for ever, and hold up all that comes later for one record
   * that cannot be read. What it gives up on is left here.
   */
  patienceOf(consumer: Construct & iam.IGrantable): Patience {
    return {
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      maxRecordAge: Duration.hours(12),
      onFailure: this.#destinationFor(consumer),
    };
  }

  /**
   * With what Lambda needs to leave a record here as the consumer
   * (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html).
   */
  #destinationFor(consumer: Construct & iam.IGrantable): lambda.IEventSourceDlq {
    iam.Grant.addToPrincipal({ grantee: consumer, actions: ['s3:ListBucket'], resourceArns: [this.bucket.bucketArn] });
    iam.Grant.addToPrincipal({ grantee: consumer, actions: ['s3:PutObject'], resourceArns: [this.bucket.arnForObjects('aws/lambda/*')] });
    acknowledge(consumer, `AwsSolutions-IAM5[Resource::${inFinding(this.bucket, consumer, 'Arn')}/aws/lambda/*]`, 'Lambda names the objects by event source and time.');
    return { bind: () => ({ destination: this.bucket.bucketArn }) };
  }
}
