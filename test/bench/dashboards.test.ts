import { cpuTime, ofProc, ofPs } from '../../bench/dashboards/cpuTime';
import { refreshRows } from '../../bench/dashboards/refreshCost';
import { shopDay } from '../../bench/dashboards/shopDay';

test('of a hundred visitors come four hundred clicks and forty paid orders, all of the last 22 hours', () => {
  const now = new Date('2026-11-27T12:00:00Z');
  const { clicks, orders } = shopDay(100, now);
  expect([clicks.length, new Set(clicks.map(({ eventId }) => eventId)).size, new Set(clicks.map(({ anonymousId }) => anonymousId)).size]).toEqual([400, 400, 100]);
  expect(clicks.flatMap(({ orderId }) => orderId ?? [])).toEqual(orders.map(({ orderId }) => orderId));
  expect(orders).toHaveLength(40);
  for (const { total, subtotal, shipping, tax, payment } of orders) expect([total.amount, payment.captured]).toEqual([subtotal.amount + shipping.amount + tax.amount, total]);
  const times = clicks.map(({ eventTime }) => Date.parse(eventTime));
  expect([Math.min(...times), Math.max(...times) <= now.getTime()]).toEqual([Date.parse('2026-11-26T14:00:00Z'), true]);
});

test('a refresh costs what is used beyond the quiet, and its share is of the time until the next', () => {
  const rows = refreshRows(
    { requests: 160, bytes: 500_000, refreshes: 10 },
    { cpu: new Map([['quicksight', 3_000], ['redshift', 6_200]]), milliseconds: 60_000 },
    { cpu: new Map([['quicksight', 0], ['redshift', 100]]), milliseconds: 30_000 },
  );
  expect(rows).toEqual([
    { what: 'one refresh of all visuals', figures: { requests: 16, KB: 50 } },
    { what: 'its work in quicksight', figures: { 'CPU ms': 300 }, ratio: { value: 0.06, unit: '%' } },
    { what: 'its work in redshift', figures: { 'CPU ms': 600 }, ratio: { value: 0.12, unit: '%' } },
    { what: 'its work in all of them', figures: { 'CPU ms': 900 }, ratio: { value: 0.18, unit: '%' } },
  ]);
});

test('processor time is that of the program and of the system for it, whatever the program is called', () => {
  expect(ofProc('4711 (a) S (b)) S 1 4711 4711 0 -1 4194304 100 0 0 0 250 31 7 9 20 0 11 0 12345 1000 200')).toBe(2_810);
  expect([ofPs('  0:00.07\n'), ofPs('1:02.50'), ofPs('2:00:01.00')]).toEqual([70, 62_500, 7_201_000]);
});

test('the processor time of a process only grows', () => {
  const before = cpuTime(process.pid);
  expect(before).toBeGreaterThan(0);
  expect(cpuTime(process.pid)).toBeGreaterThanOrEqual(before);
});
