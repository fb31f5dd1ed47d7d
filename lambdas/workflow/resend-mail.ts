import { ResendMailRequest } from '../../contracts/operations';
import { OrderPath } from '../../contracts/order';
import { httpFunction, ok } from '../shared/http';
import { configuredPersonLimit } from '../shared/person-limit';
import { bodyOf, pathOf } from '../shared/request';
import { configuredOrders } from './configuration';
import { resendMail } from './operations/acts';
import { operatorOf } from '../shared/operator';
import { configuredStateMachines } from './state-machines';

const way = { orders: configuredOrders(), machines: configuredStateMachines() };
const limit = configuredPersonLimit('resendMail');

/**
 * `POST /api/operators/orders/{orderId}/mails`.
 * Needs: dynamodb:GetItem and PutItem on the orders table, UpdateItem on the call counts table,
 * states:StartExecution on the machine TellCustomer, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, PROCESS_ORDER_ARN, UNDO_ORDER_ARN, TELL_CUSTOMER_ARN, CALL_COUNTS_TABLE_NAME,
 * CALLS_A_MINUTE, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const operator = operatorOf(event);
  const { orderId } = pathOf(event, OrderPath, 'order-not-found');
  const request = bodyOf(event, ResendMailRequest);
  await limit.require(operator);
  return ok(await resendMail(way, { operator, orderId, why: request.reason }, request));
});
