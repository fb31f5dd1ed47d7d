import { CancelOrderRequest, OrderPath } from '../../contracts/order';
import { httpFunction, ok } from '../shared/http';
import { bodyOf, callerOf, pathOf } from '../shared/request';
import { cancelOrder } from './cancellation';
import { configuredOrders, configuredWaits } from './configuration';

const way = { orders: configuredOrders(), waits: configuredWaits() };

/**
 * `POST /api/orders/{orderId}/cancel`.
 * Needs: dynamodb:GetItem and PutItem on the orders table, UpdateItem on the waits table, states:SendTaskSuccess,
 * secretsmanager:GetSecretValue. Environment: ORDERS_TABLE_NAME, WAITS_TABLE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const { customerId } = callerOf(event);
  const { orderId } = pathOf(event, OrderPath, 'order-not-found');
  const { reason } = bodyOf(event, CancelOrderRequest);
  return ok(await cancelOrder(way, customerId, orderId, reason));
});
