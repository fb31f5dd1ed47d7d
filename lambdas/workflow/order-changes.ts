import type { Instant } from '../../contracts/instant';
import { euros } from '../../contracts/money';
import type { Money } from '../../contracts/money';
import type { CarrierEvent, ShipmentStatus } from '../../contracts/carrier';
import type { CustomerAction, TimelineEntry } from '../../contracts/order';
import { NEEDS_ATTENTION, openShardOf } from '../../contracts/order-record';
import type { Act, Actor, Concern, OrderRecord, Undoing } from '../../contracts/order-record';
import { isCancellable, isSettled, isWorkedOn } from '../../contracts/order-status';
import type { OrderStatus, TimelineEvent } from '../../contracts/order-status';
import { keptLines } from './order-value';

/**
 * A change of an order: what it becomes, or undefined when the order is past it already or never comes to it, so that
 * a change may be asked for again without harm. Pure: the same order and the same time give the same change.
 */
export type OrderChange = (order: OrderRecord, at: Instant) => OrderRecord | undefined;

/** What an order becomes with `changes`, one entry longer in its timeline. */
function becomes(order: OrderRecord, at: Instant, event: TimelineEvent, changes: Partial<OrderRecord>, detail?: string): OrderRecord {
  const entry: TimelineEntry = { at: laterOf(at, order.timeline.at(-1)?.at), event, ...(detail && { detail }) };
  return { ...order, ...changes, timeline: [...order.timeline, entry] };
}

/** Clocks of two machines differ; a timeline does not go back. */
const laterOf = (at: Instant, last: Instant | undefined): Instant => (last !== undefined && last > at ? last : at);

const at = (...statuses: readonly OrderStatus[]) => (order: OrderRecord): boolean => statuses.includes(order.status);
const awaitsPayment = at('ACCEPTED', 'ACTION_REQUIRED');

/** The provider knows of the payment now, and nothing has moved yet. */
export const intentCreated =
  (intentId: string): OrderChange =>
  (order) =>
    order.payment.intentId === undefined ? { ...order, payment: { ...order.payment, intentId } } : undefined;

export const actionRequired =
  (action: CustomerAction): OrderChange =>
  (order, now) =>
    order.status === 'ACCEPTED'
      ? becomes(order, now, 'ACTION_REQUIRED', { status: 'ACTION_REQUIRED', payment: { ...order.payment, status: 'ACTION_REQUIRED' }, action })
      : undefined;

export const paymentAuthorized: OrderChange = (order, now) =>
  awaitsPayment(order)
    ? becomes(order, now, 'PAYMENT_AUTHORIZED', { status: 'PAYMENT_AUTHORIZED', payment: { ...order.payment, status: 'AUTHORIZED' }, action: undefined })
    : undefined;

/** Only the payment: the order's own status follows when the undoing is requested. */
export const paymentDeclined =
  (declineCode: string | undefined): OrderChange =>
  (order) =>
    awaitsPayment(order) && order.payment.status !== 'DECLINED'
      ? { ...order, payment: { ...order.payment, status: 'DECLINED', ...(declineCode && { declineCode }) }, action: undefined }
      : undefined;

export const paymentCaptured =
  (captured: Money): OrderChange =>
  (order, now) =>
    order.status === 'SHIPMENT_BOOKED'
      ? becomes(order, now, 'PAYMENT_CAPTURED', { status: 'PAYMENT_CAPTURED', payment: { ...order.payment, status: 'CAPTURED', captured } })
      : undefined;

/**
 * The customer has been told; where the carrier was faster than the mail, the order is further already. Not when they
 * have cancelled while the mail was on its way: nobody would undo a confirmed order for that.
 */
export const confirmed: OrderChange = (order, now) =>
  order.status === 'PAYMENT_CAPTURED' && !order.cancellation ? becomes(order, now, 'CONFIRMED', { status: 'CONFIRMED' }) : undefined;

const RANK: Readonly<Record<ShipmentStatus, number>> = { BOOKED: 0, ACCEPTED: 1, HANDED_OVER: 2, DELIVERED: 3, RETURNED: 3, RECALLED: 3 };
const EVENT_OF: Readonly<Record<CarrierEvent['type'], { readonly shipment: ShipmentStatus; readonly event: TimelineEvent }>> = {
  'shipment.accepted': { shipment: 'ACCEPTED', event: 'SHIPMENT_ACCEPTED' },
  'shipment.handed_over': { shipment: 'HANDED_OVER', event: 'HANDED_OVER' },
  'shipment.delivered': { shipment: 'DELIVERED', event: 'DELIVERED' },
  'shipment.returned': { shipment: 'RETURNED', event: 'SHIPMENT_RETURNED' },
};

