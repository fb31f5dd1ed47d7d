import type { LanguageCode } from '../../../contracts/language';
import type { OperatorOrder, OrderExecution, StepAttempt } from '../../../contracts/operations';
import type { OrderPayment, OrderShipment } from '../../../contracts/order';
import type { Act, Concern, MailName, Undoing } from '../../../contracts/order-record';
import type { OrderStatus, TimelineEvent } from '../../../contracts/order-status';
import { LOCALE, words } from '../english';

const times = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium' });

/** To the second, by which attempts are told apart. */
export const exactTime = (instant: string): string => times.format(new Date(instant));

/** `23 Nov 2026, 08:00:01 – 08:00:13`; what has not ended has begun. */
export const timeSpan = (from: string, to: string | undefined): string => (to ? times.formatRange(new Date(from), new Date(to)) : `since ${exactTime(from)}`);

export const languageWords: Record<LanguageCode, string> = { en: 'English', de: 'German' };

/** What an order is at. Most of it an operator is told as the customer is. */
export const statusWords: Record<OrderStatus, string> = {
  ...words.status,
  ACTION_REQUIRED: 'Waiting for the customer',
  SHIPMENT_BOOKED: 'Shipment booked',
  UNDOING: 'Being undone',
  SHIPMENT_REFUSED: 'Address refused',
  CARRIER_UNAVAILABLE: 'Carrier away',
  PAYMENT_UNAVAILABLE: 'Payment provider away',
};

export const happenedWords: Record<TimelineEvent, string> = {
  ...statusWords,
  ACCEPTED: 'The order came in',
  ACTION_REQUIRED: 'The bank asked for a second factor',
  PAYMENT_AUTHORIZED: 'The money was held',
  SHIPMENT_BOOKED: 'The shipment was booked',
  PAYMENT_CAPTURED: 'The money was taken',
  HANDED_OVER: 'The carrier fetched the parcels',
  UNDOING: 'Its undoing began',
  CANCELLATION_REQUESTED: 'The customer cancelled',
  CANCELLATION_TOO_LATE: 'The cancellation came too late: the carrier had the parcels',
  UNDOING_TOO_LATE: 'The undoing came too late: the carrier had the parcels',
  REFUND_REQUESTED: 'A refund was asked for',
  SHIPMENT_ACCEPTED: 'The carrier took the shipment on',
  SHIPMENT_RETURNED: 'The carrier is bringing the parcels back',
  SHIPMENT_RECALLED: 'The carrier was told not to fetch the parcels',
  PAYMENT_VOIDED: 'The money was let go',
  PAYMENT_REFUNDED: 'Money was given back',
  PARTLY_REFUNDED: 'A part was refunded',
  MAIL_SENT: 'A mail was sent',
  MAIL_DELIVERED: 'A mail was delivered',
};

interface Need {
  readonly what: string;
  readonly toDo: string;
}

/** Why a person has to look at an order, and what they do then; docs/runbooks.md says more. */
export const needs: Record<Concern['kind'], Need> = {
  PROCESSING_FAILED: { what: 'It has stopped half-way', toDo: 'Mend what the failed step below names, then retry.' },
  UNDOING_FAILED: { what: 'Its undoing has stopped half-way', toDo: 'Mend what the failed step below names, then retry.' },
  MAIL_FAILED: { what: 'A mail could not be sent', toDo: 'Send it again once mails go out.' },
  MAIL_BOUNCED: { what: 'A mail came back', toDo: 'Reach the customer in another way, or leave it.' },
  RECALL_REFUSED: { what: 'The carrier kept the parcels', toDo: 'Ask the carrier to bring them back, or ask for the refund again once they are handed over.' },
  PAYMENT_DISPUTED: { what: 'The customer disputes the payment', toDo: 'Answer at the payment provider before its deadline.' },
  OUT_OF_STEP: { what: 'The shop and its providers do not agree', toDo: 'Compare the order with what the payment provider and the carrier have.' },
  OVERDUE: { what: 'It takes longer than was promised', toDo: 'The last attempt below says whom it waits for; ask the carrier by the tracking number.' },
};

export const paymentWords: Record<OrderPayment['status'], string> = {
  PENDING: 'Not asked for yet',
  ACTION_REQUIRED: 'Waiting for the second factor',
  AUTHORIZED: 'Held',
  CAPTURED: 'Taken',
  VOIDED: 'Let go',
  DECLINED: 'Declined',
};

export const shipmentWords: Record<OrderShipment['status'], string> = {
  BOOKED: 'Booked',
  ACCEPTED: 'Taken on by the carrier',
  HANDED_OVER: 'With the carrier',
  DELIVERED: 'Delivered',
  RETURNED: 'On its way back',
  RECALLED: 'Recalled',
};

export const mailWords: Record<MailName, string> = {
  confirmation: 'Confirmation',
  'handed-over': 'On its way',
  delivered: 'Delivered',
  undone: 'What was undone',
  'cancellation-too-late': 'Too late to cancel',
};

export const goodsWords: Record<Undoing['goods'], string> = { RESTOCK: 'Back into stock', WRITE_OFF: 'Written off' };

export const actWords: Record<Act['act'], string> = { REFUND: 'Refund', RETRY: 'Retry', RESEND_MAIL: 'Mail sent again', ATTEND: 'Attended' };

export const machineWords: Record<OrderExecution['machine'], string> = { ProcessOrder: 'Fulfilling the order', UndoOrder: 'Undoing', TellCustomer: 'Writing to the customer' };

export const executionWords: Record<OrderExecution['status'], string> = {
  RUNNING: 'At work',
  SUCCEEDED: 'Done',
  FAILED: 'Failed',
  TIMED_OUT: 'Took too long',
  ABORTED: 'Stopped by somebody',
  PENDING_REDRIVE: 'About to go on',
};

export const outcomeWords: Record<StepAttempt['outcome'], string> = { RUNNING: 'Under way', SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'Took too long' };

/** By whom something was done. @param me the operator who reads it */
export function byWords(actor: Act['by'], me: string | undefined, { customerId }: Pick<OperatorOrder, 'customerId'>): string {
  if (actor === `operator:${me ?? ''}`) return 'you';
  if (actor === `customer:${customerId}`) return 'the customer';
  const shop: Readonly<Record<string, string>> = { workflow: 'the shop', carrier: 'the carrier', 'payment-provider': 'the payment provider', reconcile: 'the comparison' };
  return Object.hasOwn(shop, actor) ? (shop[actor] ?? actor) : actor.replace(':', ' ');
}
