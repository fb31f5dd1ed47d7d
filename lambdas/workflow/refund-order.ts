import { RefundRequest } from '../../contracts/operations';
import { OrderPath } from '../../contracts/order';
import { created, httpFunction } from '../shared/http';
import { configuredPersonLimit } from '../shared/person-limit';
import { bodyOf, idempotencyKeyOf, pathOf } from '../shared/request';
import { configuredOrders } from './configuration';
import { operatorOf } from '../shared/operator';
import { refundOrder } from './operations/refund';

const way = { orders: configuredOrders() };
const limit = configuredPersonLimit('refundOrder');

/**
 * `POST /api/operators/orders/{orderId}/refunds`.
 * Needs: dynamodb:GetItem and PutItem on the orders table, UpdateItem on the call counts table,
 * secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, CALL_COUNTS_TABLE_NAME, CALLS_A_MINUTE, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const operator = operatorOf(event);
  const { orderId } = pathOf(event, OrderPath, 'order-not-found');
  const refund = { operator, orderId, idempotencyKey: idempotencyKeyOf(event), request: bodyOf(event, RefundRequest) };
  await limit.require(operator);
  return created(await refundOrder(way, refund));
});