/** How far the parcels are decides how far the order is, once it is paid and nobody wants it undone. */
function statusByShipment({ status, shipment, cancellation }: OrderRecord): OrderStatus {
  if (status !== 'CONFIRMED' && status !== 'HANDED_OVER' && (status !== 'PAYMENT_CAPTURED' || cancellation)) return status;
  if (shipment?.status === 'DELIVERED') return 'DELIVERED';
  return shipment?.status === 'HANDED_OVER' || shipment?.status === 'RETURNED' ? 'HANDED_OVER' : status;
}

/** Makes up for news of the carrier that came while the order was not to be moved. */
export const caughtUpWithShipment: OrderChange = (order, now) => {
  const moved = { ...order, status: statusByShipment(order) };
  const next = order.shipment?.status === 'RETURNED' ? returned(moved, now) : undefined;
  return next ?? (moved.status === order.status ? undefined : moved);
};

/** What the carrier said. An older news than the order's own is no news: callbacks come late and in any order. */
export const carrierReported =
  ({ type, shipment: { trackingNumber } }: Pick<CarrierEvent, 'type' | 'shipment'>): OrderChange =>
  (order, now) => {
    const { shipment: status, event } = EVENT_OF[type];
    // The workflow may not have written down yet that it is booked.
    if (RANK[order.shipment?.status ?? 'BOOKED'] >= RANK[status]) return undefined;
    const moved = becomes(order, now, event, { shipment: { trackingNumber, status } });
    const known = caughtUpWithShipment(moved, now) ?? moved;
    return closedWhenSettled(known, now) ?? known;
  };

const returned: OrderChange = (order, now) =>
  order.undoing || isWorkedOn(order.status) || isSettled(order.status)
    ? undefined
    : undoing(order, now, { undoingId: 'returned', reason: 'RETURNED', by: 'carrier', lines: keptLines(order), goods: 'RESTOCK', parcels: 'LEAVE' });

type Requested = Pick<Undoing, 'undoingId' | 'reason' | 'by' | 'lines' | 'goods' | 'parcels' | 'detail'>;

function undoing(order: OrderRecord, now: Instant, requested: Requested): OrderRecord {
  const isWhole = keptLines(order, requested.lines).length === 0;
  const event = requested.reason === 'CANCELLED' ? 'CANCELLATION_REQUESTED' : requested.reason === 'REFUNDED' ? 'REFUND_REQUESTED' : 'UNDOING';
  return becomes(
    order,
    now,
    event,
    {
      status: 'UNDOING',
      undoing: { ...requested, requestedAt: now, becomes: isWhole ? requested.reason : order.status, from: order.status },
      action: undefined,
      work: order.work ?? openShardOf(order.orderId),
    },
    requested.detail,
  );
}

/**
 * Asks for the whole order to be undone while the carrier has not got it. While the workflow is at work the wish is
 * only noted: the workflow stops at its next step and asks for the undoing itself.
 */
export const cancelled =
  (by: Actor, detail?: string): OrderChange =>
  (order, now) => {
    if (order.cancellation || !isCancellable(order.status)) return undefined;
    if (isWorkedOn(order.status)) {
      return becomes(order, now, 'CANCELLATION_REQUESTED', { cancellation: { requestedAt: now, by, ...(detail && { detail }) } }, detail);
    }
    return undoing(order, now, { undoingId: 'cancelled', reason: 'CANCELLED', by, detail, lines: keptLines(order), goods: 'RESTOCK', parcels: 'RECALL' });
  };

