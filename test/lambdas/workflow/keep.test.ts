import { euros } from '../../../contracts/money';
import type { OrderRecord, Undoing } from '../../../contracts/order-record';
import { keepOrder } from '../../../lambdas/workflow/payment/keep';
import type { Payment, Payments } from '../../../lambdas/workflow/payment/payments';
import { at, OneOrder, orderInHand, ORDER_ID, PAN, POT } from './orderInHand';

const HELD = { status: 'AUTHORIZED', captured: euros(0), refunded: euros(0), intentId: 'pi_1' } as const;
const undoing = (changes: Partial<Undoing> = {}): Undoing => ({
  undoingId: 'unprocessed',
  reason: 'CANCELLED',
  by: 'customer:ada',
  requestedAt: at('2026-11-23T08:30:00Z'),
  lines: [
    { productId: PAN, quantity: 2 },
    { productId: POT, quantity: 1 },
  ],
  goods: 'RESTOCK',
  parcels: 'RECALL',
  becomes: 'CANCELLED',
  from: 'SHIPMENT_BOOKED',
  ...changes,
});
const tooLate = (changes: Partial<OrderRecord> = {}): OneOrder => new OneOrder(orderInHand({ status: 'UNDOING', payment: HELD, undoing: undoing(), shipment: { trackingNumber: 'T1', status: 'HANDED_OVER' }, ...changes }));
const keep = (orders: OneOrder, changes: Partial<Payment> = {}) => {
  const capture = async (): Promise<Payment> => ({ intentId: 'pi_1', status: 'succeeded', clientSecret: 'x', captured: euros(7_000), refunded: euros(0), ...changes });
  return keepOrder({ orders: { get: async () => orders.order, change: orders.change }, payments: { capture } as Partial<Payments> as Payments }, ORDER_ID, 'unprocessed');
};

it('takes the money for goods that are on their way, and ends the undoing', async () => {
  const orders = tooLate();
  expect(await keep(orders)).toEqual({ outcome: 'TOO_LATE_TO_CANCEL' });
  expect(orders.order).toMatchObject({ status: 'HANDED_OVER', payment: { status: 'CAPTURED', captured: euros(7_000) }, concerns: [] });
  expect(orders.order.undoing).toBeUndefined();
  expect(orders.order.timeline.map(({ event }) => event)).toEqual(['ACCEPTED', 'PAYMENT_CAPTURED', 'CANCELLATION_TOO_LATE']);
});

it('says the same when it is asked again, and takes nothing twice', async () => {
  const orders = tooLate();
  await keep(orders);
  const { version } = orders.order;
  expect(await keep(orders, { status: 'canceled' })).toEqual({ outcome: 'TOO_LATE_TO_CANCEL' });
  expect(orders.order.version).toBe(version);
});

it('tells nobody of a cancellation who has not asked for one', async () => {
  const orders = tooLate({ undoing: undoing({ reason: 'PAYMENT_UNAVAILABLE', becomes: 'PAYMENT_UNAVAILABLE' }) });
  expect(await keep(orders)).toEqual({ outcome: 'KEPT' });
  expect(orders.order.timeline.at(-1)).toMatchObject({ event: 'UNDOING_TOO_LATE' });
});

it('tells who cancelled while something else went wrong that it was too late', async () => {
  const orders = tooLate({ undoing: undoing({ reason: 'PAYMENT_UNAVAILABLE', becomes: 'PAYMENT_UNAVAILABLE' }), cancellation: { requestedAt: at('2026-11-23T08:31:00Z'), by: 'customer:ada' } });
  expect(await keep(orders)).toEqual({ outcome: 'TOO_LATE_TO_CANCEL' });
});

it('closes an order that has been delivered meanwhile', async () => {
  const orders = tooLate({ shipment: { trackingNumber: 'T1', status: 'DELIVERED' } });
  await keep(orders);
  expect(orders.order.status).toBe('DELIVERED');
  expect(orders.order.work).toBeUndefined();
});

it('leaves goods that nobody pays for to the operators', async () => {
  const orders = tooLate({ undoing: undoing({ reason: 'PAYMENT_EXPIRED', becomes: 'PAYMENT_EXPIRED' }) });
  expect(await keep(orders, { status: 'canceled', captured: euros(0) })).toEqual({ outcome: 'LEFT_TO_OPERATORS' });
  expect(orders.order).toMatchObject({ status: 'HANDED_OVER', payment: HELD, concerns: [{ kind: 'RECALL_REFUSED', detail: 'PAYMENT_EXPIRED' }] });
  expect(await keep(orders)).toEqual({ outcome: 'LEFT_TO_OPERATORS' });
});

it('leaves what an operator wanted refunded to the operators', async () => {
  const paid = { ...HELD, status: 'CAPTURED', captured: euros(7_000) } as const;
  const orders = tooLate({ payment: paid, undoing: undoing({ reason: 'REFUNDED', becomes: 'REFUNDED', from: 'CONFIRMED' }) });
  expect(await keep(orders)).toEqual({ outcome: 'LEFT_TO_OPERATORS' });
  expect(orders.order).toMatchObject({ status: 'HANDED_OVER', payment: paid, concerns: [{ kind: 'RECALL_REFUSED', detail: 'REFUNDED' }] });
});

it('waits while the provider is still at it', async () => {
  await expect(keep(tooLate(), { status: 'processing' })).rejects.toMatchObject({ name: 'PaymentUnavailable' });
});
