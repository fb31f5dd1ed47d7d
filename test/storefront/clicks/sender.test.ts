import { type ClickSender, clickSender } from '../../../storefront/clicks/sender';

interface Sent {
  readonly events: readonly string[];
  readonly bytes: number;
  readonly keepalive: boolean | undefined;
  readonly authorization: string | undefined;
}

/** A shop that answers each batch as `judge` says, and a tab that keeps what it is given. */
function outside(judge: (sent: Sent) => number | 'no answer' | Promise<number>, { kept = '', token = undefined as string | undefined, retryAfter = '' } = {}) {
  const tab = new Map([['shop.clicks', kept]]);
  const sent: Sent[] = [];
  return {
    sent,
    tab,
    fetch: (async (_: string, init: RequestInit & { body: string; headers: Record<string, string> }) => {
      const { events } = JSON.parse(init.body) as { events: string[] };
      const batch = { events, bytes: Buffer.byteLength(init.body), keepalive: init.keepalive, authorization: init.headers['authorization'] };
      sent.push(batch);
      const status = await judge(batch);
      if (status === 'no answer') throw new TypeError('Failed to fetch');
      return new Response(null, { status, headers: retryAfter ? { 'retry-after': retryAfter } : {} });
    }) as typeof fetch,
    storage: () => ({
      getItem: (key: string) => tab.get(key) ?? null,
      setItem: (key: string, text: string) => void tab.set(key, text),
      removeItem: (key: string) => void tab.delete(key),
    }),
    token: () => Promise.resolve(token),
  };
}

const taken = () => 202;
const names = (count: number, from = 0): string[] => Array.from({ length: count }, (_, index) => `click-${from + index}`);
const add = (sender: ClickSender, clicks: readonly string[]): void => clicks.forEach((click) => sender.add(JSON.stringify(click)));
const after = (seconds: number): Promise<void> => jest.advanceTimersByTimeAsync(seconds * 1_000);
const never = new Promise<number>(() => undefined);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('clicks wait a moment for others and go together, with keepalive', async () => {
  const shop = outside(taken);
  const sender = clickSender(shop);
  add(sender, ['look', 'add']);
  await after(1);
  expect(shop.sent).toEqual([]);
  await after(1);
  expect(shop.sent).toEqual([expect.objectContaining({ events: ['look', 'add'], keepalive: true, authorization: undefined })]);
  expect(shop.tab.get('shop.clicks')).toBe('');
  await after(600);
  expect(shop.sent).toHaveLength(1);
});

test('twenty do not wait', async () => {
  const shop = outside(taken);
  add(clickSender(shop), names(20));
  await after(0);
  expect(shop.sent).toEqual([expect.objectContaining({ events: names(20) })]);
});

test('a hundred go at once at most, and below 60 KiB whatever they are written in', async () => {
  const shop = outside(taken, { kept: names(250).map((name) => JSON.stringify(name)).join('\n') });
  clickSender(shop);
  await after(10);
  expect(shop.sent.map(({ events }) => events.length)).toEqual([100, 100, 50]);

  const long = outside(taken);
  const texts = names(150).map((name) => `${name} ${'茶'.repeat(300)}`);
  add(clickSender(long), texts);
  await after(10);
  expect(long.sent.flatMap(({ events }) => events)).toEqual(texts);
  expect(long.sent.every(({ bytes }) => bytes <= 60 * 1024)).toBe(true);
  expect(Math.max(...long.sent.map(({ bytes }) => bytes))).toBeGreaterThan(59 * 1024);
});

test('whoever is signed in is told by their token, also on leaving', async () => {
  const shop = outside(taken, { token: 'ada' });
  const sender = clickSender(shop);
  await after(0);
  add(sender, ['look']);
  sender.leave();
  expect(shop.sent).toEqual([expect.objectContaining({ events: ['look'], authorization: 'Bearer ada' })]);
});

test('a token that the shop refuses costs no click: they go without it, and with the next one', async () => {
  let token = 'old';
  const shop = outside(({ authorization }) => (authorization === 'Bearer old' ? 401 : 202));
  const sender = clickSender({ ...shop, token: () => Promise.resolve(token) });
  add(sender, ['look']);
  await after(10);
  expect(shop.sent.map(({ events, authorization }) => [events[0], authorization])).toEqual([['look', 'Bearer old'], ['look', undefined]]);
  token = 'new';
  add(sender, ['add']);
  await after(10);
  expect(shop.sent.at(-1)).toMatchObject({ events: ['add'], authorization: 'Bearer new' });
});

