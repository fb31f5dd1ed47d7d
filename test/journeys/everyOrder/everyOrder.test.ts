import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProductId } from '../../../contracts/ids';
import { isSettled } from '../../../contracts/order-status';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { settleAccounts } from './accounts';
import { Bookkeeper } from './books';
import { behind, Copies } from './copies';
import type { Statuses } from './copies';
import { Customers } from './customers';
import type { PlacedOrder } from './customers';
import { DevEnvironment } from '../devEnvironment';
import { Warehouse } from '../warehouse';
import { outage } from './outage';
import { plansFor, PRODUCTS } from './plans';
import { Troubles } from './troubles';
import { leaksIn, rotateOriginSecret, secretsOf, writingsOf } from './writings';

/** More, or the same again, by hand: `ORDERS=500 SEED=7 npx jest --selectProjects journeys --testPathPatterns everyOrder`. */
const ORDERS = Number(process.env.ORDERS ?? 200);
const SEED = Number(process.env.SEED ?? randomInt(2 ** 31));
const CUSTOMERS_AT_ONCE = 10;
/** Customers come as fast as the machine gets on with their orders: a queue would only make the test longer. */
const MOST_WORKED_ON = 60;
const STOCK = 100_000;
const REST_WITHIN_MS = 600_000;
/** What those who cannot act any more give up after, once everybody has ordered. */
const TROUBLES_GO_ON_MS = 15_000;
jest.setTimeout(REST_WITHIN_MS + ORDERS * 2_000 + 300_000);

const products = Array.from({ length: PRODUCTS }, (_, index) => ProductId.parse(`counted-piece-${index}`));
const begun = Date.now();
const say = (line: string): void => void process.stderr.write(`${String(Math.round((Date.now() - begun) / 1_000)).padStart(5)} s  ${line}\n`);

let dev: DevEnvironment;
let customers: Customers;
let bookkeeper: Bookkeeper;
let copies: Copies;
beforeAll(async () => {
  say(`${ORDERS} orders from the seed ${SEED}`);
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  await importProducts();
  // Quicker than a carrier is, and slower than a customer who thinks better of it.
  await fetch(`${dev.sandboxes.carrier}/_sandbox/pace`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ handedOverAfter: 10_000, deliveredAfter: 4_000 }) });
  customers = await Customers.gather(dev, products);
  bookkeeper = await Bookkeeper.of(dev, customers.stripe);
  copies = new Copies(customers.shop, customers.operatorToken, await Warehouse.of(dev));
  say('the shop is open');
});
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('every-order');

test('every order is accounted for by its id, whatever fails and whoever is killed while it is worked on', async () => {
  const troubles = new Troubles(dev, SEED);
  troubles.begin();
  const placed: PlacedOrder[] = [];
  const away = outage({ dev, shop: customers.shop, operatorToken: customers.operatorToken, ordersTaken: () => placed.length });
  const [{ acted }, seen] = await Promise.all([placeAll(placed), away]);
  await Promise.race([acted, sleep(TROUBLES_GO_ON_MS)]);
  await troubles.end();
  say(`the troubles are over: ${inWords(troubles.counts)}`);
  await acted;
  await comeToRest();

  const books = await bookkeeper.read();
  const { findings, table } = settleAccounts(placed, books, STOCK);
  console.table(table);
  const errors = await bookkeeper.failedAttempts(books.executions);
  say(`${books.executions.length} executions went on after ${inWords(errors)}`);
  expect({ seed: SEED, findings }).toEqual({ seed: SEED, findings: [] });
  // Otherwise nothing was shown.
  expect([...errors.keys()]).toEqual(expect.arrayContaining(['PaymentUnavailable', 'Runtime.ExitError', expect.stringMatching(/^States\.Http\./)]));

  expect(seen).toEqual({ search: ['search-away', '5'], report: ['analytics-away', '30'], ordersTaken: expect.any(Number) });
  expect(seen.ordersTaken).toBeGreaterThan(0);
  const statuses = new Map([...books.orders].map(([orderId, { status }]) => [orderId, status]));
  await arriveIn('search', () => copies.search(), statuses);
  await arriveIn('Redshift', () => copies.redshift(), statuses);

  const atRest = Date.now();
  await dev.hurry('Workflow', 'Reconcile');
  const compared = await eventually(async () => (await dev.logged('Workflow', 'Reconcile', 'reconciled', atRest)).find(({ wholeRound }) => wholeRound));
  expect(compared).toMatchObject({ repaired: 0, unanswered: 0 });
  expect(versionsOf(await bookkeeper.orders())).toEqual(versionsOf(books.orders));
});

