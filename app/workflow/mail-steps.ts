import { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { NEEDS_ATTENTION } from '../../contracts/order-record';
import type { RetainedTable } from '../shared/table';
import { NOW, OrderWrite } from './order-writes';
import { retryMail } from './retries';

/** Mails the customer about `$orderId`; its output is `{ outcome }`. */
export const sendMail = (scope: Construct, id: string, fn: lambda.IFunction, request: Readonly<Record<string, string>>): tasks.LambdaInvoke =>
  sendRequestedMail(scope, id, fn, sfn.TaskInput.fromObject({ orderId: '{% $orderId %}', ...request }));

/** Sends what a MailRequest asks for. */
export function sendRequestedMail(scope: Construct, id: string, fn: lambda.IFunction, request: sfn.TaskInput): tasks.LambdaInvoke {
  const task = tasks.LambdaInvoke.jsonata(scope, id, {
    lambdaFunction: fn,
    payload: request,
    outputs: '{% $states.result.Payload %}',
    retryOnServiceExceptions: false,
    taskTimeout: sfn.Timeout.duration(Duration.seconds(30)),
  });
  retryMail(task);
  return task;
}

/** Puts the order on the operators' list: its mail could not be sent. Given `{ error }`, which it gives to `next`. */
export const noteUnsentMail = (scope: Construct, orders: RetainedTable, next: sfn.IChainable): tasks.CallAwsService =>
  new OrderWrite(scope, 'NoteUnsentMail', {
    orders,
    condition: 'attribute_exists(#status)',
    set: { work: { S: NEEDS_ATTENTION } },
    append: { concerns: { M: { at: { S: NOW }, kind: { S: 'MAIL_FAILED' }, detail: { S: '{% $states.input.error %}' } } } },
    once: "{% 'unsent ' & $states.context.Execution.Name %}",
  }).next(next).state;
