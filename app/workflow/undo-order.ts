import { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { retryDynamoDb } from '../shared/retries';
import type { RetainedTable } from '../shared/table';
import { recallShipment } from './carrier-calls';
import type { Carrier } from './carrier-calls';
import { noteUnsentMail, sendMail } from './mail-steps';
import { orderUpdate, OrderWrite } from './order-writes';
import { retryPayment } from './retries';
import { ServiceStateMachine } from '../shared/state-machine';
import type { StateMachineDefaults } from '../shared/state-machine';

export interface UndoOrderProps extends StateMachineDefaults {
  readonly orders: RetainedTable;
  readonly products: RetainedTable;
  readonly carrier: Carrier;
  readonly releasePayment: lambda.IFunction;
  readonly keepOrder: lambda.IFunction;
  readonly sendMail: lambda.IFunction;
}

const THIS_UNDOING = { condition: '#undoing.undoingId = :undoingId', values: { ':undoingId': { S: '{% $undoing.undoingId %}' } } } as const;

/**
 * Undoes an order, or lines of it: parcels back, money back, goods back, customer told. Given
 * `{ orderId, undoing }` as contracts/order-record.ts has it; the execution's name is both their ids. An error that no
 * state expects fails the execution, to be redriven: nothing is given up half undone.
 */
export class UndoOrder extends Construct {
  readonly stateMachine: sfn.StateMachine;

  constructor(scope: Construct, id: string, props: UndoOrderProps) {
    super(scope, id);
    const tell = sendMail(this, 'TellCustomer', props.sendMail, { mail: 'undone', undoingId: '{% $undoing.undoingId %}' });
    const done = sfn.Succeed.jsonata(this, 'Undone');
    const unsent = noteUnsentMail(this, props.orders, done);
    tell.addCatch(unsent, { errors: [sfn.Errors.ALL], outputs: { error: '{% $states.errorOutput.Error %}' } });
    tell.next(done);

    const release = tasks.LambdaInvoke.jsonata(this, 'ReleasePayment', {
      lambdaFunction: props.releasePayment,
      payload: sfn.TaskInput.fromObject({ orderId: '{% $orderId %}' }),
      outputs: '{% $states.input %}',
      retryOnServiceExceptions: false,
      taskTimeout: sfn.Timeout.duration(Duration.seconds(40)),
    });
    retryPayment(release);
    release.next(this.#releaseStock(props, tell));

    const recall = recallShipment(this, props.carrier);
    const recalled = new OrderWrite(this, 'RecordRecall', { orders: props.orders, ...THIS_UNDOING, set: {}, entry: { event: 'SHIPMENT_RECALLED' }, once: "{% 'recalled ' & $undoing.undoingId %}" });
    recall.next(recalled.state);
    recalled.next(release);
    recall.addCatch(this.#tooLate(props, unsent), { errors: ['States.Http.StatusCode.409'], outputs: '{% $states.input %}' });

    const begin = sfn.Pass.jsonata(this, 'Begin', { assign: { orderId: '{% $states.input.orderId %}', undoing: '{% $states.input.undoing %}' } });
    begin.next(sfn.Choice.jsonata(this, 'Shipped?').when(sfn.Condition.jsonata("{% $undoing.parcels = 'RECALL' %}"), recall).otherwise(release));
    this.stateMachine = new ServiceStateMachine(this, 'StateMachine', { ...props, start: begin, comment: 'Undoes an order or lines of it: parcels, money, goods, and the customer told' });
  }

  /** The goods go back into stock in the very write that ends the undoing. */
  #releaseStock({ orders, products }: UndoOrderProps, next: sfn.IChainable): sfn.IChainable {
    const order = orderUpdate({
      orders,
      ...THIS_UNDOING,
      set: { status: { S: '{% $undoing.becomes %}' } },
      remove: ['undoing', 'cancellation'],
      append: { undone: { M: undoingAttributes } },
      entry: { event: "{% $undoing.becomes = $undoing.reason ? $undoing.reason : 'PARTLY_REFUNDED' %}" },
    });
    const write = tasks.CallAwsService.jsonata(this, 'ReleaseStock', {
      service: 'dynamodb',
      action: 'transactWriteItems',
      parameters: { TransactItems: '{% $append([$close], $restock) %}' },
      iamAction: 'dynamodb:UpdateItem',
      iamResources: [orders.tableArn, products.tableArn],
      outputs: '{% $states.input %}',
    });
    write.addRetry(CONTENTION);
    retryDynamoDb(write);
    write.next(next);
    write.addCatch(this.#doneBefore({ orders, products }, write, next), { errors: CANCELLED, outputs: '{% $states.input %}' });

    return sfn.Pass.jsonata(this, 'DescribeRelease', {
      assign: {
        close: { Update: order },
        restock: oneLine(`{% $undoing.goods = 'RESTOCK' ? [$undoing.lines.{"Update": {
          "TableName": "${products.tableName}",
          "Key": {"productId": {"S": productId}},
          "UpdateExpression": "SET stock = stock + :quantity, version = version + :one, updatedAt = :now",
          "ConditionExpression": "attribute_exists(productId)",
          "ExpressionAttributeValues": {":quantity": {"N": $string(quantity)}, ":one": {"N": "1"}, ":now": {"S": $now()}}
        }}] : [] %}`),
      },
    }).next(write);
  }

  /** Goes on when an earlier attempt, whose answer was lost, has ended the undoing; else tries again as long as all products are there. */
  #doneBefore({ orders, products }: Pick<UndoOrderProps, 'orders' | 'products'>, again: sfn.IChainable, next: sfn.IChainable): sfn.IChainable {
    const read = tasks.CallAwsService.jsonata(this, 'ReadOrder', {
      service: 'dynamodb',
      action: 'getItem',
      iamAction: 'dynamodb:GetItem',
      parameters: { TableName: orders.tableName, Key: { orderId: { S: '{% $orderId %}' } }, ConsistentRead: true, ProjectionExpression: 'undoing.undoingId' },
      iamResources: [orders.tableArn],
      outputs: '{% {"pending": $states.result.Item.undoing.M.undoingId.S = $undoing.undoingId} %}',
    });
    retryDynamoDb(read);
    // Fails, naming by its place the line whose product is gone. A redrive begins with the state that failed: here, with the same question.
    const require = tasks.CallAwsService.jsonata(this, 'RequireProducts', {
      service: 'dynamodb',
      action: 'transactWriteItems',
      iamAction: 'dynamodb:ConditionCheckItem',
      parameters: {
        TransactItems: oneLine(`{% [$undoing.lines.{"ConditionCheck": {
          "TableName": "${products.tableName}",
          "Key": {"productId": {"S": productId}},
          "ConditionExpression": "attribute_exists(productId)"
        }}] %}`),
      },
      iamResources: [products.tableArn],
      outputs: '{% $states.input %}',
    });
    require.addRetry(CONTENTION);
    retryDynamoDb(require);
    require.next(again);
    return read.next(sfn.Choice.jsonata(this, 'DoneBefore?').when(sfn.Condition.jsonata('{% $states.input.pending %}'), require).otherwise(next));
  }

  /** The carrier has the parcels already: the goods go out, and the order with them. */
  #tooLate({ keepOrder, sendMail: mail }: UndoOrderProps, unsent: sfn.IChainable): sfn.IChainable {
    const keep = tasks.LambdaInvoke.jsonata(this, 'KeepOrder', {
      lambdaFunction: keepOrder,
      payload: sfn.TaskInput.fromObject({ orderId: '{% $orderId %}', undoingId: '{% $undoing.undoingId %}' }),
      outputs: '{% $states.result.Payload %}',
      retryOnServiceExceptions: false,
      taskTimeout: sfn.Timeout.duration(Duration.seconds(40)),
    });
    retryPayment(keep);
    const tell = sendMail(this, 'TellTooLate', mail, { mail: 'cancellation-too-late' });
    const kept = sfn.Succeed.jsonata(this, 'Kept');
    tell.addCatch(unsent, { errors: [sfn.Errors.ALL], outputs: { error: '{% $states.errorOutput.Error %}' } });
    tell.next(kept);
    // Who has not asked for it to be cancelled need not hear that it is not.
    keep.next(sfn.Choice.jsonata(this, 'CustomerWaits?').when(sfn.Condition.jsonata("{% $states.input.outcome = 'TOO_LATE_TO_CANCEL' %}"), tell).otherwise(kept));
    return keep;
  }
}

const oneLine = (expression: string): string => expression.replaceAll(/\s+/g, ' ');

const CANCELLED = ['DynamoDb.TransactionCanceledException', 'DynamoDB.TransactionCanceledException'];
/** A transaction that others were in the way of has the same error as one whose condition does not hold. */
const CONTENTION: sfn.RetryProps = { errors: CANCELLED, interval: Duration.seconds(1), backoffRate: 1.5, maxDelay: Duration.seconds(5), maxAttempts: 5, jitterStrategy: sfn.JitterType.FULL };

/** `$undoing` as the order's own list of what was undone keeps it. */
const undoingAttributes = {
  ...Object.fromEntries(['undoingId', 'reason', 'by', 'requestedAt', 'goods', 'parcels', 'becomes', 'from'].map((name) => [name, { S: `{% $undoing.${name} %}` }])),
  detail: { S: "{% $exists($undoing.detail) ? $undoing.detail : '' %}" },
  lines: { L: '{% [$undoing.lines.{"M": {"productId": {"S": productId}, "quantity": {"N": $string(quantity)}}}] %}' },
};
