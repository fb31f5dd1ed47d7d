import { randomUUID } from 'node:crypto';
import { website } from '../../../stages/environments';
import { Away } from '../../../local/traffic/answers';
import { Catalogue } from '../../../local/traffic/catalogue';
import { Crowd } from '../../../local/traffic/people';
import { Random } from '../../../local/traffic/random';
import { Tab } from '../../../local/traffic/tab';
import { Tally } from '../../../local/traffic/tally';
import { MOST_SHOPPERS } from '../../../local/traffic/traffic';
import { Visit } from '../../../local/traffic/visit';
import { products, refusal, ShopInMemory, type TakenClick } from './shopInMemory';

const VISITS = 200;

/** Visits one after the other, without the time that people take. */
async function walk({ shop = new ShopInMemory(), seed = 1, visits = VISITS } = {}) {
  const random = new Random(seed);
  const [crowd, catalogue, tally] = [new Crowd(random), new Catalogue(), new Tally()];
  let [seconds, pauses] = [0, 0];
  const brokenOff: unknown[] = [];
  for (let visit = 0; visit < visits; visit++) {
    const person = crowd.comes();
    const tab = await Tab.open({ siteUrl: shop.siteUrl, person, tally, ask: shop.ask });
    const think = async (median: number): Promise<void> => {
      seconds += median;
      pauses++;
    };
    await new Visit({ tab, person, catalogue, random, think, signal: new AbortController().signal }).walk().catch((error: unknown) => brokenOff.push(error));
    await tab.close();
    crowd.leaves(person);
  }
  return { shop, tally, seconds, pauses, brokenOff };
}

const sessionsWith = (clicks: readonly TakenClick[], type: string): number => new Set(clicks.filter((click) => click.type === type).map(({ sessionId }) => sessionId)).size;
const shapeOf = (clicks: readonly TakenClick[]) => clicks.map(({ type, page, productId, quantity, searchText }) => [type, page.replace(/[0-9a-f-]{36}/, '<id>'), productId, quantity, searchText]);

beforeAll(() => jest.useFakeTimers({ advanceTimers: true }));
afterAll(() => jest.useRealTimers());

let walked: Awaited<ReturnType<typeof walk>>;
beforeAll(async () => {
  walked = await walk();
});

test('the shop takes every click and every order that they make', () => {
  const { shop, tally, brokenOff } = walked;
  expect(brokenOff).toEqual([]);
  expect(tally).toMatchObject({ clicks: shop.clicks.length, orders: shop.orders.length, refused: 0 });
  expect(new Set(shop.clicks.map(({ eventId }) => eventId)).size).toBe(shop.clicks.length);
});

test('to the shop their clicks are those of customers', () => {
  expect(walked.shop.clicks.filter(({ synthetic }) => synthetic)).toEqual([]);
});

test('the same seed walks the same way, another one another way', async () => {
  const [one, same, other] = [await walk({ seed: 7, visits: 30 }), await walk({ seed: 7, visits: 30 }), await walk({ seed: 8, visits: 30 })];
  expect(shapeOf(same.shop.clicks)).toEqual(shapeOf(one.shop.clicks));
  expect(shapeOf(other.shop.clicks)).not.toEqual(shapeOf(one.shop.clicks));
});

test('fewer come from each step to the next, and some to the last', () => {
  const { clicks, orders } = walked.shop;
  const funnel = ['View', 'AddToCart', 'ViewCart', 'StartCheckout', 'Purchase'].map((type) => sessionsWith(clicks, type));
  expect(funnel).toEqual(funnel.toSorted((one, other) => other - one));
  expect(new Set(funnel).size).toBe(funnel.length);
  expect(funnel[0]).toBeGreaterThan(0.9 * VISITS);
  expect(orders.length).toBeGreaterThan(0.1 * VISITS);
  expect(orders.length).toBeLessThan(0.35 * VISITS);
});

test('everything that the contract knows of happens', () => {
  const types = new Set(walked.shop.clicks.map(({ type }) => type));
  expect(types.size).toBe(9);
});

test('some products are looked at much more than others, by whomever', async () => {
  const other = await walk({ seed: 2, visits: 100 });
  const [views, otherViews] = [walked, other].map(({ shop }) => mostSeen(shop.clicks)) as [string[], string[]];
  const ofTopTenth = walked.shop.clicks.filter(({ type, productId = '' }) => type === 'View' && views.slice(0, products.length / 10).includes(productId)).length;
  expect(ofTopTenth).toBeGreaterThan(0.3 * walked.shop.clicks.filter(({ type }) => type === 'View').length);
  expect(views.slice(0, 10).filter((productId) => otherViews.slice(0, 20).includes(productId)).length).toBeGreaterThan(5);
});