test('leaving sends what has waited at once, beside what is under way, but never more than browsers let through', async () => {
  const shop = outside(() => never);
  const sender = clickSender(shop);
  const texts = names(130).map((name) => name.padEnd(700, '.'));
  add(sender, texts.slice(0, 30));
  await after(0);
  add(sender, texts.slice(30));
  sender.leave();
  expect(shop.sent.map(({ events }) => events.length)).toEqual([30, expect.any(Number)]);
  const bytes = shop.sent.reduce((sum, batch) => sum + batch.bytes, 0);
  expect(bytes).toBeLessThanOrEqual(64 * 1024);
  expect(bytes).toBeGreaterThan(59 * 1024);
  // The page may be gone before the answer: until it comes, a reload finds everything.
  expect(shop.tab.get('shop.clicks')?.split('\n')).toHaveLength(130);
  sender.leave();
  expect(shop.sent).toHaveLength(2);
});

test.each<number | 'no answer'>(['no answer', 408, 429, 500, 503])('after %s they are sent again, less and less often, until they are taken', async (status) => {
  let answer: number | 'no answer' = status;
  const shop = outside(() => answer);
  const sender = clickSender(shop);
  add(sender, ['look']);
  await after(2);
  for (const pause of [5, 10, 20, 40, 80, 160, 300, 300]) {
    const before = shop.sent.length;
    add(sender, ['more']);
    sender.leave();
    await after(pause - 1);
    expect(shop.sent).toHaveLength(before);
    await after(1);
    expect(shop.sent).toHaveLength(before + 1);
  }
  answer = 202;
  await after(300);
  expect(shop.sent.at(-1)?.events).toEqual(['look', ...Array<string>(8).fill('more')]);
  expect(shop.tab.get('shop.clicks')).toBe('');
});

test('a shop that says when to come back is not asked before', async () => {
  const shop = outside(() => 429, { retryAfter: '60' });
  add(clickSender(shop), ['look']);
  await after(2 + 59);
  expect(shop.sent).toHaveLength(1);
  await after(1);
  expect(shop.sent).toHaveLength(2);
});

test('a reload takes up what was not taken before', async () => {
  const before = outside(() => 503);
  add(clickSender(before), ['look', 'add']);
  await after(3);
  const shop = outside(taken, { kept: before.tab.get('shop.clicks') });
  clickSender(shop);
  await after(3);
  expect(shop.sent).toEqual([expect.objectContaining({ events: ['look', 'add'] })]);
});

test('five hundred are kept while the shop takes nothing, the latest', async () => {
  const shop = outside(() => 503);
  add(clickSender(shop), names(700));
  await after(1);
  expect(shop.tab.get('shop.clicks')?.split('\n').map((line): unknown => JSON.parse(line))).toEqual(names(500, 200));
});

test('one that the firewall will not let through is given up, and its neighbours arrive', async () => {
  const attack = '<script>';
  const accepted: string[] = [];
  const shop = outside(({ events }) => {
    if (events.includes(attack)) return 403;
    accepted.push(...events);
    return 202;
  });
  const clicks = [...names(5), attack, ...names(13, 5)];
  add(clickSender(shop), clicks);
  await after(60);
  expect(accepted).toEqual(names(18));
  expect(shop.tab.get('shop.clicks')).toBe('');
  expect(shop.sent.length).toBeLessThan(19);
});

test.each([404, 405])('a shop that answers %i has no use for clicks, and is not asked again', async (status) => {
  const shop = outside(() => status);
  add(clickSender(shop), names(3));
  await after(600);
  expect(shop.sent).toHaveLength(1);
  expect(shop.tab.get('shop.clicks')).toBe('');
});

test('a browser that keeps nothing sends all the same', async () => {
  const shop = outside(taken);
  const refusing = () => {
    throw new DOMException('Access is denied', 'SecurityError');
  };
  add(clickSender({ ...shop, storage: refusing }), ['look']);
  await after(2);
  expect(shop.sent).toHaveLength(1);
});

test('what is to be forgotten is neither kept nor sent, whatever becomes of what is under way', async () => {
  let refuse = (): void => undefined;
  const shop = outside(() => new Promise<number>((resolve) => (refuse = () => resolve(503))));
  const sender = clickSender(shop);
  add(sender, ['look']);
  await after(2);
  add(sender, ['add']);
  sender.forget();
  refuse();
  await after(600);
  expect(shop.sent.map(({ events }) => events)).toEqual([['look']]);
  expect([...shop.tab]).toEqual([]);
});
