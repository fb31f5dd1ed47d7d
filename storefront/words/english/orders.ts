import { LOCALES } from '../../../contracts/language';
import type { OrderStatus, TimelineEvent } from '../../../contracts/order-status';
import { counting } from '../formats';

const counted = counting(LOCALES.en);

export const orders = {
  nothingOrdered: 'You have not ordered anything yet.',
  items: (count: number) => counted(count, 'item', 'items'),
};

/** One order's page. */
export const order = {
  order: 'Order',
  yourOrder: 'Your order',
  theOrder: 'The order',
  all: 'All your orders',
  again: 'Order again',
  whatWasOrdered: 'What was ordered',
  whatHasHappened: 'What has happened',
  placed: 'Placed',
  status: 'Status',
  trackingNumber: 'Tracking number',
  address: 'Address',
  cancelling: 'You have cancelled it. We are sorting out the goods and the money.',
};

export const cancellation = {
  open: 'Cancel this order',
  title: 'Cancel this order?',
  whatFollows: 'Nothing is sent to you then, and you get back what you have paid.',
  why: 'Why?',
  cancel: 'Cancel the order',
  keep: 'Keep it',
};

/** The bank's question whether it is the customer who pays. `answerBy` stands around the time. */
export const bank = {
  answerBy: ['It asks you in a window of its own. Please answer by ', '; after that we cancel the order, and you are not charged.'] as [before: string, after: string],
  answered: 'Thank you. We are waiting for what your bank says …',
  confirm: 'Confirm with your bank',
  notAsked: 'Your bank could not be asked. Try again in a moment.',
  windowMissing: 'The window of your bank cannot be opened. Check your connection, and whether something in your browser blocks Stripe, who takes the payment for us.',
  nothingToAsk: 'Your bank has nothing to ask just now. In a moment you see here how your order goes on.',
};

/** What an order is at, in a word or two. */
export const status: Record<OrderStatus, string> = {
  ACCEPTED: 'Received',
  ACTION_REQUIRED: 'Waiting for you',
  PAYMENT_AUTHORIZED: 'Payment authorized',
  SHIPMENT_BOOKED: 'Being prepared',
  PAYMENT_CAPTURED: 'Paid',
  CONFIRMED: 'Confirmed',
  HANDED_OVER: 'On its way',
  DELIVERED: 'Delivered',
  UNDOING: 'Being settled',
  PAYMENT_DECLINED: 'Payment declined',
  PAYMENT_EXPIRED: 'Payment not completed in time',
  PAYMENT_UNAVAILABLE: 'Payment not possible',
  CAPTURE_FAILED: 'Payment failed',
  SHIPMENT_REFUSED: 'Cannot be delivered',
  CARRIER_UNAVAILABLE: 'Cannot be shipped',
  CANCELLED: 'Cancelled',
  REFUNDED: 'Refunded',
  RETURNED: 'Returned',
};

interface News {
  readonly title: string;
  readonly text: string;
}

const thanks = 'Thank you, we have your order';

/** The heading of an order's page and the sentence below it. */
export const news: Record<OrderStatus, News> = {
  ACCEPTED: { title: thanks, text: 'We are asking your bank for the payment.' },
  ACTION_REQUIRED: { title: 'Your bank wants to know that it is you', text: 'We have your order and go on with it as soon as your bank agrees.' },
  PAYMENT_AUTHORIZED: { title: thanks, text: 'Your bank agrees. We are telling our carrier.' },
  SHIPMENT_BOOKED: { title: thanks, text: 'Our carrier knows of it. We are completing the payment.' },
  PAYMENT_CAPTURED: { title: thanks, text: 'It is paid. We are writing you an e-mail.' },
  CONFIRMED: { title: thanks, text: 'It is paid, and our carrier will fetch it soon.' },
  HANDED_OVER: { title: 'Your order is on its way', text: 'Our carrier has it.' },
  DELIVERED: { title: 'Your order has arrived', text: 'We hope that you like it.' },
  UNDOING: { title: 'We are settling your order', text: 'We are sorting out the goods and the money. This takes a moment.' },
  PAYMENT_DECLINED: { title: 'Your payment was declined', text: 'So we could not accept your order. You can order again with another card.' },
  PAYMENT_EXPIRED: { title: 'Your payment has expired', text: 'It was not completed in time, so we have stopped your order. You can order again.' },
  PAYMENT_UNAVAILABLE: { title: 'We could not take your payment', text: 'We could not reach our payment provider for a long time, so we could not accept your order. Order again a little later.' },
  CAPTURE_FAILED: { title: 'Your payment failed', text: 'It could not be completed, so we have stopped your order. You can order again with another card.' },
  SHIPMENT_REFUSED: { title: 'We cannot deliver to your address', text: 'Our carrier does not go there, so we have stopped your order. You can order again with another address.' },
  CARRIER_UNAVAILABLE: { title: 'We could not ship your order', text: 'We could not reach our carrier for a long time, so we have stopped your order. Order again a little later.' },
  CANCELLED: { title: 'Your order is cancelled', text: 'Nothing will be sent to you.' },
  REFUNDED: { title: 'Your order is refunded', text: 'We have given back what you paid.' },
  RETURNED: { title: 'Your order came back to us', text: 'Our carrier could not deliver it. You can order again; please check the address.' },
};