function mostSeen(clicks: readonly TakenClick[]): string[] {
  const counts = new Map<string, number>();
  for (const { type, productId = '' } of clicks) if (type === 'View') counts.set(productId, (counts.get(productId) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([productId]) => productId);
}

test('some search for what is not there, or mistype it', () => {
  const searches = walked.shop.clicks.filter(({ type }) => type === 'Search');
  const words = new Set(products.flatMap(({ name }) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u)));
  const mistyped = searches.filter(({ searchText = '' }) => searchText.split(' ').some((word) => !words.has(word)));
  expect(mistyped.length).toBeGreaterThan(0.1 * searches.length);
  expect(mistyped.length).toBeLessThan(0.5 * searches.length);
  expect(searches.filter(({ resultCount }) => resultCount === 0).length).toBeGreaterThan(0);
});

test('whoever orders has an account by then, comes back to it, and is known by it', () => {
  const { shop: { clicks, orders, accounts } } = walked;
  const purchases = clicks.filter(({ type }) => type === 'Purchase');
  expect(purchases.every(({ token }) => token !== undefined)).toBe(true);
  expect(accounts).toBeGreaterThan(0);
  expect(accounts).toBeLessThan(orders.length);
});

test('what the gate counts they leave where it is', () => {
  const [stockedBest] = products.slice(0, 100).toSorted((one, other) => other.stock - one.stock);
  expect(walked.shop.clicks.filter(({ type, productId }) => type === 'AddToCart' && productId === stockedBest?.productId)).toEqual([]);
});

test('as many as may come stay below half of what any environment takes from one address', () => {
  const { shop, seconds, pauses } = walked;
  const aMinute = (requests: number): number => (MOST_SHOPPERS * requests * 60) / seconds;
  for (const { perAddress, throttling } of website.environments) {
    // Each pause is time enough for what was done before it to be sent.
    expect(aMinute(shop.asked.length + pauses)).toBeLessThan(perAddress.requestsPerAddress / 2);
    expect(aMinute(shop.asked.filter((route) => route === 'POST /api/quotes').length)).toBeLessThan(perAddress.quotesPerAddress / 2);
    expect(aMinute(shop.asked.length) / 60).toBeLessThan(throttling.writes.rateLimit / 10);
  }
});

test('a shop without a search is not searched', async () => {
  const { shop } = await walk({ shop: new ShopInMemory({ search: false }), visits: 40 });
  expect(shop.asked.filter((route) => route.startsWith('GET /api/search'))).toEqual([]);
});

test('an order whose answer is lost is asked for again, and is one order', async () => {
  const shop = new ShopInMemory();
  let lost = 0;
  shop.mishap = (route, answer) => {
    if (route !== 'POST /api/orders' || lost > 0) return undefined;
    lost++;
    answer();
    throw new Away('The connection was lost.');
  };
  const { tally, brokenOff } = await walk({ shop, visits: 30 });
  expect(lost).toBe(1);
  expect(brokenOff).toEqual([]);
  expect(tally.orders).toBe(shop.orders.length);
});

test('what is sold out meanwhile breaks off the visit, and is no order', async () => {
  const shop = new ShopInMemory();
  shop.mishap = (route) => (route === 'POST /api/quotes' ? refusal('out-of-stock') : undefined);
  const { brokenOff } = await walk({ shop, visits: 40 });
  expect(brokenOff).toContainEqual(expect.objectContaining({ name: 'Refused', code: 'out-of-stock' }));
  expect(shop.orders).toEqual([]);
});

test('search and recommendations that are away keep nobody from buying', async () => {
  const shop = new ShopInMemory();
  shop.mishap = (route) => (/search|recommendations/.test(route) ? refusal('search-away') : undefined);
  const { brokenOff } = await walk({ shop, visits: 60 });
  expect(brokenOff).toEqual([]);
  expect(shop.orders.length).toBeGreaterThan(0);
  expect(shop.clicks.filter(({ type }) => type === 'Search').every(({ resultCount }) => resultCount === undefined)).toBe(true);
});

test('a site whose payments leave this machine is not visited', async () => {
  const shop = new ShopInMemory({ scriptUrl: 'https://js.stripe.com/endive/stripe.js' });
  const person = new Crowd(new Random(1)).comes();
  await expect(Tab.open({ siteUrl: shop.siteUrl, person, tally: new Tally(), ask: shop.ask })).rejects.toThrow('for this machine only');
});

test('everybody has a name, an address and a login of their own', () => {
  const crowd = new Crowd(new Random(randomUUID().charCodeAt(0)));
  const people = Array.from({ length: 50 }, () => crowd.comes());
  expect(new Set(people.map(({ login }) => login.email)).size).toBe(50);
  expect(people.every(({ login }) => /^[a-z]+\.[a-z]+\.[0-9a-f]{8}@example\.com$/.test(login.email))).toBe(true);
});
