import type { Row, Section } from '../report';
import { alternate } from '../rounds';
import type { Workplace } from '../workplace';
import { deployBareOrders } from './bare';
import { DevEnvironment } from './devEnvironment';
import { BenchShoppers, placeOrders } from './shoppers';

const ROUNDS = 5;
const ORDERS_A_ROUND: ReadonlyMap<number, number> = new Map([[1, 80], [8, 160]]);

/** How many orders a second pass the whole edge of this machine, against a bare function that does the same to the same tables. */
export async function measureOrders(place: Workplace): Promise<Section> {
  const dev = await DevEnvironment.deploy(place);
  const checkPermissions = async (checked: boolean): Promise<void> => {
    const answer = await fetch(new URL('/_local/permissions', dev.settings.endpoint), { method: 'PUT', body: JSON.stringify({ checked }) });
    if (!answer.ok) throw new Error(`The gateway cannot be told whether to check permissions: ${await answer.text()}`);
  };
  const urls = new Map([['edge', await dev.output('Edge', 'SiteUrl')], ['bare', await deployBareOrders(place, dev)]]);
  const shoppers = await BenchShoppers.signUp(Math.max(...ORDERS_A_ROUND.keys()), dev);
  const rows: Row[] = [];
  for (const [clients, orders] of ORDERS_A_ROUND) {
    const measure = (url: string) => async (): Promise<number> => placeOrders(url, await shoppers.baskets(clients, orders), place.signal);
    const unchecked = async (): Promise<number> => {
      await checkPermissions(false);
      try {
        return await measure(urls.get('edge') ?? '')();
      } finally {
        await checkPermissions(true);
      }
    };
    const measures = new Map([...[...urls].map(([name, url]) => [name, measure(url)] as const), ['unchecked', unchecked] as const]);
    // Once outside the rounds: functions start.
    await alternate(1, measures);
    const perSecond = await alternate(ROUNDS, measures);
    const [edge, bare, open] = [perSecond('edge'), perSecond('bare'), perSecond('unchecked')];
    const who = `${clients} ${clients === 1 ? 'client' : 'clients'}`;
    rows.push({ what: `${who}, against a bare function`, figures: { 'edge orders/s': edge, 'bare orders/s': bare }, ratio: { value: edge / bare, unit: '%', aim: { atLeast: 0.8 } } });
    rows.push({ what: `${who}, with permissions checked`, figures: { 'edge orders/s': edge, 'unchecked orders/s': open }, ratio: { value: edge / open, unit: '%', aim: { atLeast: 0.9 } } });
  }
  return {
    title: 'Orders a second: the local edge against a bare function',
    rows,
    notes: [
      `Medians of ${ROUNDS} alternating rounds of ${[...ORDERS_A_ROUND.values()].join(' and ')} orders; each order has a quote of its own, made outside the timing.`,
      'Edge: CloudFront, HTTP API with JWT, the submit-order function. Bare: an HTTP API with the same JWT authorizer and a function',
      "that makes the same two reads, the same count and the same transaction of four writes on the same tables, without contract, middleware and log.",
      'Unchecked: the edge again, while the gateway lets every call pass without a look at the policies.',
    ],
  };
}
