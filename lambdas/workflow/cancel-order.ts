import { CancelOrderRequest, OrderPath } from '../../contracts/order';
import { httpFunction, ok } from '../shared/http';
import { configuredPersonLimit } from '../shared/person-limit';
import { bodyOf, callerOf, pathOf } from '../shared/request';
import { cancelOrder } from './cancellation';
import { configuredOrders, configuredWaits } from './configuration';

const way = { orders: configuredOrders(), waits: configuredWaits() };
const limit = configuredPersonLimit('cancelOrder');

/**
 * `POST /api/orders/{orderId}/cancel`.
 * Needs: dynamodb:GetItem and PutItem on the orders table, UpdateItem on the waits table, UpdateItem on the call counts
 * table, states:SendTaskSuccess, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, WAITS_TABLE_NAME, CALL_COUNTS_TABLE_NAME, CALLS_A_MINUTE, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const { customerId } = callerOf(event);
  const { orderId } = pathOf(event, OrderPath, 'order-not-found');
  const { reason } = bodyOf(event, CancelOrderRequest);
  await limit.require(customerId);
  return ok(await cancelOrder(way, customerId, orderId, reason));
});
