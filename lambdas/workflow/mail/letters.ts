import { euros } from '../../../contracts/money';
import type { Money } from '../../../contracts/money';
import type { MailName, OrderRecord, Undoing } from '../../../contracts/order-record';
import type { UndoingReason } from '../../../contracts/order-status';
import { valueKept } from '../order-value';
import type { Letter } from './layout';

const money = ({ amount, currency }: Money): string => new Intl.NumberFormat('en-IE', { style: 'currency', currency }).format(amount / 100);

/** What became of the order, in the words that its customer reads. */
const UNDONE: Readonly<Record<UndoingReason, { readonly subject: string; readonly why: string }>> = {
  PAYMENT_DECLINED: { subject: 'Your payment was declined', why: 'Your bank declined the payment, so we could not accept your order.' },
  PAYMENT_EXPIRED: { subject: 'Your payment has expired', why: 'The payment was not completed in time, so we have stopped your order.' },
  PAYMENT_UNAVAILABLE: { subject: 'We could not take your order', why: 'We could not reach our payment provider for a long time, so we could not accept your order.' },
  CAPTURE_FAILED: { subject: 'Your payment failed', why: 'The payment could not be completed, so we have stopped your order.' },
  SHIPMENT_REFUSED: { subject: 'We cannot deliver to your address', why: 'Our carrier does not deliver to the address you gave, so we have stopped your order.' },
  CARRIER_UNAVAILABLE: { subject: 'We could not ship your order', why: 'We could not reach our carrier for a long time, so we have stopped your order.' },
  CANCELLED: { subject: 'Your order is cancelled', why: 'As you wished, your order is cancelled.' },
  REFUNDED: { subject: 'Your refund is on its way', why: 'We have refunded what is listed below.' },
  RETURNED: { subject: 'Your order came back to us', why: 'Our carrier could not deliver your order and has brought it back to us.' },
};

/**
 * @param siteUrl the shop's address, without a slash at its end
 * @param undoing what the mail `undone` tells of
 */
export function letterFor(mail: MailName, order: OrderRecord, siteUrl: string, undoing?: Undoing): Letter {
  const link = { text: 'See your order', url: `${siteUrl}/orders/${order.orderId}` };
  const greeting = `Hello ${order.shippingAddress.name},`;
  switch (mail) {
    case 'confirmation':
      return { subject: 'Thank you for your order', paragraphs: [greeting, 'We have received your payment and our carrier will fetch your order soon.'], rows: everything(order), link };
    case 'handed-over':
      return { subject: 'Your order is on its way', paragraphs: [greeting, `Our carrier has your order. Its tracking number is ${order.shipment?.trackingNumber ?? 'not known yet'}.`], link };
    case 'delivered':
      return { subject: 'Your order has arrived', paragraphs: [greeting, 'Our carrier has delivered your order. We hope that you like it.'], link };
    case 'cancellation-too-late':
      return { subject: 'Your order could not be cancelled', paragraphs: [greeting, 'Our carrier already had your order when you cancelled it. You may refuse it or send it back; then we refund what you paid.'], link };
    case 'undone': {
      if (!undoing) throw new Error('The mail needs the undoing that it tells of');
      const { subject, why } = UNDONE[undoing.reason];
      return { subject, paragraphs: [greeting, why, whatBecameOfTheMoney(order, undoing)], ...(undoing.reason === 'REFUNDED' && { rows: refunded(order, undoing) }), link };
    }
  }
}

const everything = (order: OrderRecord): Letter['rows'] => [
  ...order.lines.map(({ name, quantity, lineTotal }) => [`${quantity} × ${name}`, money(lineTotal)] as const),
  ['Shipping', money(order.shipping)],
  ['Tax', money(order.tax)],
  ['Total', money(order.total)],
];

function refunded(order: OrderRecord, { undoingId, lines }: Undoing): Letter['rows'] {
  const before = order.undone.slice(0, order.undone.findIndex((undoing) => undoing.undoingId === undoingId));
  const amount = euros(valueKept({ ...order, undone: before }).amount - valueKept({ ...order, undone: before }, lines).amount);
  return [
    ...lines.map(({ productId, quantity }) => [`${quantity} × ${order.lines.find((line) => line.productId === productId)?.name ?? productId}`, ''] as const),
    ['Refunded, with tax', money(amount)],
  ];
}

function whatBecameOfTheMoney({ payment }: OrderRecord, { reason }: Undoing): string {
  if (payment.captured.amount === 0) return 'You have not been charged. Should your bank show the amount as reserved, it will vanish within some days.';
  if (reason === 'REFUNDED') return 'Your bank will show the refund within five to ten days.';
  return `We have refunded ${money(payment.refunded)}. Your bank will show it within five to ten days.`;
}
