import { RefundRequest } from '../../contracts/operations';
import { OrderPath } from '../../contracts/order';
import { created, httpFunction } from '../shared/http';
import { bodyOf, idempotencyKeyOf, pathOf } from '../shared/request';
import { configuredOrders } from './configuration';
import { operatorOf } from './operations/operator';
import { refundOrder } from './operations/refund';

const way = { orders: configuredOrders() };

/**
 * `POST /api/operators/orders/{orderId}/refunds`.
 * Needs: dynamodb:GetItem and PutItem on the orders table, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const operator = operatorOf(event);
  const { orderId } = pathOf(event, OrderPath, 'order-not-found');
  return created(await refundOrder(way, { operator, orderId, idempotencyKey: idempotencyKeyOf(event), request: bodyOf(event, RefundRequest) }));
});
