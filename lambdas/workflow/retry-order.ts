import { RetryRequest } from '../../contracts/operations';
import { OrderPath } from '../../contracts/order';
import { httpFunction, ok } from '../shared/http';
import { configuredPersonLimit } from '../shared/person-limit';
import { bodyOf, pathOf } from '../shared/request';
import { configuredOrders } from './configuration';
import { retryOrder } from './operations/acts';
import { configuredExecutionLog } from './operations/configuration';
import { operatorOf } from '../shared/operator';

const way = { orders: configuredOrders(), log: configuredExecutionLog() };
const limit = configuredPersonLimit('retryOrder');

/**
 * `POST /api/operators/orders/{orderId}/retry`.
 * Needs: dynamodb:GetItem and PutItem on the orders table, UpdateItem on the call counts table,
 * states:DescribeExecution and RedriveExecution on executions of the three machines, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, PROCESS_ORDER_ARN, UNDO_ORDER_ARN, TELL_CUSTOMER_ARN, CALL_COUNTS_TABLE_NAME,
 * CALLS_A_MINUTE, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const operator = operatorOf(event);
  const { orderId } = pathOf(event, OrderPath, 'order-not-found');
  const { reason: why } = bodyOf(event, RetryRequest);
  await limit.require(operator);
  return ok(await retryOrder(way, { operator, orderId, why }));
});
