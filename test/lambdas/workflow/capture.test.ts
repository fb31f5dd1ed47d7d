import { euros } from '../../../contracts/money';
import { capturePayment } from '../../../lambdas/workflow/payment/capture';
import type { Payment, Payments } from '../../../lambdas/workflow/payment/payments';
import { OneOrder, orderInHand, ORDER_ID } from './orderInHand';

const booked = (): OneOrder => new OneOrder(orderInHand({ status: 'SHIPMENT_BOOKED', payment: { status: 'AUTHORIZED', captured: euros(0), refunded: euros(0), intentId: 'pi_1' } }));
const answering = (changes: Partial<Payment>): Payments => ({ capture: async () => ({ intentId: 'pi_1', status: 'succeeded', clientSecret: 'x', captured: euros(0), refunded: euros(0), ...changes }) }) as Partial<Payments> as Payments;
const capture = (orders: OneOrder, changes: Partial<Payment>) => capturePayment({ orders: { get: async () => orders.order, change: orders.change }, payments: answering(changes) }, ORDER_ID);

it.each<[Partial<Payment>, object]>([
  [{ status: 'canceled' }, { outcome: 'PAYMENT_EXPIRED' }],
  [{ status: 'requires_payment_method', decline: { message: 'Your card was declined.' } }, { outcome: 'CAPTURE_FAILED', detail: 'Your card was declined.' }],
])('says why money that was held could not be taken, and asks for the undoing: %j', async (changes, outcome) => {
  const orders = booked();
  expect(await capture(orders, changes)).toMatchObject(outcome);
  // The state machine requests the undoing by this outcome; nothing is taken for paid.
  expect(orders.order.payment).toMatchObject({ status: 'AUTHORIZED', captured: euros(0) });
});

it('is tried again while the provider is still at it', async () => {
  await expect(capture(booked(), { status: 'processing' })).rejects.toMatchObject({ name: 'PaymentUnavailable' });
});

it('writes down what was taken, once', async () => {
  const orders = booked();
  await capture(orders, { captured: euros(7_000) });
  expect(await capture(orders, { status: 'canceled' })).toEqual({ outcome: 'CAPTURED' });
  expect(orders.order).toMatchObject({ status: 'PAYMENT_CAPTURED', payment: { captured: euros(7_000) } });
});
