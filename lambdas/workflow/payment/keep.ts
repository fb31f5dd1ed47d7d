import * as z from 'zod/mini';
import { OrderId } from '../../../contracts/ids';
import type { OrderRecord } from '../../../contracts/order-record';
import { keptAfterAll, leftToOperators, moneyTaken } from '../order-changes';
import type { WorkflowOrders } from '../orders-table';
import { PaymentUnavailable } from './payments';
import type { Payments } from './payments';

/** An undoing that came too late. */
export const KeepRequest = z.object({ orderId: OrderId, undoingId: z.string() });

export type KeepOutcome = { readonly outcome: 'KEPT' | 'TOO_LATE_TO_CANCEL' | 'LEFT_TO_OPERATORS' };

/**
 * Ends an undoing of goods that are with the carrier already and cannot be recalled: the goods are the customer's, so
 * the money is the shop's, and is taken now if it was only held. What an operator wanted undone, or nobody pays for, is
 * for a person to decide.
 * @throws PaymentUnavailable
 */
export async function keepOrder(
  { orders, payments }: { readonly orders: Pick<WorkflowOrders, 'get' | 'change'>; readonly payments: Payments },
  orderId: OrderId,
  undoingId: string,
): Promise<KeepOutcome> {
  const order = await orders.get(orderId);
  const { undoing, payment: { intentId, status } } = order;
  // An earlier attempt did it, and its answer was lost.
  if (undoing?.undoingId !== undoingId) return { outcome: outcomeOf(order) };

  const payment = status === 'CAPTURED' || intentId === undefined ? undefined : await payments.capture(intentId, orderId);
  if (payment?.status === 'processing') throw new PaymentUnavailable('The provider is still working on it');
  const taken = payment?.status === 'succeeded' ? [moneyTaken(payment.captured)] : [];
  const isPaid = status === 'CAPTURED' || taken.length > 0;
  const isDecided = isPaid && undoing.reason !== 'REFUNDED';
  return { outcome: outcomeOf(await orders.change(orderId, [...taken, isDecided ? keptAfterAll(undoingId) : leftToOperators(undoingId)], order)) };
}

function outcomeOf({ concerns, timeline }: OrderRecord): KeepOutcome['outcome'] {
  if (concerns.some(({ kind }) => kind === 'RECALL_REFUSED')) return 'LEFT_TO_OPERATORS';
  return timeline.some(({ event }) => event === 'CANCELLATION_TOO_LATE') ? 'TOO_LATE_TO_CANCEL' : 'KEPT';
}
