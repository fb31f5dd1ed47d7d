import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, inFinding } from './acknowledge';
import { RetainedBucket } from './retained-bucket';

export interface RawDeliveryProps {
  readonly stream: kinesis.IStream;
  /** What its records are of, in the plural; the folder of the bucket in which they are: `clicks`. */
  readonly of: string;
  /** Whichever comes first: 0 to 900 seconds, 1 to 128 MiB (https://docs.aws.amazon.com/firehose/latest/dev/buffering-hints.html). */
  readonly deliverAfter: { readonly seconds: number; readonly mebibytes: number };
  /** When they are removed, all versions of them. @default never: after a month they are where what nobody reads is cheap */
  readonly keepDays?: number;
  readonly logRetention: logs.RetentionDays;
}

/** By the hour of arrival: the hour of the event would need dynamic partitioning, which delays and is limited to 500 partitions. */
const HOUR = 'year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/';
const ERRORS = 'errors/';

/** Every record of a stream in S3 as it came: gzip, one JSON object a line. What everything else can be made from again. */
export class RawDelivery extends Construct {
  readonly bucket: s3.Bucket;
  /** Seconds since the oldest record came that is not in S3 yet. */
  readonly age: cloudwatch.IMetric;

  constructor(scope: Construct, id: string, { stream, of, deliverAfter, keepDays, logRetention }: RawDeliveryProps) {
    super(scope, id);
    const prefixes = [`${of}/`, ERRORS];
    this.bucket = new RetainedBucket(this, 'Bucket', {
      lifecycleRules: [
        keepDays === undefined
          ? { transitions: [{ storageClass: s3.StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(30) }], noncurrentVersionExpiration: Duration.days(30) }
          : { expiration: Duration.days(keepDays), noncurrentVersionExpiration: Duration.days(1) },
        { prefix: ERRORS, expiration: Duration.days(90) },
      ],
    });
    acknowledge(this.bucket, 'AwsSolutions-S1', 'Written by Firehose alone; who reads it is in CloudTrail, and a log of each delivery would be as large as the data.');

    const log = new logs.LogGroup(this, 'Log', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const logStream = new logs.LogStream(this, 'LogStream', { logGroup: log, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com') });
    const grants = this.#grant(role, stream, prefixes, log, logStream);

    const delivery = new firehose.CfnDeliveryStream(this, 'Delivery', {
      deliveryStreamType: 'KinesisStreamAsSource',
      kinesisStreamSourceConfiguration: { kinesisStreamArn: stream.streamArn, roleArn: role.roleArn },
      extendedS3DestinationConfiguration: {
        bucketArn: this.bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: `${of}/${HOUR}`,
        errorOutputPrefix: `${ERRORS}!{firehose:error-output-type}/${HOUR}`,
        compressionFormat: 'GZIP',
        bufferingHints: { intervalInSeconds: deliverAfter.seconds, sizeInMBs: deliverAfter.mebibytes },
        processingConfiguration: { enabled: true, processors: [{ type: 'AppendDelimiterToRecord' }] },
        cloudWatchLoggingOptions: { enabled: true, logGroupName: log.logGroupName, logStreamName: logStream.logStreamName },
      },
    });
    // Firehose tries what it needs when it is made, and grants take their time.
    delivery.node.addDependency(grants);
    acknowledge(delivery, 'AwsSolutions-KDF1', 'The stream it reads from is encrypted; Firehose refuses encryption of its own for such a source.');
    this.age = new cloudwatch.Metric({
      namespace: 'AWS/Firehose',
      metricName: 'DeliveryToS3.DataFreshness',
      dimensionsMap: { DeliveryStreamName: delivery.ref },
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.minutes(5),
    });
  }

  /** As https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html has it for a source in Kinesis, one policy by itself. */
  #grant(role: iam.Role, stream: kinesis.IStream, prefixes: readonly string[], log: logs.ILogGroup, logStream: logs.LogStream): iam.Policy {
    const ofLog = Stack.of(this).formatArn({ service: 'logs', resource: 'log-group', resourceName: `${log.logGroupName}:log-stream:${logStream.logStreamName}`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    const policy = new iam.Policy(role, 'Delivery', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({ actions: ['kinesis:DescribeStream', 'kinesis:GetShardIterator', 'kinesis:GetRecords', 'kinesis:ListShards'], resources: [stream.streamArn] }),
        new iam.PolicyStatement({ actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], resources: [this.bucket.bucketArn] }),
        new iam.PolicyStatement({ actions: ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload'], resources: prefixes.map((prefix) => this.bucket.arnForObjects(`${prefix}*`)) }),
        new iam.PolicyStatement({ actions: ['logs:PutLogEvents'], resources: [ofLog] }),
      ],
    });
    for (const prefix of prefixes) {
      acknowledge(role, `AwsSolutions-IAM5[Resource::${inFinding(this.bucket, policy, 'Arn')}/${prefix}*]`, 'Firehose names the objects by time.');
    }
    return policy;
  }
}
