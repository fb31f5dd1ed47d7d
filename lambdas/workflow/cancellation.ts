import type { CustomerId, OrderId } from '../../contracts/ids';
import { Order } from '../../contracts/order';
import { isCancellable } from '../../contracts/order-status';
import { ProblemError } from '../shared/problem-error';
import { cancelled } from './order-changes';
import type { WorkflowOrders } from './orders-table';
import type { Waits } from './waits';

/**
 * Cancels a customer's own order as long as the carrier has not got it; asking again changes nothing.
 * @throws ProblemError `order-not-found`, for somebody else's as for one that does not exist; `too-late-to-cancel`
 */
export async function cancelOrder(
  { orders, waits }: { readonly orders: Pick<WorkflowOrders, 'find' | 'change'>; readonly waits: Pick<Waits, 'wake'> },
  customerId: CustomerId,
  orderId: OrderId,
  reason?: string,
): Promise<Order> {
  const found = await orders.find(orderId);
  if (found?.customerId !== customerId) throw new ProblemError('order-not-found');
  const order = await orders.change(orderId, cancelled(`customer:${customerId}`, reason), found);
  const asked = order.cancellation !== undefined || order.undoing?.reason === 'CANCELLED' || order.status === 'CANCELLED';
  if (!asked) throw new ProblemError('too-late-to-cancel', isCancellable(order.status) ? undefined : `The order is ${order.status}.`);
  if (order.cancellation) await waits.wake(orderId);
  return Order.parse(order);
}
