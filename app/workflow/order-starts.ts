import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge, inFinding } from '../shared/acknowledge';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { RetainedTable } from '../shared/table';
import type { ProcessOrder } from './process-order';
import type { TellCustomer } from './tell-customer';
import type { UndoOrder } from './undo-order';
import type { UnheardEvents } from './unheard-events';

export interface OrderStartsProps {
  readonly orders: RetainedTable;
  readonly functions: FunctionDefaults;
  readonly processOrder: ProcessOrder;
  readonly undoOrder: UndoOrder;
  readonly tellCustomer: TellCustomer;
  readonly unheard: UnheardEvents;
}

/** Reads the orders table's stream and starts what each change asks for. What it gives up on is kept, record and all. */
export class OrderStarts extends Construct {
  /** A message for each batch that was given up on, which names its object in the bucket. */
  readonly failures: sqs.Queue;
  /** What reads the stream. */
  readonly starter: lambda.IFunction;

  constructor(scope: Construct, id: string, { orders, functions, processOrder, undoOrder, tellCustomer, unheard }: OrderStartsProps) {
    super(scope, id);
    const machines = { PROCESS_ORDER_ARN: processOrder.stateMachine, UNDO_ORDER_ARN: undoOrder.stateMachine, TELL_CUSTOMER_ARN: tellCustomer.stateMachine };
    const start = new ServiceFunction(this, 'Start', {
      entry: 'workflow/start-executions',
      description: 'Starts what a change of an order asks for',
      defaults: functions,
      environment: Object.fromEntries(Object.entries(machines).map(([name, machine]) => [name, machine.stateMachineArn])),
      timeout: Duration.seconds(30),
    });
    iam.Grant.addToPrincipal({ grantee: start, actions: ['states:StartExecution'], resourceArns: Object.values(machines).map(({ stateMachineArn }) => stateMachineArn) });

    this.failures = new sqs.Queue(this, 'Failures', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    acknowledge(this.failures, 'AwsSolutions-SQS3', 'It is where failures end; an alarm watches it and people read it.');
    const records = this.#failedRecords(unheard);
    // What Lambda needs to leave a record there (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html).
    iam.Grant.addToPrincipal({ grantee: start, actions: ['s3:ListBucket'], resourceArns: [records.bucketArn] });
    iam.Grant.addToPrincipal({ grantee: start, actions: ['s3:PutObject'], resourceArns: [records.arnForObjects('aws/lambda/*')] });
    acknowledge(start, `AwsSolutions-IAM5[Resource::${inFinding(records, start, 'Arn')}/aws/lambda/*]`, 'Lambda names the objects by event source and time.');
    acknowledge(start, 'AwsSolutions-IAM5[Resource::*]', 'dynamodb:ListStreams knows no resource.');
    this.starter = start.live;
    // The defaults are to retry for ever and to hold up every later order for one that cannot be read.
    start.live.addEventSource(
      new DynamoEventSource(orders, {
        startingPosition: lambda.StartingPosition.TRIM_HORIZON,
        batchSize: 25,
        parallelizationFactor: 4,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        retryAttempts: 10,
        maxRecordAge: Duration.hours(12),
        onFailure: { bind: () => ({ destination: records.bucketArn }) },
        filters: [lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.or('INSERT', 'MODIFY') })],
      }),
    );
  }

  /** Only S3 keeps the records themselves; a queue would be told where in the stream they were, for as long as they are there. */
  #failedRecords(unheard: UnheardEvents): s3.Bucket {
    const bucket = new s3.Bucket(this, 'FailedRecords', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(7) }],
    });
    acknowledge(bucket, 'AwsSolutions-S1', 'Written by Lambda alone, and seldom; who reads it is in CloudTrail.');
    const resource = bucket.node.defaultChild;
    // The construct's own way is a function that sets it after the deployment. Not straight to the queue: S3 would put a
    // message of its own there first, and with it ring the alarm.
    if (resource instanceof s3.CfnBucket) resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    new events.Rule(this, 'FailureKept', {
      description: 'Records of the orders table that were given up on',
      eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [bucket.bucketName] } } },
      targets: [new targets.SqsQueue(this.failures, { deadLetterQueue: unheard.queue })],
    });
    return bucket;
  }
}
