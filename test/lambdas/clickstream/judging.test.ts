import * as fc from 'fast-check';
import { ClickEvent } from '../../../contracts/click';
import { CustomerId } from '../../../contracts/ids';
import { judge } from '../../../lambdas/clickstream/judging';
import { clickAt } from './clicks';

const now = new Date('2026-11-26T12:00:00.000Z');
const good = clickAt(now);
const ada = CustomerId.parse('ada');
const reasonFor = (event: unknown): string | undefined => judge([event], now).refused[0]?.reason;

it('stamps what is good with when it came, and with the user of the token', () => {
  const { good: judged, refused } = judge([good], now, ada);
  expect(refused).toEqual([]);
  expect(judged).toEqual([{ index: 0, event: { ...good, synthetic: false, receiveTime: '2026-11-26T12:00:00.000Z', userId: 'ada' } }]);
  expect(ClickEvent.safeParse(judged[0]?.event).success).toBe(true);
});

it.each([
  ['text instead of JSON', 'not json', 'must be an object'],
  ['nothing', null, 'must be an object'],
  ['a list', [good], 'must be an object'],
  ['an unknown field', { ...good, version: 2 }, 'version is not known here'],
  ['a user of its own', { ...good, userId: 'ada' }, 'userId is not known here'],
  ['a server’s time of its own', { ...good, receiveTime: now.toISOString() }, 'receiveTime is not known here'],
  ['__proto__', JSON.parse(`{"__proto__":{"userId":"ada"},${JSON.stringify(good).slice(1)}`), '__proto__ is not known here'],
  ['an unknown type', { ...good, type: 'Hover' }, 'type must be View or AddToCart'],
  ['a number as its page', { ...good, page: 7 }, 'page must be a text'],
  ['1970', { ...good, eventTime: '1970-01-01T00:00:00.000Z' }, 'eventTime is too long ago'],
  ['2099', { ...good, eventTime: '2099-01-01T00:00:00.000Z' }, 'eventTime is in the future'],
  ['no date at all', { ...good, eventTime: 'yesterday' }, 'eventTime must be a valid datetime'],
  ['a name of 60,000 characters', { ...good, ['x'.repeat(60_000)]: 1 }, 'xxxxxx'],
])('refuses an event with %s, and says why in few words', (_, event, reason) => {
  expect(reasonFor(event)).toContain(reason);
  expect(reasonFor(event)?.length).toBeLessThanOrEqual(200);
});

it('believes a clock that is a few minutes ahead, and a page that was away from the network for days', () => {
  for (const time of ['2026-11-26T12:09:00.000Z', '2026-11-20T12:00:00.000Z']) expect(reasonFor({ ...good, eventTime: time })).toBeUndefined();
});

it('refuses by index and takes the neighbours', () => {
  const { good: judged, refused } = judge([good, 'poison', good, { ...good, eventTime: '1970-01-01T00:00:00.000Z' }], now);
  expect(judged.map(({ index }) => index)).toEqual([0, 2]);
  expect(refused.map(({ index }) => index)).toEqual([1, 3]);
});

it('accounts for each event once, whatever is sent', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.record({ type: fc.constant('View'), page: fc.string() }), fc.constant(good), fc.dictionary(fc.string(), fc.jsonValue()).map((more) => ({ ...good, ...more }))), { maxLength: 20 }), (events) => {
      const { good: judged, refused } = judge(events, now);
      const indexes = [...judged, ...refused].map(({ index }) => index).toSorted((one, other) => one - other);
      expect(indexes).toEqual(events.map((_, index) => index));
      for (const { event } of judged) expect(ClickEvent.safeParse(event).success).toBe(true);
    }),
    { numRuns: 300 },
  );
});
