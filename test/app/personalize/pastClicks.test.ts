import { interactionsOf, keysOf } from '../../../app/personalize/past-clicks';
import { clickAt } from '../../lambdas/clickstream/clicks';

const at = new Date('2026-11-26T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const stretch = { from: new Date(at.getTime() - HOUR_MS), until: new Date(at.getTime() + HOUR_MS) };
const line = (more: object = {}, received = at): string => JSON.stringify({ ...clickAt(at, { synthetic: false, productId: 'pan' }), receiveTime: received.toISOString(), ...more });
const [me, other] = ['8e03978e-40d5-43e8-bc93-6894a57f9324', '0e03978e-40d5-43e8-bc93-6894a57f9324'];

test('past clicks become rows of the interactions dataset, each visitor a user, who signed in later the customer they are', () => {
  const { csv = '', rows } = interactionsOf([line(), line({ type: 'Purchase', orderId: '01997f5e-7b3c-7e2f-8f10-2f3b0b7e5f0d', userId: 'customer', quantity: 2, price: { amount: 1_250, currency: 'EUR' } }), line({ anonymousId: other })], stretch) ?? {};
  expect(rows).toBe(3);
  expect(csv.split('\n')).toEqual([
    'USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP,RECOMMENDATION_ID,PRICE,QUANTITY',
    `customer,pan,View,${at.getTime() / 1_000},,,`,
    `customer,pan,Purchase,${at.getTime() / 1_000},,1250,2`,
    `${other},pan,View,${at.getTime() / 1_000},,,`,
    '',
  ]);
  expect(csv).not.toContain(me);
});

test('what is synthetic, of no product, not for Personalize, of another time or no click at all is left out', () => {
  const lines = [line({ synthetic: true }), line({ type: 'ViewCart', productId: undefined }), line({}, stretch.until), line({}, new Date(stretch.from.getTime() - 1)), '{"eventId":', ''];
  expect(interactionsOf(lines, stretch)).toBeUndefined();
  expect(interactionsOf([...lines, line({}, stretch.from)], stretch)?.rows).toBe(1);
});

test('the files of a stretch begin with those of the hour before, whose first clicks may be earlier ones', () => {
  const { after, last } = keysOf(stretch);
  const file = (hour: string) => `clicks/year=2026/month=11/day=26/hour=${hour}/clicks-1-2026-11-26-${hour}-59-50-id.gz`;
  expect(['09', '10', '11', '12', '13', '14'].filter((hour) => file(hour) > after && file(hour) <= last)).toEqual(['10', '11', '12', '13']);
});
