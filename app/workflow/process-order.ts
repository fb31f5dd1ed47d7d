import { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import type { UndoingReason } from '../../contracts/order-status';
import { CONDITION_FAILED, retryDynamoDb } from '../shared/retries';
import type { RetainedTable } from '../shared/table';
import { bookShipment } from './carrier-calls';
import type { Carrier } from './carrier-calls';
import { noteUnsentMail, sendMail } from './mail-steps';
import { NOW, OrderWrite, status } from './order-writes';
import { CARRIER_UNAVAILABLE, PAYMENT_UNAVAILABLE, retryPayment } from './retries';
import { ServiceStateMachine } from '../shared/state-machine';
import { TimedCall } from './timed-call';
import type { StateMachineDefaults } from '../shared/state-machine';

export interface ProcessOrderProps extends StateMachineDefaults {
  readonly orders: RetainedTable;
  /** Task tokens of executions that wait for their customer, by order. */
  readonly waits: RetainedTable;
  readonly carrier: Carrier;
  readonly authorizePayment: lambda.IFunction;
  readonly capturePayment: lambda.IFunction;
  readonly sendMail: lambda.IFunction;
}

/**
 * Pays, ships and confirms an order, or asks for it to be undone. Given `{ orderId, lines: [{ productId, quantity }] }`;
 * the execution's name is the order's id. An error that no state expects fails the execution, to be redriven.
 */
export class ProcessOrder extends Construct {
  readonly stateMachine: sfn.StateMachine;

  constructor(scope: Construct, id: string, props: ProcessOrderProps) {
    super(scope, id);
    const undoing = this.#requestUndoing(props);
    const because = (reason: UndoingReason, detail: string): sfn.CatchProps => ({ assign: { reason, detail }, outputs: '{% $states.input %}' });

    const confirm = sendMail(this, 'ConfirmByMail', props.sendMail, { mail: 'confirmation' });
    const confirmWithoutMail = new OrderWrite(this, 'ConfirmWithoutMail', {
      orders: props.orders,
      condition: '#status = :from AND attribute_not_exists(#cancellation)',
      values: { ':from': status('PAYMENT_CAPTURED') },
      set: { status: status('CONFIRMED') },
      entry: { event: 'CONFIRMED' },
    }).state;
    const unsent = noteUnsentMail(this, props.orders, confirmWithoutMail);
    const capture = this.#payment('CapturePayment', props.capturePayment);
    const booked = new OrderWrite(this, 'RecordShipment', {
      orders: props.orders,
      condition: '#status = :from',
      values: { ':from': status('PAYMENT_AUTHORIZED') },
      set: { status: status('SHIPMENT_BOOKED') },
      // The carrier's own news may have been faster.
      setOnce: { shipment: { M: { trackingNumber: { S: '{% $states.input.trackingNumber %}' }, status: { S: 'BOOKED' } } } },
      entry: { event: 'SHIPMENT_BOOKED', detail: '{% $states.input.trackingNumber %}' },
    });
    const book = bookShipment(this, props.carrier, { trackingNumber: '{% $states.result.ResponseBody.trackingNumber %}' });
    const authorize = this.#payment('AuthorizePayment', props.authorizePayment);
    const wait = this.#awaitCustomer(props);
    const forget = this.#forgetEarlierAnswer(props);

    const begin = sfn.Pass.jsonata(this, 'Begin', { assign: { orderId: '{% $states.input.orderId %}', lines: '{% $states.input.lines %}', parcels: 'LEAVE', from: 'SHIPMENT_BOOKED' } });
    begin.next(authorize);
    authorize.addCatch(undoing, { errors: [PAYMENT_UNAVAILABLE, sfn.Errors.TIMEOUT], ...because('PAYMENT_UNAVAILABLE', 'The payment provider did not answer') });
    authorize.next(
      sfn.Choice.jsonata(this, 'Authorized?')
        // From here on the carrier may know of the order, whatever it answers.
        .when(outcomeIs('AUTHORIZED'), book, { assign: { parcels: 'RECALL' } })
        .when(outcomeIs('ACTION_REQUIRED'), wait)
        .otherwise(this.#withOutcomeAsReason('NotAuthorized', undoing)),
    );
    wait.next(authorize);
    // Somebody answered before there was a token to answer to: look again.
    wait.addCatch(forget, { errors: CONDITION_FAILED, outputs: '{% $states.input %}' });
    wait.addCatch(authorize, { errors: [sfn.Errors.TIMEOUT], outputs: '{% $states.input %}' });
    forget.next(authorize);

    book.addCatch(undoing, { errors: CARRIER_UNAVAILABLE, ...because('CARRIER_UNAVAILABLE', 'The carrier did not answer') });
    book.addCatch(undoing, { errors: [400, 409, 422].map((code) => `States.Http.StatusCode.${code}`), ...because('SHIPMENT_REFUSED', 'The carrier does not deliver to this address') });
    book.next(booked.state);
    booked.next(capture);
    capture.addCatch(undoing, { errors: [PAYMENT_UNAVAILABLE, sfn.Errors.TIMEOUT], ...because('PAYMENT_UNAVAILABLE', 'The payment provider did not answer') });
    capture.next(sfn.Choice.jsonata(this, 'Captured?').when(outcomeIs('CAPTURED'), confirm, { assign: { from: 'CONFIRMED' } }).otherwise(this.#withOutcomeAsReason('NotCaptured', undoing)));
    confirm.addCatch(unsent, { errors: [sfn.Errors.ALL], outputs: { error: '{% $states.errorOutput.Error %}' } });
    confirm.next(sfn.Choice.jsonata(this, 'Confirmed?').when(outcomeIs('SENT'), sfn.Succeed.jsonata(this, 'Confirmed')).otherwise(this.#withOutcomeAsReason('CancelledMeanwhile', undoing)));
    confirmWithoutMail.next(sfn.Succeed.jsonata(this, 'ConfirmedWithoutMail'));
    // Cancelled meanwhile; or with the carrier already, and then there is nothing to be undone.
    confirmWithoutMail.addCatch(undoing, { errors: CONDITION_FAILED, ...because('CANCELLED', 'Cancelled before it was confirmed') });

    this.stateMachine = new ServiceStateMachine(this, 'StateMachine', {
      ...props,
      start: begin,
      comment: 'Pays, ships and confirms an order, or asks for it to be undone',
    });
  }

  #payment(id: string, fn: lambda.IFunction): tasks.LambdaInvoke {
    const task = tasks.LambdaInvoke.jsonata(this, id, {
      lambdaFunction: fn,
      payload: sfn.TaskInput.fromObject({ orderId: '{% $orderId %}' }),
      outputs: '{% $states.result.Payload %}',
      retryOnServiceExceptions: false,
      taskTimeout: sfn.Timeout.duration(Duration.seconds(40)),
    });
    retryPayment(task);
    return task;
  }

  /** Waits until the payment's webhook, a cancellation or the deadline says to look again. */
  #awaitCustomer({ waits }: ProcessOrderProps): tasks.CallAwsService {
    const wait = new TimedCall(this, 'AwaitCustomer', {
      queryLanguage: sfn.QueryLanguage.JSONATA,
      service: 'dynamodb',
      action: 'updateItem',
      iamAction: 'dynamodb:UpdateItem',
      integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      parameters: {
        TableName: waits.tableName,
        Key: { orderId: { S: '{% $orderId %}' } },
        UpdateExpression: 'SET taskToken = :token, deleteAfter = :later',
        ConditionExpression: 'attribute_not_exists(answered)',
        ExpressionAttributeValues: { ':token': { S: '{% $states.context.Task.Token %}' }, ':later': { N: '{% $string($floor($toMillis($now()) / 1000) + 86400) %}' } },
      },
      iamResources: [waits.tableArn],
      seconds: '{% $states.input.secondsLeft %}',
      outputs: '{% $states.input %}',
    });
    retryDynamoDb(wait);
    return wait;
  }

  #forgetEarlierAnswer({ waits }: ProcessOrderProps): tasks.CallAwsService {
    const forget = tasks.CallAwsService.jsonata(this, 'ForgetEarlierAnswer', {
      service: 'dynamodb',
      action: 'updateItem',
      iamAction: 'dynamodb:UpdateItem',
      parameters: { TableName: waits.tableName, Key: { orderId: { S: '{% $orderId %}' } }, UpdateExpression: 'REMOVE answered, taskToken' },
      iamResources: [waits.tableArn],
      outputs: '{% $states.input %}',
    });
    retryDynamoDb(forget);
    return forget;
  }

  #withOutcomeAsReason(id: string, next: sfn.IChainable): sfn.IChainable {
    return sfn.Pass.jsonata(this, id, { assign: { reason: '{% $states.input.outcome %}', detail: "{% $exists($states.input.detail) ? $states.input.detail : $states.input.outcome %}" } }).next(next);
  }

  /** What starts UndoOrder: the orders table's stream reads it. */
  #requestUndoing({ orders }: ProcessOrderProps): sfn.IChainable {
    const request = new OrderWrite(this, 'RequestUndoing', {
      orders,
      condition: 'attribute_not_exists(#undoing) AND #status IN (:accepted, :action, :authorized, :booked, :captured)',
      values: { ':accepted': status('ACCEPTED'), ':action': status('ACTION_REQUIRED'), ':authorized': status('PAYMENT_AUTHORIZED'), ':booked': status('SHIPMENT_BOOKED'), ':captured': status('PAYMENT_CAPTURED') },
      set: {
        status: status('UNDOING'),
        undoing: {
          M: {
            undoingId: { S: 'unprocessed' },
            reason: { S: '{% $reason %}' },
            detail: { S: '{% $detail %}' },
            by: { S: 'workflow' },
            requestedAt: { S: NOW },
            lines: { L: '{% [$lines.{"M": {"productId": {"S": productId}, "quantity": {"N": $string(quantity)}}}] %}' },
            goods: { S: 'RESTOCK' },
            parcels: { S: '{% $parcels %}' },
            becomes: { S: '{% $reason %}' },
            from: { S: '{% $from %}' },
          },
        },
      },
      remove: ['action'],
      entry: { event: 'UNDOING', detail: '{% $detail %}' },
    });
    return request.next(sfn.Succeed.jsonata(this, 'UndoingRequested')).state;
  }
}

const outcomeIs = (outcome: string): sfn.Condition => sfn.Condition.jsonata(`{% $states.input.outcome = '${outcome}' %}`);
