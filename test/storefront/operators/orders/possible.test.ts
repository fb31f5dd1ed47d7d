import { OrderRecord } from '../../../../contracts/order-record';
import { dueMails, isRefundable, isRetriable, isToBeAttended, mailCalled } from '../../../../storefront/operators/orders/possible';
import { operatorOrder, stoppedOrder } from '../../operatorOrder';

const order = operatorOrder();
const undoing = { undoingId: 'refund-1', reason: 'REFUNDED', by: 'operator:ada', requestedAt: order.createdAt, lines: order.lines, goods: 'RESTOCK', parcels: 'LEAVE', becomes: 'REFUNDED', from: 'CONFIRMED' };

test('a refund is possible of what was taken, once nobody is at work with the order, and as long as something is left', () => {
  expect(isRefundable(order)).toBe(true);
  expect(isRefundable(operatorOrder(stoppedOrder()))).toBe(false);
  expect(isRefundable(operatorOrder({ status: 'PAYMENT_CAPTURED' }))).toBe(false);
  expect(isRefundable(operatorOrder({ status: 'UNDOING', undoing: OrderRecord.shape.undoing.parse(undoing) }))).toBe(false);
  expect(isRefundable(operatorOrder({ undone: OrderRecord.shape.undone.parse([undoing]) }))).toBe(false);
});

test('what has failed can be retried, and what waits for a person attended', () => {
  expect([isRetriable(order), isToBeAttended(order)]).toEqual([false, false]);
  const stopped = operatorOrder(stoppedOrder());
  expect([isRetriable(stopped), isToBeAttended(stopped)]).toEqual([true, true]);
});

test('a mail can be sent again once what it tells has happened, one of each undoing', () => {
  expect(dueMails(operatorOrder(stoppedOrder()))).toEqual([]);
  expect(dueMails(order).map(({ mail }) => mail)).toEqual(['confirmation']);
  const undone = OrderRecord.shape.undone.parse([undoing, { ...undoing, undoingId: 'returned', reason: 'RETURNED' }]);
  expect(dueMails(operatorOrder({ undone })).map(({ mail, undoingId }) => [mail, undoingId])).toEqual([['confirmation', undefined], ['undone', 'refund-1'], ['undone', 'returned']]);
});

test('a mail is called by what it tells, and an unknown one by its own name', () => {
  expect(mailCalled('confirmation', order)).toBe('Confirmation');
  expect(mailCalled('undone-refund-1', operatorOrder({ undone: OrderRecord.shape.undone.parse([undoing]) }))).toMatch(/^What was undone: Refunded, /);
  expect(mailCalled('of-a-later-release', order)).toBe('of-a-later-release');
});
