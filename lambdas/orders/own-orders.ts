import type { CustomerId, OrderId } from '../../contracts/ids';
import { OrderWithAction } from '../../contracts/order';
import type { ListOrdersQuery, OrderPage } from '../../contracts/order';
import { decodeCursor, encodeCursor } from '../shared/cursor';
import { ProblemError } from '../shared/problem-error';
import { inOrderOfTime } from '../shared/timeline';
import type { OrdersTable } from './orders-table';

/** @throws ProblemError `order-not-found`, for an order of somebody else as for one that does not exist */
export async function ownOrder(orders: Pick<OrdersTable, 'find'>, customerId: CustomerId, orderId: OrderId): Promise<OrderWithAction> {
  const order = await orders.find(orderId);
  if (order?.customerId !== customerId) throw new ProblemError('order-not-found');
  return OrderWithAction.parse({ ...order, timeline: inOrderOfTime(order.timeline) });
}

/** @throws ProblemError `invalid-cursor`, also for another customer's */
export async function ownOrders(orders: Pick<OrdersTable, 'newest'>, customerId: CustomerId, { limit, cursor }: ListOrdersQuery): Promise<OrderPage> {
  const list = [customerId];
  const after = cursor === undefined ? undefined : decodeCursor(list, ['createdAt', 'orderId'], cursor);
  const newest = await orders.newest(customerId, limit + 1, after);
  const page = newest.slice(0, limit);
  const last = newest.length > limit ? page.at(-1) : undefined;
  return { orders: page, ...(last && { nextCursor: encodeCursor(list, { createdAt: last.createdAt, orderId: last.orderId }) }) };
}
