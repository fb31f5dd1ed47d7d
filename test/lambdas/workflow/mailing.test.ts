import { recordMailEvent } from '../../../lambdas/workflow/mail/mail-events';
import { sendMail } from '../../../lambdas/workflow/mail/mailing';
import type { Mailing } from '../../../lambdas/workflow/mail/mailing';
import { cancelled } from '../../../lambdas/workflow/order-changes';
import { OneOrder, ORDER_ID, orderInHand } from './orderInHand';

const confirmation = { orderId: ORDER_ID, mail: 'confirmation' } as const;

/** A shop that mails about one order, and what happens while a mail is on its way. */
function mailing(orders: OneOrder, meanwhile: () => Promise<unknown> = () => Promise.resolve()): Mailing & { readonly sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    orders: { get: () => Promise.resolve(orders.order), change: orders.change },
    addressOf: () => Promise.resolve('ada@example.com'),
    send: async ({ subject }) => {
      sent.push(subject);
      await meanwhile();
    },
    siteUrl: 'https://shop.example',
  };
}

it('confirms an order once its customer has been told', async () => {
  const orders = new OneOrder(orderInHand({ status: 'PAYMENT_CAPTURED' }));
  expect(await sendMail(mailing(orders), confirmation)).toEqual({ outcome: 'SENT' });
  expect(orders.order.status).toBe('CONFIRMED');
});

it('tells nobody of a confirmation who has cancelled', async () => {
  const orders = new OneOrder(orderInHand({ status: 'PAYMENT_CAPTURED' }));
  await orders.change(ORDER_ID, cancelled('customer:ada', 'Changed my mind'));
  const shop = mailing(orders);
  expect(await sendMail(shop, confirmation)).toEqual({ outcome: 'CANCELLED', detail: 'Changed my mind' });
  expect(shop.sent).toEqual([]);
});

it('writes in the language of the order, also when an operator has it sent again', async () => {
  const shop = mailing(new OneOrder(orderInHand({ status: 'PAYMENT_CAPTURED', language: 'de' })));
  await sendMail(shop, confirmation);
  await sendMail(shop, { ...confirmation, again: true });
  expect(shop.sent).toEqual(['Vielen Dank für Ihre Bestellung', 'Vielen Dank für Ihre Bestellung']);
});

it('loses no cancellation that comes while the confirmation is being sent', async () => {
  const orders = new OneOrder(orderInHand({ status: 'PAYMENT_CAPTURED' }));
  const shop = mailing(orders, () => orders.change(ORDER_ID, cancelled('customer:ada', 'Changed my mind')));
  expect(await sendMail(shop, confirmation)).toEqual({ outcome: 'CANCELLED', detail: 'Changed my mind' });
  expect(orders.order).toMatchObject({ status: 'PAYMENT_CAPTURED', cancellation: { detail: 'Changed my mind' } });
});

it('sends no mail twice when its answer was lost', async () => {
  const orders = new OneOrder(orderInHand({ status: 'PAYMENT_CAPTURED' }));
  const shop = mailing(orders);
  await sendMail(shop, confirmation);
  expect(await sendMail(shop, confirmation)).toEqual({ outcome: 'SENT' });
  expect(shop.sent).toHaveLength(1);
});

it('knows of a mail that has arrived that it was sent, though its sender ended before saying so, and says it once', async () => {
  const orders = new OneOrder(orderInHand({ status: 'PAYMENT_CAPTURED' }));
  const delivery = { detail: { eventType: 'Delivery', mail: { tags: { order: [ORDER_ID], mail: ['confirmation'] } } } };
  const events = (): string[] => orders.order.timeline.map(({ event }) => event).filter((event) => event.startsWith('MAIL'));
  await recordMailEvent({ find: () => Promise.resolve(orders.order), change: orders.change }, delivery);
  expect(events()).toEqual(['MAIL_SENT', 'MAIL_DELIVERED']);
  const shop = mailing(orders);
  expect(await sendMail(shop, confirmation)).toEqual({ outcome: 'SENT' });
  expect({ sent: shop.sent, events: events(), status: orders.order.status }).toEqual({ sent: [], events: ['MAIL_SENT', 'MAIL_DELIVERED'], status: 'CONFIRMED' });
});
