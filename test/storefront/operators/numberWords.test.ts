import { lastMinutes, gathered } from '../../../storefront/operators/buckets';
import { bucketWords, counted, part, tick } from '../../../storefront/operators/numberWords';

const DAY = 24 * 60;
const NOW = new Date(2026, 10, 27, 20, 45, 36);
const ticks = (minutes: number): string[] => {
  const span = lastMinutes(minutes, NOW);
  return gathered([], span).flatMap(({ from }) => tick(from, span.size) || []);
};

test('a number is told with its unit, one of it in the singular', () => {
  expect([0, 1, 1_204].map((count) => counted(count, 'order'))).toEqual(['0 orders', '1 order', '1,204 orders']);
});

test('a part is told in percent, to a tenth', () => {
  expect([part(1, 8), part(75, 1_204), part(3, 3), part(0, 5)]).toEqual(['12.5 %', '6.2 %', '100 %', '0 %']);
});

test('below a chart stand a few round times, few enough for a phone', () => {
  expect(ticks(60)).toEqual(['19:50', '20:00', '20:10', '20:20', '20:30', '20:40']);
  expect(ticks(DAY)).toEqual(['21:00', '00:00', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00']);
  expect(ticks(7 * DAY)).toEqual(['Sat 21', 'Sun 22', 'Mon 23', 'Tue 24', 'Wed 25', 'Thu 26', 'Fri 27']);
  expect(ticks(30 * DAY)).toEqual(['Mon, 2 Nov', 'Mon, 9 Nov', 'Mon, 16 Nov', 'Mon, 23 Nov']);
});

test('a bucket is told by its beginning and its end, a day by its date', () => {
  const from = new Date(2026, 10, 26, 14);
  expect(bucketWords({ from, to: new Date(2026, 10, 26, 14, 15) }, '15 minutes')).toMatch(/^26 Nov, 14:00\s?–\s?14:15$/);
  expect(bucketWords({ from, to: from }, 'day')).toBe('Thu, 26 Nov');
});
