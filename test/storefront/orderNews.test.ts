import { euros } from '../../contracts/money';
import type { OrderPayment } from '../../contracts/order';
import { ORDER_STATUSES, TIMELINE_EVENTS, UNDOING_REASONS, type OrderStatus } from '../../contracts/order-status';
import { toInstant } from '../../contracts/instant';
import { isBeingCancelled } from '../../storefront/cancellation';
import { canOrderAgain, happening, money } from '../../storefront/orderNews';
import { english } from '../../storefront/words/english';
import { german } from '../../storefront/words/german';

const total = euros(6652);
const moneyOf = (payment: Partial<OrderPayment>, status: OrderStatus = 'CONFIRMED') =>
  money({ status, total, payment: { status: 'CAPTURED', captured: euros(0), refunded: euros(0), ...payment } }, english);
const at = toInstant(new Date(0));

test.each([english, german])('every status and every event has words of its own in $code, and none is the contract’s', ({ words }) => {
  const events = TIMELINE_EVENTS.map((event) => happening({ at, event }, [{ event: 'SHIPMENT_BOOKED' }], words).what);
  expect(new Set(events).size).toBe(TIMELINE_EVENTS.length);
  expect([...events, ...ORDER_STATUSES.map((status) => words.status[status])].join(' ')).not.toMatch(/[A-Z]{3}|_/);
});

test('the customer is told how often and how much of the money moved', () => {
  expect(moneyOf({ captured: total })).toBe('You have paid €66.52.');
  expect(moneyOf({ captured: total, refunded: total }, 'CANCELLED')).toContain('We have refunded the €66.52 that you paid.');
  expect(moneyOf({ captured: total, refunded: euros(1000) })).toContain('You paid €66.52; we have refunded €10.00 of it.');
  expect(moneyOf({ status: 'AUTHORIZED' })).toContain('Your bank has reserved €66.52.');
  expect(moneyOf({ status: 'AUTHORIZED' }, 'UNDOING')).toContain('We are releasing it.');
});

test.each(['PENDING', 'ACTION_REQUIRED', 'DECLINED', 'VOIDED'] as const)('while the payment is %s the customer reads that nothing was charged', (status) => {
  expect(moneyOf({ status }, 'UNDOING')).toContain('You have not been charged');
});

test('why the bank declined is told where that helps, and kept to the bank where it does not', () => {
  expect(moneyOf({ status: 'VOIDED', declineCode: 'insufficient_funds' })).toContain('not enough money');
  expect(moneyOf({ status: 'DECLINED', declineCode: 'stolen_card' })).toBe('You have not been charged. Your bank declined the payment.');
});

test('whoever did not get the goods though they wanted them can order again', () => {
  expect(UNDOING_REASONS.filter((reason) => !canOrderAgain(reason))).toEqual(['CANCELLED', 'REFUNDED']);
});

test('a detail that is meant for the customer is shown, the name of a mail is not', () => {
  expect(happening({ at, event: 'CANCELLATION_REQUESTED', detail: 'Wrong colour' }, [], english.words).more).toBe('Wrong colour');
  expect(happening({ at, event: 'MAIL_SENT', detail: 'undone-cancelled' }, [], english.words).more).toBeUndefined();
});

test('a shipment is stopped only where there was one', () => {
  expect(happening({ at, event: 'SHIPMENT_RECALLED' }, [{ event: 'PAYMENT_AUTHORIZED' }, { event: 'SHIPMENT_BOOKED' }], english.words).what).toBe('We stopped the shipment');
  expect(happening({ at, event: 'SHIPMENT_RECALLED' }, [{ event: 'PAYMENT_AUTHORIZED' }, { event: 'UNDOING' }], english.words).what).toBe('We made sure that nothing is sent');
});

test('a cancellation is under way from the wish until it is done or too late', () => {
  const asked = [{ at, event: 'PAYMENT_AUTHORIZED' }, { at, event: 'CANCELLATION_REQUESTED' }] as const;
  expect(isBeingCancelled({ status: 'PAYMENT_AUTHORIZED', timeline: [asked[0]] })).toBe(false);
  expect(isBeingCancelled({ status: 'PAYMENT_AUTHORIZED', timeline: [...asked] })).toBe(true);
  expect(isBeingCancelled({ status: 'UNDOING', timeline: [...asked, { at, event: 'PAYMENT_VOIDED' }] })).toBe(true);
  expect(isBeingCancelled({ status: 'CANCELLED', timeline: [...asked, { at, event: 'CANCELLED' }] })).toBe(false);
  expect(isBeingCancelled({ status: 'HANDED_OVER', timeline: [...asked, { at, event: 'CANCELLATION_TOO_LATE' }] })).toBe(false);
});