/** Refunds lines of an order whose money was captured. Whoever asks has checked that the lines are there. */
export const refundRequested =
  (refund: { readonly refundId: string; readonly by: Actor; readonly reason: string; readonly lines: Undoing['lines']; readonly goods: Undoing['goods'] }): OrderChange =>
  (order, now) => {
    if (order.undoing || order.payment.status !== 'CAPTURED' || order.undone.some(({ undoingId }) => undoingId === refund.refundId)) return undefined;
    const whole = keptLines(order, refund.lines).length === 0;
    const gone = order.shipment !== undefined && RANK[order.shipment.status] >= RANK.HANDED_OVER;
    return undoing(order, now, {
      undoingId: refund.refundId,
      reason: 'REFUNDED',
      by: refund.by,
      detail: refund.reason,
      lines: refund.lines,
      goods: refund.goods,
      parcels: whole && !gone ? 'RECALL' : 'LEAVE',
    });
  };

/** Captured although it is being undone: the order's own status is for the undoing's end to say. */
export const moneyTaken =
  (captured: Money): OrderChange =>
  (order, now) =>
    order.payment.status === 'CAPTURED' ? undefined : becomes(order, now, 'PAYMENT_CAPTURED', { payment: { ...order.payment, status: 'CAPTURED', captured } });

/** Ends an undoing that came too late: the parcels are with the carrier, and the order goes on with them. */
export const keptAfterAll =
  (undoingId: string): OrderChange =>
  (order, now) => {
    if (order.undoing?.undoingId !== undoingId) return undefined;
    const wasCancelled = order.undoing.reason === 'CANCELLED' || order.cancellation !== undefined;
    const kept = becomes(order, now, wasCancelled ? 'CANCELLATION_TOO_LATE' : 'UNDOING_TOO_LATE', { status: 'HANDED_OVER', undoing: undefined, cancellation: undefined });
    const known = caughtUpWithShipment(kept, now) ?? kept;
    return closedWhenSettled(known, now) ?? known;
  };

/** The same, and a person has to decide what becomes of the money. */
export const leftToOperators =
  (undoingId: string): OrderChange =>
  (order, now) => {
    const reason = order.undoing?.reason;
    const kept = keptAfterAll(undoingId)(order, now);
    return kept && needsAttention('RECALL_REFUSED', reason ?? '')(kept, now);
  };

export const paymentVoided: OrderChange = (order, now) =>
  order.payment.status === 'VOIDED' || order.payment.status === 'CAPTURED'
    ? undefined
    : becomes(order, now, 'PAYMENT_VOIDED', { payment: { ...order.payment, status: 'VOIDED' } });

/** What the provider says it has captured and given back in all. */
export const paymentRefunded =
  ({ captured, refunded }: { readonly captured: Money; readonly refunded: Money }): OrderChange =>
  (order, now) => {
    const more = refunded.amount - order.payment.refunded.amount;
    if (more <= 0) return undefined;
    return becomes(order, now, 'PAYMENT_REFUNDED', { payment: { ...order.payment, status: 'CAPTURED', captured, refunded: euros(refunded.amount) } }, inWords(more));
  };

const inWords = (minorUnits: number): string => `${(minorUnits / 100).toFixed(2)} EUR`;

export const mailed =
  (event: 'MAIL_SENT' | 'MAIL_DELIVERED', mail: string): OrderChange =>
  (order, now) =>
    order.timeline.some((entry) => entry.event === event && entry.detail === mail) ? undefined : becomes(order, now, event, {}, mail);

/** Takes the order out of the index of open work once there is none left. */
export const closedWhenSettled: OrderChange = (order) =>
  order.work !== undefined && order.concerns.length === 0 && isSettled(order.status) ? { ...order, work: undefined } : undefined;

/** Puts the order where an operator finds it; the same concern is raised once. */
export const needsAttention =
  (kind: Concern['kind'], detail: string): OrderChange =>
  (order, now) =>
    order.concerns.some((concern) => concern.kind === kind && concern.detail === detail)
      ? undefined
      : { ...order, concerns: [...order.concerns, { at: now, kind, detail }], work: NEEDS_ATTENTION };

/** Records what an operator did, whatever the order is at. Nobody does the same twice at one moment: that is a write whose answer was lost. */
export const acted =
  (act: Omit<Act, 'at'>): OrderChange =>
  (order, now) =>
    order.acts.some((done) => done.at === now && done.by === act.by && done.act === act.act) ? undefined : { ...order, acts: [...order.acts, { ...act, at: now }] };

/** An operator has looked at it: its concerns are done with. */
export const attendedTo: OrderChange = (order) =>
  order.concerns.length === 0 ? undefined : { ...order, concerns: [], work: isSettled(order.status) ? undefined : openShardOf(order.orderId) };
