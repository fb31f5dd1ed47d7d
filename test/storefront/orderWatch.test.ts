import { ORDER_STATUSES, type OrderStatus } from '../../contracts/order-status';
import { pauseAfter, pauseAfterFailure } from '../../storefront/orderWatch';

const statusesWithPause = (pause: number | undefined): OrderStatus[] => ORDER_STATUSES.filter((status) => pauseAfter({ status }) === pause);

test('an order is looked at every second while somebody works on it or waits for the customer', () => {
  expect(statusesWithPause(1_000)).toEqual(['ACCEPTED', 'ACTION_REQUIRED', 'PAYMENT_AUTHORIZED', 'SHIPMENT_BOOKED', 'PAYMENT_CAPTURED', 'UNDOING']);
});

test('an order that the carrier has or is about to get is looked at now and then', () => {
  expect(statusesWithPause(15_000)).toEqual(['CONFIRMED', 'HANDED_OVER']);
});

test('a shop that does not answer is asked less and less often, but is asked', () => {
  expect([1, 2, 3, 4, 5, 50].map((failures) => pauseAfterFailure({ status: 0 }, failures))).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect([408, 429, 500, 503].map((status) => pauseAfterFailure({ status }, 1))).toEqual(Array(4).fill(2_000));
});

test('a shop that says when to come back is not asked before', () => {
  expect([1, 5, 50].map((failures) => pauseAfterFailure({ status: 429, retryAfter: 17 }, failures))).toEqual([17_000, 30_000, 30_000]);
  expect(pauseAfterFailure({ status: 429, retryAfter: 60 }, 1)).toBe(60_000);
});

test.each([400, 401, 403, 404])('after a refusal with status %i only the customer can ask again', (status) => {
  expect(pauseAfterFailure({ status }, 1)).toBeUndefined();
});
