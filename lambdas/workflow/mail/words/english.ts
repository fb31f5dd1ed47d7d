import type { UndoingReason } from '../../../../contracts/order-status';

interface Told {
  readonly subject: string;
  readonly text: string;
}

/** What became of an order that was undone. */
const undone: Readonly<Record<UndoingReason, Told>> = {
  PAYMENT_DECLINED: { subject: 'Your payment was declined', text: 'Your bank declined the payment, so we could not accept your order.' },
  PAYMENT_EXPIRED: { subject: 'Your payment has expired', text: 'The payment was not completed in time, so we have stopped your order.' },
  PAYMENT_UNAVAILABLE: { subject: 'We could not take your order', text: 'We could not reach our payment provider for a long time, so we could not accept your order.' },
  CAPTURE_FAILED: { subject: 'Your payment failed', text: 'The payment could not be completed, so we have stopped your order.' },
  SHIPMENT_REFUSED: { subject: 'We cannot deliver to your address', text: 'Our carrier does not deliver to the address you gave, so we have stopped your order.' },
  CARRIER_UNAVAILABLE: { subject: 'We could not ship your order', text: 'We could not reach our carrier for a long time, so we have stopped your order.' },
  CANCELLED: { subject: 'Your order is cancelled', text: 'As you wished, your order is cancelled.' },
  REFUNDED: { subject: 'Your refund is on its way', text: 'We have refunded what is listed below.' },
  RETURNED: { subject: 'Your order came back to us', text: 'Our carrier could not deliver your order and has brought it back to us.' },
};

/** Everything that mails say; what has a name, a number or an amount in it is a function of that. */
export const english = {
  greeting: (name: string) => `Hello ${name},`,
  seeOrder: 'See your order',
  confirmation: { subject: 'Thank you for your order', text: 'We have received your payment and our carrier will fetch your order soon.' },
  handedOver: {
    subject: 'Your order is on its way',
    text: (trackingNumber: string) => `Our carrier has your order. Its tracking number is ${trackingNumber}.`,
    withoutNumber: 'Our carrier has your order. Its tracking number is not known yet.',
  },
  delivered: { subject: 'Your order has arrived', text: 'Our carrier has delivered your order. We hope that you like it.' },
  cancellationTooLate: {
    subject: 'Your order could not be cancelled',
    text: 'Our carrier already had your order when you cancelled it. You may refuse it or send it back; then we refund what you paid.',
  },
  undone,
  rows: { shipping: 'Shipping', tax: 'Tax', total: 'Total', refunded: 'Refunded, with tax' },
  money: {
    notCharged: 'You have not been charged. Should your bank show the amount as reserved, it will vanish within some days.',
    refundShows: 'Your bank will show the refund within five to ten days.',
    refunded: (amount: string) => `We have refunded ${amount}. Your bank will show it within five to ten days.`,
  },
};

export type Words = typeof english;
