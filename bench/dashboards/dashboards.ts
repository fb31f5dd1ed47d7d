import { setTimeout as sleep } from 'node:timers/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { buildDashboardPages } from '../../local/quicksight/quicksightPart';
import { refresher } from '../../pipeline/gate/hops/redshift-sinks';
import { launchBrowser } from '../../test/support/browser';
import { eventually } from '../../test/support/eventually';
import { DevEnvironment } from '../orders/devEnvironment';
import type { Row, Section } from '../report';
import { median } from '../rounds';
import type { Workplace } from '../workplace';
import { cpuTime } from './cpuTime';
import { fill } from './filling';
import { LiveShop, type Took } from './liveShop';
import { EVERY_MS, refreshRows, type Used } from './refreshCost';
import { shopDay } from './shopDay';

const VISITORS = 2_500;
const ROUNDS = 9;
const WATCHED_MS = 60_000;
const IDLE_MS = 30_000;
const FILLED_WITHIN_SECONDS = 300;
/** Whose work a look is: who draws, who is asked, and who stands between them. */
const PROCESSES = ['quicksight', 'redshift', 'gateway'];

/** How long the page of `Live shop` takes until it is drawn, against its own questions asked directly, and what it costs to leave it open. */
export async function measureDashboards(place: Workplace): Promise<Section> {
  const dev = await DevEnvironment.deploy(place, { more: ['QuickSight'] });
  await buildDashboardPages();
  const day = shopDay(VISITORS, new Date());
  await fill(dev, day);
  const shop = await LiveShop.at(dev.dashboardsUrl);
  const refresh = refresher(new LambdaClient(dev.settings), await dev.output('Redshift', 'RefresherArn'));
  await eventually(async () => {
    place.signal.throwIfAborted();
    await refresh();
    return (await shop.number('orders')) === day.orders.length && (await shop.number('visitors')) === VISITORS;
  }, FILLED_WITHIN_SECONDS);

  const browser = await launchBrowser();
  await place.atEnd(() => browser.close());
  const took = await inTurns(place.signal, { page: () => shop.look(browser), direct: () => shop.askDirectly() });
  const idle = await used(dev, IDLE_MS, place.signal);
  const { asked, meanwhile: looking } = await shop.watch(browser, () => used(dev, WATCHED_MS, place.signal));
  return {
    title: 'Dashboard page: time to the first picture and its refresh cost',
    rows: [row('first visual drawn', took, 'first'), row(`all ${shop.visuals.length} visuals drawn`, took, 'all'), ...refreshRows(asked, looking, idle)],
    notes: [
      `Live shop over ${day.clicks.length.toLocaleString('en')} clicks of ${VISITORS.toLocaleString('en')} visitors and ${day.orders.length.toLocaleString('en')} orders of the last 24 hours, all of them in Redshift.`,
      `Medians of ${ROUNDS} alternating rounds. The page: from the navigation of a browser that was never there to the frame that has the picture, whose animation goes on.`,
      'Asked directly: the queries of the same visuals put to the same server, all at once, to the first and to the last answer.',
      `A refresh: of ${asked.refreshes.toFixed(1)} by a page left open, beyond what the processes use while nobody looks; the share is of one core for the ${EVERY_MS / 1_000} s until it asks again.`,
      'Other readers of the streams are switched off meanwhile. What the browser itself uses is not counted.',
    ],
  };
}

type Ways<T> = Readonly<Record<'page' | 'direct', T>>;

function row(what: string, { page, direct }: Ways<readonly Took[]>, until: keyof Took): Row {
  const [ms, directly] = [median(page.map((took) => took[until])), median(direct.map((took) => took[until]))];
  return { what, figures: { 'page ms': ms, 'asked directly ms': directly }, ratio: { value: ms / directly, unit: '×' } };
}

async function inTurns(signal: AbortSignal, { page, direct }: Ways<() => Promise<Took>>): Promise<Ways<readonly Took[]>> {
  const took: Ways<Took[]> = { page: [], direct: [] };
  // Once outside the rounds: the browser starts.
  for (let round = 0; round <= ROUNDS; round += 1) {
    signal.throwIfAborted();
    const [looked, asked] = [await page(), await direct()];
    if (round === 0) continue;
    took.page.push(looked);
    took.direct.push(asked);
  }
  return took;
}

/** What the processes use from now on for so long. */
async function used(dev: DevEnvironment, milliseconds: number, signal: AbortSignal): Promise<Used> {
  const pids = PROCESSES.map((name) => [name, dev.processOf(name)] as const);
  const before = new Map(pids.map(([name, pid]) => [name, cpuTime(pid)]));
  const start = performance.now();
  await sleep(milliseconds, undefined, { signal });
  const cpu = new Map(pids.map(([name, pid]) => [name, cpuTime(pid) - (before.get(name) ?? 0)]));
  return { cpu, milliseconds: performance.now() - start };
}
