import type { Order, TimelineEntry } from '../contracts/order';
import type { OrderStatus } from '../contracts/order-status';
import type { Words } from './words/english';
import type { Language } from './words/language';

/** Whether the customer may want to order the same again, which they did not get though they wanted it. */
export function canOrderAgain(status: OrderStatus): boolean {
  return WITHOUT_GOODS.includes(status);
}

const WITHOUT_GOODS: readonly OrderStatus[] = [
  'PAYMENT_DECLINED',
  'PAYMENT_EXPIRED',
  'PAYMENT_UNAVAILABLE',
  'CAPTURE_FAILED',
  'SHIPMENT_REFUSED',
  'CARRIER_UNAVAILABLE',
  'RETURNED',
];

/** What has become of the customer's money. */
export function money({ status, payment, total }: Pick<Order, 'status' | 'payment' | 'total'>, { words, price }: Pick<Language, 'words' | 'price'>): string {
  const { money } = words;
  const { captured, refunded, declineCode } = payment;
  if (refunded.amount > 0) {
    const given = refunded.amount >= captured.amount ? money.refundedAll(price(captured)) : money.refundedPart(price(captured), price(refunded));
    return `${given} ${money.refundShows}`;
  }
  switch (payment.status) {
    case 'PENDING':
      return money.notYetCharged;
    case 'ACTION_REQUIRED':
      return money.bankWaits;
    case 'AUTHORIZED':
      return status === 'UNDOING' ? money.releasing(price(total)) : money.reserved(price(total));
    case 'CAPTURED':
      return money.paid(price(captured));
    case 'DECLINED':
      return `${money.notCharged} ${whyDeclined(declineCode, words)}`;
    case 'VOIDED':
      return `${money.notCharged} ${declineCode ? whyDeclined(declineCode, words) : money.reservationVanishes}`;
  }
}

function whyDeclined(code: string | undefined, { declines, money }: Words): string {
  return new Map(Object.entries(declines)).get(code ?? '') ?? money.declined;
}

/** What happened, and what there is to add to it. @param before what had happened by then */
export function happening({ event, detail }: TimelineEntry, before: readonly Pick<TimelineEntry, 'event'>[], { happenings }: Words): { readonly what: string; readonly more?: string } {
  // The carrier is told not to fetch the parcels also when it may never have taken the order on.
  const isUnbooked = event === 'SHIPMENT_RECALLED' && !before.some((earlier) => earlier.event === 'SHIPMENT_BOOKED');
  const what = isUnbooked ? happenings.NOTHING_SENT : happenings[event];
  // Mails are told apart by names that are not for customers.
  return event === 'MAIL_SENT' || event === 'MAIL_DELIVERED' ? { what } : { what, more: detail };
}