test('and nothing was written down with which somebody could pass for the shop, a provider or a customer', async () => {
  await rotateOriginSecret(dev);
  const books = await bookkeeper.read();
  const secrets = await secretsOf(dev, customers, books);
  const writings = await writingsOf(dev, books);
  // Otherwise nothing was looked for, or nowhere.
  for (const [what, texts] of secrets) expect({ what, many: texts.length > 0 && texts.every((text) => text.length > 8) }).toEqual({ what, many: true });
  const [orderId = ''] = books.orders.keys();
  for (const where of ['function log', 'history', 'machine log']) expect([...writings].some(([name, text]) => name.startsWith(where) && text.includes(where === 'machine log' ? '' : orderId))).toBe(true);

  expect(leaksIn(writings, secrets)).toEqual([]);
  // An execution knows the recipient's address, which the carrier is told, and the server that stands for AWS whom it mails.
  const functions = new Map([...writings].filter(([where]) => where.startsWith('function log')));
  expect(leaksIn(functions, new Map([["a customer's address", customers.emails]]))).toEqual([]);
  // And the very looking is looked at.
  const planted = new Map([...writings].map(([where, text]) => [where, `${text}${[...secrets.values()].map(([secret = '']) => secret).join(' ')}`]));
  expect(leaksIn(planted, secrets)).toHaveLength(planted.size * secrets.size);
});

/** Resolves when a copy has each order as it is, and no other. */
async function arriveIn(where: string, look: () => Promise<Statuses>, orders: Statuses): Promise<void> {
  await eventually(async () => {
    const copy = await look();
    say(`${where} has ${copy.size} orders and is behind with ${behind(copy, orders)}`);
    return behind(copy, orders) === 0 && copy.size === orders.size;
  });
}

async function importProducts(): Promise<void> {
  const file = path.join(folder, 'products.csv');
  const rows = products.map((productId, index) => `${productId},Piece ${index},Counted.,Stationery,Papiermühle Lind,${index + 3}.${10 + 7 * index},${STOCK}`);
  writeFileSync(file, ['productId,name,description,category,vendor,price,stock', ...rows].join('\n'));
  await dev.npm('catalog:import', file, '--stack', `${dev.name}-Catalog`);
}

/** Resolves when everybody has ordered, as `placed` tells; what they do about their orders goes on meanwhile, until `acted`. */
async function placeAll(placed: PlacedOrder[]): Promise<{ readonly acted: Promise<unknown> }> {
  const waiting = plansFor(ORDERS, SEED).map((plan, number) => ({ plan, number }));
  const acting = new Set<Promise<void>>();
  const from = Date.now();
  const shop = { workedOn: 0 };
  const doorkeeper = setInterval(() => void bookkeeper.workedOn().then((count) => (shop.workedOn = count), () => undefined), 1_000);
  const reporter = setInterval(() => say(`${placed.length} of ${ORDERS} orders, ${((placed.length * 1_000) / (Date.now() - from)).toFixed(1)} a second, ${shop.workedOn} worked on, ${acting.size} customers to act`), 10_000);
  const serve = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      while (shop.workedOn > MOST_WORKED_ON) await sleep(100);
      const order = await customers.order(next.plan, next.number);
      placed.push(order);
      const act = customers.act(order, next.number).finally(() => acting.delete(act));
      acting.add(act);
    }
  };
  const stop = (): void => {
    clearInterval(doorkeeper);
    clearInterval(reporter);
  };
  await Promise.all(Array.from({ length: CUSTOMERS_AT_ONCE }, serve)).catch((error: unknown) => {
    stop();
    throw error;
  });
  return { acted: Promise.all(acting).finally(stop) };
}

/** Resolves when nothing goes on any more. @throws Error that says what still does when that takes too long */
async function comeToRest(): Promise<void> {
  const until = Date.now() + REST_WITHIN_MS;
  for (;;) {
    const orders = [...(await bookkeeper.orders()).values()];
    // What only a person can settle is at rest too.
    const open = orders.filter(({ status, concerns }) => !isSettled(status) && concerns.length === 0);
    const running = await bookkeeper.executions('RUNNING');
    const webhooks = await bookkeeper.webhooksUnderWay();
    const how = `${orders.length - open.length} of ${orders.length} orders at rest, ${running.length} executions at work, ${webhooks} webhooks under way`;
    say(how);
    if (open.length + running.length + webhooks === 0) return;
    if (Date.now() > until) throw new Error(`The seed is ${SEED}. ${how}: ${open.map(({ orderId, status }) => `${orderId} ${status}`).join(', ')}`);
    await sleep(5_000);
  }
}

const inWords = (counts: ReadonlyMap<string, number>): string => [...counts].map(([what, count]) => `${count} × ${what}`).join(', ');

const versionsOf = (orders: ReadonlyMap<string, { readonly version: number }>): Map<string, number> => new Map([...orders].map(([id, { version }]) => [id, version]));
