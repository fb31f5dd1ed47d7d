import { IdempotencyKey } from '../../../contracts/ids';
import { euros } from '../../../contracts/money';
import type { RefundRequest } from '../../../contracts/operations';
import { Undoing } from '../../../contracts/order-record';
import type { OrderRecord } from '../../../contracts/order-record';
import { refundOrder } from '../../../lambdas/workflow/operations/refund';
import { at, OneOrder, orderInHand, ORDER_ID, PAN, POT } from './orderInHand';

const KEY = IdempotencyKey.parse('refund-0001');
const request: RefundRequest = { lines: [{ productId: PAN, quantity: 1 }], goods: 'RESTOCK', reason: 'It was broken' };
const refund = (orders: OneOrder, more: Partial<RefundRequest> = {}, idempotencyKey = KEY) => refundOrder({ orders }, { operator: 'operator:eve', orderId: ORDER_ID, idempotencyKey, request: { ...request, ...more } });
const delivered = (changes: Partial<OrderRecord> = {}) => new OneOrder(orderInHand({ status: 'DELIVERED', shipment: { trackingNumber: 'T1', status: 'DELIVERED' }, work: undefined, ...changes }));

/** What UndoOrder leaves behind. */
function settle(orders: OneOrder): void {
  const { undoing, ...order } = orders.order;
  if (!undoing) throw new Error('Nothing is being undone');
  orders.order = orderInHand({ ...order, status: undoing.becomes, undone: [...order.undone, undoing] });
}

it('asks for the pieces to be undone and writes down who wanted it and why', async () => {
  const orders = delivered();
  const order = await refund(orders);
  expect(order).toMatchObject({ status: 'UNDOING', undoing: { reason: 'REFUNDED', by: 'operator:eve', lines: [{ productId: PAN, quantity: 1 }], goods: 'RESTOCK', parcels: 'LEAVE', becomes: 'DELIVERED' } });
  expect(order.acts).toEqual([{ at: at('2026-11-23T09:00:00Z'), by: 'operator:eve', act: 'REFUND', why: 'It was broken', subject: order.undoing?.undoingId }]);
  // A settled order is looked after again while it is undone.
  expect(orders.order.work).toBe('OPEN#7');
});

it('refunds all that is left when no lines are named', async () => {
  const orders = delivered();
  await refund(orders);
  settle(orders);
  const order = await refund(orders, { lines: undefined }, IdempotencyKey.parse('refund-0002'));
  expect(order.undoing).toMatchObject({ lines: [{ productId: PAN, quantity: 1 }, { productId: POT, quantity: 1 }], becomes: 'REFUNDED' });
});

it('takes one product on two lines for its sum', async () => {
  const orders = delivered();
  const order = await refund(orders, { lines: [{ productId: PAN, quantity: 1 }, { productId: PAN, quantity: 1 }] });
  expect(order.undoing?.lines).toEqual([{ productId: PAN, quantity: 2 }]);
  settle(orders);
  await expect(refund(orders, {}, IdempotencyKey.parse('refund-0002'))).rejects.toMatchObject({ code: 'lines-not-there', options: { errors: [{ productId: PAN, available: 0 }] } });
});

describe('the same key', () => {
  it('refunds once, also when the first refund is long done', async () => {
    const orders = delivered();
    await refund(orders);
    expect((await refund(orders)).acts).toHaveLength(1);
    settle(orders);
    expect(await refund(orders)).toMatchObject({ status: 'DELIVERED', undone: [{}], acts: [{}] });
  });

  it('with all that is left is the same request after the refund took it', async () => {
    const orders = delivered();
    await refund(orders, { lines: undefined });
    settle(orders);
    expect(await refund(orders, { lines: undefined })).toMatchObject({ status: 'REFUNDED', undone: [{}] });
  });

  it.each([{ lines: [{ productId: POT, quantity: 1 }] }, { lines: undefined }, { goods: 'WRITE_OFF' as const }, { reason: 'Other' }])('for something else is refused: %j', async (more) => {
    const orders = delivered();
    await refund(orders);
    settle(orders);
    await expect(refund(orders, more)).rejects.toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('asks for nothing again when the carrier kept the parcels, which ended the refund', async () => {
    const orders = new OneOrder(orderInHand());
    await refund(orders, { lines: undefined });
    const { undoing: _, ...kept } = orders.order;
    orders.order = orderInHand({ ...kept, status: 'HANDED_OVER' });
    expect((await refund(orders, { lines: undefined })).undoing).toBeUndefined();
  });
});

it('refuses what cannot be refunded, and writes nothing', async () => {
  const undoing = Undoing.parse({ undoingId: 'cancelled', reason: 'CANCELLED', by: 'customer:ada', requestedAt: at('2026-11-23T08:30:00Z'), lines: [], goods: 'RESTOCK', parcels: 'RECALL', becomes: 'CANCELLED', from: 'CONFIRMED' });
  const cases: [OneOrder, Partial<RefundRequest>, string][] = [
    [delivered({ payment: { status: 'VOIDED', captured: euros(0), refunded: euros(0) } }), {}, 'nothing-captured'],
    [delivered({ status: 'UNDOING', undoing }), {}, 'order-in-progress'],
    [delivered({ status: 'PAYMENT_CAPTURED' }), {}, 'order-in-progress'],
    [delivered(), { lines: [{ productId: PAN, quantity: 3 }] }, 'lines-not-there'],
    [delivered({ undone: [{ ...undoing, lines: [{ productId: PAN, quantity: 2 }, { productId: POT, quantity: 1 }] }] }), { lines: undefined }, 'lines-not-there'],
  ];
  for (const [orders, more, code] of cases) {
    const before = orders.order;
    await expect(refund(orders, more)).rejects.toMatchObject({ code });
    expect(orders.order).toBe(before);
  }
});
