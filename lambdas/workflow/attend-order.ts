import { AttendRequest } from '../../contracts/operations';
import { OrderPath } from '../../contracts/order';
import { httpFunction, ok } from '../shared/http';
import { configuredPersonLimit } from '../shared/person-limit';
import { bodyOf, pathOf } from '../shared/request';
import { configuredOrders } from './configuration';
import { attendOrder } from './operations/acts';
import { operatorOf } from '../shared/operator';

const way = { orders: configuredOrders() };
const limit = configuredPersonLimit('attendOrder');

/**
 * `POST /api/operators/orders/{orderId}/attend`.
 * Needs: dynamodb:GetItem and PutItem on the orders table, UpdateItem on the call counts table,
 * secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, CALL_COUNTS_TABLE_NAME, CALLS_A_MINUTE, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const operator = operatorOf(event);
  const { orderId } = pathOf(event, OrderPath, 'order-not-found');
  const { note: why } = bodyOf(event, AttendRequest);
  await limit.require(operator);
  return ok(await attendOrder(way, { operator, orderId, why }));
});
