import { createHash } from 'node:crypto';
import type { IdempotencyKey, OrderId } from '../../../contracts/ids';
import { OperatorOrder } from '../../../contracts/operations';
import type { RefundRequest } from '../../../contracts/operations';
import type { Actor, OrderRecord, Undoing } from '../../../contracts/order-record';
import { isWorkedOn } from '../../../contracts/order-status';
import { ProblemError } from '../../shared/problem-error';
import { acted, refundRequested } from '../order-changes';
import type { OrderChange } from '../order-changes';
import { keptLines } from '../order-value';
import type { WorkflowOrders } from '../orders-table';
import { foundOrder } from './order-view';

export interface Refund {
  readonly operator: Actor;
  readonly orderId: OrderId;
  readonly idempotencyKey: IdempotencyKey;
  readonly request: RefundRequest;
}

/**
 * Asks for a refund, which the order's stream starts. The same key and request ask for nothing twice.
 * @throws ProblemError `order-not-found`, `nothing-captured`, `lines-not-there`, `order-in-progress` while the workflow
 *   or another undoing is at it, `idempotency-key-reused`
 */
export async function refundOrder({ orders }: { readonly orders: Pick<WorkflowOrders, 'find' | 'change'> }, { operator, orderId, idempotencyKey, request }: Refund): Promise<OperatorOrder> {
  const refundId = refundIdOf(idempotencyKey);
  const change: OrderChange = (order, now) => {
    if (order.acts.some(({ act, subject }) => act === 'REFUND' && subject === refundId)) return repeated(order, refundId, request);
    const requested = refundRequested({ refundId, by: operator, reason: request.reason, lines: refundable(order, request), goods: request.goods })(order, now);
    return requested && acted({ by: operator, act: 'REFUND', why: request.reason, subject: refundId })(requested, now);
  };
  const order = await foundOrder(orders, orderId);
  return OperatorOrder.parse(await orders.change(orderId, change, order));
}

const refundIdOf = (key: IdempotencyKey): string => `refund-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;

/** The lines to be refunded, now. @throws ProblemError when that cannot be */
function refundable(order: OrderRecord, { lines }: RefundRequest): Undoing['lines'] {
  if (order.undoing) throw new ProblemError('order-in-progress', `It is being undone: ${order.undoing.reason}.`);
  if (order.payment.status !== 'CAPTURED') throw new ProblemError('nothing-captured');
  // The workflow would take the order up again where the refund has left it.
  if (isWorkedOn(order.status)) throw new ProblemError('order-in-progress', `It is ${order.status}.`);
  const left = keptLines(order);
  const asked = wanted(lines) ?? left;
  const missing = asked.filter(({ productId, quantity }) => (left.find((line) => line.productId === productId)?.quantity ?? 0) < quantity);
  if (asked.length === 0 || missing.length > 0) {
    throw new ProblemError('lines-not-there', undefined, { errors: missing.map(({ productId, quantity }) => ({ productId, detail: `${quantity} are to be refunded`, available: left.find((line) => line.productId === productId)?.quantity ?? 0 })) });
  }
  return asked;
}

/** Each product once. */
function wanted(lines: RefundRequest['lines']): Undoing['lines'] | undefined {
  if (!lines) return undefined;
  const pieces = new Map<Undoing['lines'][number]['productId'], number>();
  for (const { productId, quantity } of lines) pieces.set(productId, (pieces.get(productId) ?? 0) + quantity);
  return [...pieces].map(([productId, quantity]) => ({ productId, quantity }));
}

/** Nothing to be done. @throws ProblemError `idempotency-key-reused` when the key once asked for something else */
function repeated(order: OrderRecord, refundId: string, { lines, goods, reason }: RefundRequest): undefined {
  const index = order.undone.findIndex(({ undoingId }) => undoingId === refundId);
  const earlier = index < 0 ? order.undoing : order.undone[index];
  // The carrier may have kept the parcels, and then the refund has left no lines to compare.
  if (earlier?.undoingId !== refundId) return undefined;
  const asked = wanted(lines) ?? keptLines({ lines: order.lines, undone: index < 0 ? order.undone : order.undone.slice(0, index) });
  if (earlier.goods !== goods || earlier.detail !== reason || textOf(earlier.lines) !== textOf(asked)) {
    throw new ProblemError('idempotency-key-reused', undefined, { errors: [{ header: 'idempotency-key', detail: 'take a new key for a new refund' }] });
  }
  return undefined;
}

const textOf = (lines: Undoing['lines']): string => lines.map(({ productId, quantity }) => `${productId} ${quantity}`).toSorted().join();
