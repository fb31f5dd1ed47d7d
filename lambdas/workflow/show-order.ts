import { OrderPath } from '../../contracts/order';
import { httpFunction, ok } from '../shared/http';
import { pathOf } from '../shared/request';
import { configuredOrders } from './configuration';
import { configuredExecutionLog } from './operations/configuration';
import { operatorOf } from '../shared/operator';
import { showOrder } from './operations/order-view';

const way = { orders: configuredOrders(), log: configuredExecutionLog() };

/**
 * `GET /api/operators/orders/{orderId}`.
 * Needs: dynamodb:GetItem on the orders table, states:DescribeExecution and GetExecutionHistory on executions of the three
 * machines, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, PROCESS_ORDER_ARN, UNDO_ORDER_ARN, TELL_CUSTOMER_ARN, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  operatorOf(event);
  const { orderId } = pathOf(event, OrderPath, 'order-not-found');
  return ok(await showOrder(way, orderId));
});
