import { ListOrdersQuery } from '../../contracts/order';
import { httpFunction, ok } from '../shared/http';
import { callerOf, queryOf } from '../shared/request';
import { ownOrders } from './own-orders';
import { configuredOrdersTable } from './table-environment';

const orders = configuredOrdersTable();

/**
 * `GET /api/orders`.
 * Needs: dynamodb:Query on the index `by-customer` of the orders table, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const { customerId } = callerOf(event);
  return ok(await ownOrders(orders, customerId, queryOf(event, ListOrdersQuery)));
});