/** What has become of the customer's money. */
export const money = {
  refundedAll: (captured: string) => `We have refunded the ${captured} that you paid.`,
  refundedPart: (captured: string, refunded: string) => `You paid ${captured}; we have refunded ${refunded} of it.`,
  refundShows: 'Your bank shows the refund within five to ten days.',
  notYetCharged: 'You have not been charged yet.',
  bankWaits: 'You have not been charged. Your bank waits for you.',
  reserved: (total: string) => `Your bank has reserved ${total}. You are charged when our carrier has taken on your order.`,
  releasing: (total: string) => `Your bank had reserved ${total}. We are releasing it.`,
  paid: (captured: string) => `You have paid ${captured}.`,
  notCharged: 'You have not been charged.',
  reservationVanishes: 'If your bank shows the amount as reserved, that vanishes within some days.',
  declined: 'Your bank declined the payment.',
};

/** A bank's other reasons are none that a shop should tell: https://docs.stripe.com/declines/codes */
export const declines = {
  insufficient_funds: 'Your bank says that there is not enough money on the account.',
  expired_card: 'Your bank says that the card has expired.',
  incorrect_cvc: 'Your bank says that the security code is wrong.',
  payment_intent_authentication_failure: 'Your bank could not make sure that it was you.',
};

export const happenings: Record<TimelineEvent | 'NOTHING_SENT', string> = {
  ACCEPTED: 'We received your order',
  ACTION_REQUIRED: 'Your bank wanted to know that it is you',
  PAYMENT_AUTHORIZED: 'Your bank agreed to the payment',
  SHIPMENT_BOOKED: 'We booked the shipment',
  PAYMENT_CAPTURED: 'You paid',
  CONFIRMED: 'We confirmed your order',
  HANDED_OVER: 'Our carrier fetched your order',
  DELIVERED: 'Your order arrived',
  UNDOING: 'We stopped your order',
  PAYMENT_DECLINED: 'The payment was declined',
  PAYMENT_EXPIRED: 'The payment was not completed in time',
  PAYMENT_UNAVAILABLE: 'The payment was not possible',
  CAPTURE_FAILED: 'The payment could not be completed',
  SHIPMENT_REFUSED: 'Our carrier refused the address',
  CARRIER_UNAVAILABLE: 'Our carrier could not be reached',
  CANCELLED: 'Your order was cancelled',
  REFUNDED: 'Your order was refunded',
  RETURNED: 'Your order came back to us',
  CANCELLATION_REQUESTED: 'You cancelled your order',
  CANCELLATION_TOO_LATE: 'It was too late to cancel: our carrier already had your order',
  UNDOING_TOO_LATE: 'Our carrier already had your order, so it goes on',
  REFUND_REQUESTED: 'We started a refund',
  SHIPMENT_ACCEPTED: 'Our carrier took on your order',
  SHIPMENT_RETURNED: 'Our carrier is bringing your order back',
  SHIPMENT_RECALLED: 'We stopped the shipment',
  PAYMENT_VOIDED: 'We released the payment: you were not charged',
  PAYMENT_REFUNDED: 'We refunded your payment',
  PARTLY_REFUNDED: 'A part of your order was refunded',
  MAIL_SENT: 'We wrote you an e-mail',
  MAIL_DELIVERED: 'Our e-mail reached you',
  NOTHING_SENT: 'We made sure that nothing is sent',
};
