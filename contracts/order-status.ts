import * as z from 'zod/mini';

/**
 * Why an order is undone. Once everything is settled (money, stock, shipment, mail) this is also its last status, but
 * for a refund of some lines, after which the order stays what it was.
 */
export const UNDOING_REASONS = [
  /** The bank said no, or the second factor failed. */
  'PAYMENT_DECLINED',
  /** The customer did not confirm the payment in time, or the authorization ran out before the capture. */
  'PAYMENT_EXPIRED',
  /** The payment provider did not answer for as long as the workflow waits. */
  'PAYMENT_UNAVAILABLE',
  'CAPTURE_FAILED',
  'SHIPMENT_REFUSED',
  'CARRIER_UNAVAILABLE',
  /** By the customer, before the carrier had the parcels. */
  'CANCELLED',
  /** By an operator. */
  'REFUNDED',
  /** The parcels came back. */
  'RETURNED',
] as const;
export const UndoingReason = z.enum(UNDOING_REASONS);
export type UndoingReason = z.infer<typeof UndoingReason>;

/** In the order in which a good order passes through them. */
export const ORDER_STATUSES = [
  'ACCEPTED',
  /** The customer has to prove to their bank that it is them. */
  'ACTION_REQUIRED',
  'PAYMENT_AUTHORIZED',
  'SHIPMENT_BOOKED',
  'PAYMENT_CAPTURED',
  'CONFIRMED',
  'HANDED_OVER',
  'DELIVERED',
  'UNDOING',
  ...UNDOING_REASONS,
] as const;
export const OrderStatus = z.enum(ORDER_STATUSES);
export type OrderStatus = z.infer<typeof OrderStatus>;

/** What an order's timeline tells its customer. */
export const TIMELINE_EVENTS = [
  ...ORDER_STATUSES,
  'CANCELLATION_REQUESTED',
  'CANCELLATION_TOO_LATE',
  /** The shop wanted it undone, and the carrier had it already. */
  'UNDOING_TOO_LATE',
  'REFUND_REQUESTED',
  'SHIPMENT_ACCEPTED',
  'SHIPMENT_RETURNED',
  'SHIPMENT_RECALLED',
  'PAYMENT_VOIDED',
  'PAYMENT_REFUNDED',
  'PARTLY_REFUNDED',
  'MAIL_SENT',
  'MAIL_DELIVERED',
] as const;
export const TimelineEvent = z.enum(TIMELINE_EVENTS);
export type TimelineEvent = z.infer<typeof TimelineEvent>;

const WORKED_ON: readonly OrderStatus[] = ['ACCEPTED', 'ACTION_REQUIRED', 'PAYMENT_AUTHORIZED', 'SHIPMENT_BOOKED', 'PAYMENT_CAPTURED'];

/** Whether the workflow that fulfils the order has not come to its end yet. */
export const isWorkedOn = (status: OrderStatus): boolean => WORKED_ON.includes(status);

/** Whether nothing more will happen unless somebody outside acts: a settled end. */
export const isSettled = (status: OrderStatus): boolean => status === 'DELIVERED' || UNDOING_REASONS.some((reason) => reason === status);

/** Whether a customer may ask for it to be cancelled: the carrier has not got it yet. */
export const isCancellable = (status: OrderStatus): boolean => isWorkedOn(status) || status === 'CONFIRMED';
