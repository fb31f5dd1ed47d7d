import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOfPersonalize } from '../../../contracts/derived/avro';
import { signal } from '../../../local/host/processes';
import { Shop } from '../../../pipeline/gate/shop';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { DevEnvironment } from '../devEnvironment';
import { killFunction } from '../killing';
import { Sinks, type Found } from './sinks';
import { visit, type VisitorClick } from './visitors';

/** All of the fifty thousand by hand: `CLICKS=50000 npx jest --selectProjects journeys --testPathPatterns everyClick`. */
const CLICKS = Number(process.env.CLICKS ?? 3_000);
const ARRIVED_WITHIN_SECONDS = 120 + CLICKS / 20;
/** Rarer than what makes the supervisor give a part up. */
const PERSONALIZE_KILL_MS = 20_000;
const FUNCTION_KILL_MS = 1_000;
/** While consumers are at what has been taken. */
const KILLING_GOES_ON_MS = 30_000;
/** What each counts in the lists of what is popular. */
const WEIGHTS: Readonly<Record<string, number>> = { View: 1, AddToCart: 3, Purchase: 5 };
jest.setTimeout((ARRIVED_WITHIN_SECONDS * 3 + 600) * 1_000);

const begun = Date.now();
const say = (line: string): void => void process.stderr.write(`${String(Math.round((Date.now() - begun) / 1_000)).padStart(5)} s  ${line}\n`);

let dev: DevEnvironment;
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('every-click');
let shop: Shop;
let products: string[];
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  shop = new Shop((await dev.output('Edge', 'SiteUrl')).replace(/\/$/, ''));
  products = (await shop.call('listProducts', { query: { limit: '20' } })).products.map(({ productId }) => productId);
});

test('every click is accounted for by its id in every sink, whatever is killed while it is on its way', async () => {
  const over = new AbortController();
  const killed = { functions: 0, personalize: 0 };
  const killers = [
    every(FUNCTION_KILL_MS, over.signal, async (round) => void (killed.functions += Number(await killFunction(dev, round * 7)))),
    every(PERSONALIZE_KILL_MS, over.signal, async () => {
      const pid = dev.processOf('personalize');
      if (pid === undefined) return;
      signal(pid, 'SIGKILL');
      killed.personalize += 1;
    }),
  ];
  const sent = await visit(shop, products, CLICKS, (taken) => taken % 1_000 === 0 && say(`${taken} of ${CLICKS} clicks taken, ${killed.functions} functions killed, Personalize ${killed.personalize} times`));
  const sinks = new Sinks(dev);
  await sleep(KILLING_GOES_ON_MS);
  over.abort();
  await Promise.all(killers);
  say(`the killing is over: ${killed.functions} functions, Personalize ${killed.personalize} times`);

  const teaching = sent.filter(({ type }) => isOfPersonalize(type));
  expect(lostOf(sent, await sinks.stream())).toEqual([]);
  await eventually(async () => lostOf(sent, await sinks.s3()).length === 0, ARRIVED_WITHIN_SECONDS);
  await eventually(async () => {
    const lost = lostOf(teaching, await sinks.receipts());
    say(`${teaching.length - lost.length} of ${teaching.length} have receipts`);
    // What was killed too often at one batch is kept for a person, who gives it to its consumer again.
    if (lost.length > 0) await dev.npm('redrive', '--environment', dev.name);
    await sleep(2_000);
    return lost.length === 0;
  }, ARRIVED_WITHIN_SECONDS);

  expect([...(await sinks.receipts()).values()].every((times) => times === 1)).toBe(true);
  expect(Object.fromEntries(await sinks.popularity())).toEqual(weightsOf(teaching));
  // Otherwise nothing was shown.
  expect(killed.functions).toBeGreaterThan(3);
  expect(killed.personalize).toBeGreaterThan(0);
});

const lostOf = (sent: readonly VisitorClick[], found: Found): string[] => sent.flatMap(({ eventId }) => (found.has(eventId) ? [] : [eventId]));

function weightsOf(clicks: readonly VisitorClick[]): Record<string, number> {
  const weights: Record<string, number> = {};
  for (const { productId = '', type } of clicks) weights[productId] = (weights[productId] ?? 0) + (WEIGHTS[type] ?? 0);
  return weights;
}

async function every(milliseconds: number, over: AbortSignal, act: (round: number) => Promise<void>): Promise<void> {
  for (let round = 0; !over.aborted; round += 1) {
    await act(round);
    await sleep(milliseconds, undefined, { signal: over }).catch(() => undefined);
  }
}
