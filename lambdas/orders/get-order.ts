import { OrderPath } from '../../contracts/order';
import { httpFunction, ok } from '../shared/http';
import { callerOf, pathOf } from '../shared/request';
import { ownOrder } from './own-orders';
import { configuredOrdersTable } from './table-environment';

const orders = configuredOrdersTable();

/**
 * `GET /api/orders/{orderId}`.
 * Needs: dynamodb:GetItem on the orders table, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const { customerId } = callerOf(event);
  const { orderId } = pathOf(event, OrderPath, 'order-not-found');
  return ok(await ownOrder(orders, customerId, orderId));
});
