import { ROUTES } from '../../contracts/http';
import { DevEnvironment } from '../orders/devEnvironment';
import type { Row, Section } from '../report';
import { alternate } from '../rounds';
import type { Workplace } from '../workplace';
import { deployBareClicks } from './bare';
import { visits } from './visits';

const ROUNDS = 5;
const EVENTS = 100;
const BATCHES_A_ROUND: ReadonlyMap<number, number> = new Map([[1, 60], [8, 160]]);

/** How many click events a second pass the whole edge of this machine, against a bare function that puts them into the same stream. */
export async function measureClicks(place: Workplace): Promise<Section> {
  const rows: Row[] = [];
  const dev = await DevEnvironment.deploy(place);
  const urls = new Map([['edge', await dev.output('Edge', 'SiteUrl')], ['bare', await deployBareClicks(place, dev)]]);
  for (const [clients, batches] of BATCHES_A_ROUND) {
    const measures = new Map([...urls].map(([name, url]) => [name, () => postClicks(url, clients, batches, place.signal)] as const));
    // Once outside the rounds: functions start.
    await alternate(1, measures);
    const perSecond = await alternate(ROUNDS, measures);
    const [edge, bare] = [perSecond('edge'), perSecond('bare')];
    rows.push({ what: `${clients} ${clients === 1 ? 'client' : 'clients'}, against a bare function`, figures: { 'clicks/s': edge, 'bare clicks/s': bare }, ratio: { value: edge / bare, unit: '%' } });
  }
  return {
    title: 'Clicks a second: the local edge against a bare function',
    rows,
    notes: [
      `Medians of ${ROUNDS} alternating rounds of ${[...BATCHES_A_ROUND.values()].join(' and ')} batches of ${EVENTS} events, each with ids of its own.`,
      'Edge: CloudFront, firewall, HTTP API, the record-clicks function. Bare: an HTTP API and a function that puts the events into the same stream as they are.',
    ],
  };
}

const batch = (): string => JSON.stringify({ events: visits(1, EVENTS) });

/** Posts the batches, all clients side by side. @returns click events a second */
async function postClicks(url: string, clients: number, batches: number, signal: AbortSignal): Promise<number> {
  const { method, path, status } = ROUTES.recordClicks;
  const bodies = Array.from({ length: clients }, () => Array.from({ length: batches / clients }, batch));
  const start = performance.now();
  await Promise.all(
    bodies.map(async (ofClient) => {
      for (const body of ofClient) {
        signal.throwIfAborted();
        const response = await fetch(`${url.replace(/\/$/, '')}${path}`, { method, headers: { 'content-type': 'application/json', 'user-agent': 'website-pipeline-bench' }, body });
        const text = await response.text();
        if (response.status !== status || JSON.parse(text).accepted !== EVENTS) throw new Error(`${url}${path} answered ${response.status}: ${text.slice(0, 500)}`);
      }
    }),
  );
  return (bodies.flat().length * EVENTS) / ((performance.now() - start) / 1_000);
}
