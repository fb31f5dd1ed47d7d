import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOfPersonalize } from '../../../contracts/derived/avro';
import { Shop } from '../../../pipeline/gate/shop';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { DevEnvironment } from '../devEnvironment';
import { Warehouse } from '../warehouse';
import { Sinks, type Found } from './sinks';
import { Troubles } from './troubles';
import { visit, type VisitorClick } from './visitors';
import { weightsOf } from './weights';

/** All of the fifty thousand by hand: `CLICKS=50000 npx jest --selectProjects journeys --testPathPatterns everyClick`. */
const CLICKS = Number(process.env.CLICKS ?? 3_000);
const ARRIVED_WITHIN_SECONDS = 120 + CLICKS / 20;
/** To look takes a core from those who are at work. */
const BETWEEN_LOOKS_MS = 3_000;
/** While consumers are at what has been taken. */
const TROUBLES_GO_ON_MS = 30_000;
jest.setTimeout((ARRIVED_WITHIN_SECONDS * 3 + 600) * 1_000);

const begun = Date.now();
const say = (line: string): void => void process.stderr.write(`${String(Math.round((Date.now() - begun) / 1_000)).padStart(5)} s  ${line}\n`);

let dev: DevEnvironment;
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('every-click');
let shop: Shop;
let products: string[];
let warehouse: Warehouse;
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  shop = new Shop((await dev.output('Edge', 'SiteUrl')).replace(/\/$/, ''));
  products = (await shop.call('listProducts', { query: { limit: '20' } })).products.map(({ productId }) => productId);
  warehouse = await Warehouse.of(dev);
});

test('every click is accounted for by its id in every sink, whatever is killed, throttled or paused while it is on its way', async () => {
  const sinks = new Sinks(dev, warehouse);
  const troubles = new Troubles(dev, warehouse);
  troubles.begin();
  const sent = await visit(shop, products, CLICKS, (taken) => taken % 1_000 === 0 && say(`${taken} of ${CLICKS} clicks taken`));
  await sleep(TROUBLES_GO_ON_MS);
  await troubles.end();
  say(`the troubles are over: ${[...troubles.counts].map(([what, count]) => `${count} × ${what}`).join(', ')}`);

  const teaching = sent.filter(({ type }) => isOfPersonalize(type));
  const arriveIn = (sink: string, clicks: readonly VisitorClick[], look: () => Promise<Found>, again?: () => Promise<unknown>): Promise<unknown> =>
    eventually(async () => {
      const { lost, strange } = compared(clicks, await look());
      say(`${clicks.length - lost.length} of ${clicks.length} in ${sink}`);
      expect(strange).toEqual([]);
      if (lost.length === 0) return true;
      await again?.();
      await sleep(BETWEEN_LOOKS_MS);
      return false;
    }, ARRIVED_WITHIN_SECONDS);
  await arriveIn('the stream', sent, () => sinks.stream());
  await arriveIn('Redshift', sent, () => sinks.redshift());
  await arriveIn('S3', sent, () => sinks.s3());
  // What was killed too often at one batch is kept for a person, who gives it to its consumer again.
  await arriveIn('Personalize', teaching, () => sinks.receipts(), () => dev.npm('redrive', '--environment', dev.name));

  for (const once of [await sinks.redshift(), await sinks.receipts()]) expect([...once.values()].every((times) => times === 1)).toBe(true);
  expect(Object.fromEntries(await sinks.weights())).toEqual(weightsOf(teaching));
  // Otherwise nothing was shown.
  expect([...troubles.counts.keys()].toSorted()).toEqual(['Personalize killed', 'Personalize throttled', 'Redshift killed', 'Redshift paused', 'Redshift read', 'function killed']);
});

/** What of the clicks is not in a sink, and what in the sink is none of the clicks. */
function compared(clicks: readonly VisitorClick[], found: Found): { readonly lost: string[]; readonly strange: string[] } {
  const ids = new Set(clicks.map(({ eventId }) => eventId));
  return { lost: [...ids].filter((id) => !found.has(id)), strange: [...found.keys()].filter((id) => !ids.has(id)) };
}
