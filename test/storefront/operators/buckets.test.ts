import { gathered, lastMinutes, type Span } from '../../../storefront/operators/buckets';

const NOW = new Date('2026-11-27T20:45:36.000Z');
const HOUR = 60;
const DAY = 24 * HOUR;

test.each([
  [HOUR, 'minute', 60],
  [12 * HOUR, '5 minutes', 144],
  [DAY, '15 minutes', 96],
  [7 * DAY, 'hour', 168],
  [30 * DAY, 'day', 30],
])('the last %i minutes are gathered by %s, %i of them', (minutes, size, count) => {
  const span = lastMinutes(minutes, NOW);
  expect(span).toMatchObject({ size, until: NOW });
  expect(gathered([], span)).toHaveLength(count);
});

test('a time begins with a whole bucket and ends now, within the one that is still going on', () => {
  const span = lastMinutes(DAY, NOW);
  expect(span.since.toISOString()).toBe('2026-11-26T21:00:00.000Z');
  expect(gathered([], span).at(-1)).toMatchObject({ from: new Date('2026-11-27T20:45:00.000Z'), to: new Date('2026-11-27T21:00:00.000Z') });
});

test('minutes go where they belong, in whatever order they come, and what has none is empty', () => {
  const span: Span = { since: new Date('2026-11-27T10:00:00.000Z'), until: new Date('2026-11-27T12:30:00.000Z'), size: 'hour' };
  const rows = ['12:29', '10:00', '10:59', '12:00'].map((time) => ({ minute: `2026-11-27T${time}:00.000Z` }));
  expect(gathered(rows, span).map((bucket) => bucket.rows.map(({ minute }) => minute.slice(11, 16)))).toEqual([['10:00', '10:59'], [], ['12:29', '12:00']]);
});

test('buckets follow one another without a gap, and days begin at the reader’s midnight', () => {
  const buckets = gathered([], lastMinutes(30 * DAY, NOW));
  for (const [index, { from, to }] of buckets.entries()) {
    expect([from.getHours(), from.getMinutes()]).toEqual([0, 0]);
    expect(buckets[index + 1]?.from ?? to).toEqual(to);
  }
});
