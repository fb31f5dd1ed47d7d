import { Click } from '../../../contracts/click';
import { anonymousId, type Happening, record, startClicks } from '../../../storefront/clicks/clicks';

const MINUTE = 60_000;
let sent: Click[];
let kept: Map<string, string>;
let unsent: Map<string, string>;

const storage = (map: Map<string, string>) => () => ({
  getItem: (key: string) => map.get(key) ?? null,
  setItem: (key: string, text: string) => void map.set(key, text),
  removeItem: (key: string) => void map.delete(key),
});

function open(wish: { doNotTrack?: string; globalPrivacyControl?: boolean } = {}): void {
  Object.defineProperty(globalThis, 'navigator', { value: wish, configurable: true });
  const fetch = (async (_: string, { body }: { body: string }) => {
    const { events } = JSON.parse(body) as { events: unknown[] };
    sent.push(...events.map((event) => Click.parse(event)));
    return new Response(null, { status: 202 });
  }) as typeof globalThis.fetch;
  startClicks({ fetch, storage: storage(unsent), token: () => Promise.resolve(undefined) }, storage(kept));
}

async function recorded(...happenings: Happening[]): Promise<Click[]> {
  const from = sent.length;
  happenings.forEach(record);
  await jest.advanceTimersByTimeAsync(2_000);
  return sent.slice(from);
}

const look: Happening = { type: 'View', productId: 'walnut-board' };
const setPage = (pathname: string) => Object.assign(globalThis, { location: { pathname, search: '?code=secret' } });

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-11-26T10:00:00.000Z') });
  sent = [];
  kept = new Map();
  unsent = new Map();
  setPage('/products/walnut-board');
});
afterEach(() => jest.useRealTimers());

test('what is sent keeps the contract: ids, time and page are added to what happened', async () => {
  open();
  const all: Happening[] = [
    look,
    { type: 'AddToCart', productId: 'walnut-board', quantity: 2, price: { amount: 4900, currency: 'EUR' } },
    { type: 'Search', searchText: '“$&” ÄÖ 茶 🫖' },
    { type: 'RecommendationShown', productId: 'linen-apron', recommendationId: 'r-1' },
  ];
  const clicks = await recorded(...all);
  expect(clicks).toMatchObject(all);
  expect(clicks[0]).toMatchObject({ eventTime: '2026-11-26T10:00:00.000Z', page: '/products/walnut-board', synthetic: false, anonymousId: anonymousId() });
  expect(new Set(clicks.map(({ eventId }) => eventId)).size).toBe(4);
  // The first 48 bits of an event's id are its time.
  expect(Number.parseInt(clicks[0]?.eventId.replace('-', '').slice(0, 12) ?? '', 16)).toBe(Date.parse('2026-11-26T10:00:00.000Z'));
});

test('a visitor stays the same over visits, a visit ends after half an hour in which nothing was done', async () => {
  open();
  const [first] = await recorded(look);
  jest.advanceTimersByTime(29 * MINUTE);
  const [second] = await recorded(look);
  jest.advanceTimersByTime(29 * MINUTE);
  open();
  const [third] = await recorded(look);
  expect([second?.sessionId, third?.sessionId]).toEqual([first?.sessionId, first?.sessionId]);
  jest.advanceTimersByTime(31 * MINUTE);
  const [later] = await recorded(look);
  expect(later?.sessionId).not.toBe(first?.sessionId);
  expect(later?.anonymousId).toBe(first?.anonymousId);
});

test('ids that somebody has meddled with are made anew', async () => {
  kept.set('shop.visitor', 'me@example.com');
  kept.set('shop.visit', `nothing ${Date.now()}`);
  open();
  expect(await recorded(look)).toHaveLength(1);
});

test('a page of any length has room', async () => {
  open();
  setPage(`/${'a'.repeat(2_000)}`);
  const [click] = await recorded(look);
  expect(click?.page).toHaveLength(500);
});

test.each([{ doNotTrack: '1' }, { doNotTrack: 'yes' }, { globalPrivacyControl: true }])('with %j nothing is recorded, no id is made, and those of before are forgotten', async (wish) => {
  open();
  await recorded(look);
  expect(kept.size).toBe(2);
  record(look);
  expect(unsent.get('shop.clicks')).toContain('walnut-board');
  sent.length = 0;
  open(wish);
  record(look);
  expect(anonymousId()).toBeUndefined();
  expect([...kept, ...unsent]).toEqual([]);
});

test('whoever refuses is not recorded, what waits is not sent, and what was kept is forgotten but for the refusal', async () => {
  open();
  await recorded(look);
  record(look);
  kept.set('shop.consent', 'refused');
  open();
  expect(await recorded(look)).toEqual([]);
  expect(sent).toHaveLength(1);
  expect(anonymousId()).toBeUndefined();
  expect([...kept, ...unsent]).toEqual([['shop.consent', 'refused']]);
  kept.delete('shop.consent');
  open();
  expect(await recorded(look)).toHaveLength(1);
});

test('the wish is heard while the page is open, too', async () => {
  const wish = { doNotTrack: undefined, globalPrivacyControl: false };
  open(wish);
  expect(await recorded(look)).toHaveLength(1);
  wish.globalPrivacyControl = true;
  expect(await recorded(look)).toEqual([]);
});

test.each([{ doNotTrack: '0' }, { doNotTrack: 'unspecified' }, { globalPrivacyControl: false }])('%j is no wish to be left alone', async (wish) => {
  open(wish);
  expect(await recorded(look)).toHaveLength(1);
});
