import { AttendRequest } from '../../contracts/operations';
import { OrderPath } from '../../contracts/order';
import { httpFunction, ok } from '../shared/http';
import { bodyOf, pathOf } from '../shared/request';
import { configuredOrders } from './configuration';
import { attendOrder } from './operations/acts';
import { operatorOf } from './operations/operator';

const way = { orders: configuredOrders() };

/**
 * `POST /api/operators/orders/{orderId}/attend`.
 * Needs: dynamodb:GetItem and PutItem on the orders table, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const operator = operatorOf(event);
  const { orderId } = pathOf(event, OrderPath, 'order-not-found');
  return ok(await attendOrder(way, { operator, orderId, why: bodyOf(event, AttendRequest).note }));
});
