import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';
import { FailedRecords } from '../shared/failed-records';
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

    const failed = new FailedRecords(this, 'Failed', { of: 'the orders table', undelivered: unheard.queue });
    this.failures = failed.failures;
    acknowledge(start, 'AwsSolutions-IAM5[Resource::*]', 'dynamodb:ListStreams knows no resource.');
    this.starter = start.live;
    // The defaults are to retry for ever and to hold up every later order for one that cannot be read.
    start.live.addEventSource(
      new DynamoEventSource(orders, {
        ...failed.patienceOf(start),
        batchSize: 25,
        parallelizationFactor: 4,
        retryAttempts: 10,
        filters: [lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.or('INSERT', 'MODIFY') })],
      }),
    );
  }
}
