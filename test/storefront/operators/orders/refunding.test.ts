import { ProductId } from '../../../../contracts/ids';
import { OrderRecord } from '../../../../contracts/order-record';
import { keptLines as keptByShop, valueKept } from '../../../../lambdas/workflow/order-value';
import { keptLines, refundOf } from '../../../../storefront/operators/orders/refunding';
import { operatorOrder } from '../../operatorOrder';

const order = operatorOrder();

test('everything that is left is all that was taken', () => {
  expect(refundOf(order, { 'walnut-board': 2, 'linen-apron': 1 })).toEqual(order.payment.captured);
});

test('what is shown for some pieces is what the shop gives back, to the cent, however the order is taken apart', () => {
  for (let boards = 0; boards <= 2; boards++) {
    for (let aprons = 0; aprons <= 1; aprons++) {
      const lines = [
        { productId: ProductId.parse('walnut-board'), quantity: boards },
        { productId: ProductId.parse('linen-apron'), quantity: aprons },
      ].filter(({ quantity }) => quantity > 0);
      const byShop = order.payment.captured.amount - valueKept(order, lines).amount;
      expect([boards, aprons, refundOf(order, { 'walnut-board': boards, 'linen-apron': aprons }).amount]).toEqual([boards, aprons, byShop]);
    }
  }
});

test('a second refund is of what the first has left', () => {
  const undone = OrderRecord.shape.undone.parse([
    { undoingId: 'refund-1', reason: 'REFUNDED', by: 'operator:ada', requestedAt: order.createdAt, lines: [{ productId: 'walnut-board', quantity: 1 }], goods: 'RESTOCK', parcels: 'LEAVE', becomes: 'CONFIRMED', from: 'CONFIRMED' },
  ]);
  const first = refundOf(order, { 'walnut-board': 1 }).amount;
  const left = operatorOrder({ undone, payment: { ...order.payment, refunded: { amount: first, currency: 'EUR' } } });
  expect(keptLines(left).map(({ productId, quantity }) => ({ productId, quantity }))).toEqual(keptByShop(left));
  expect(refundOf(left, { 'walnut-board': 1, 'linen-apron': 1 }).amount).toBe(order.payment.captured.amount - first);
});
