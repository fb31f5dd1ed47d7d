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
  const urls = new Map([['edge', await dev.output('Edge', 'SiteUrl')], ['bare', await deployBareOrders(place, dev)]]);
  const shoppers = await BenchShoppers.signUp(Math.max(...ORDERS_A_ROUND.keys()), dev);
  const rows: Row[] = [];
  for (const [clients, orders] of ORDERS_A_ROUND) {
    const measure = (url: string) => async (): Promise<number> => placeOrders(url, await shoppers.baskets(clients, orders), place.signal);
    const measures = new Map([...urls].map(([name, url]) => [name, measure(url)]));
    // Once outside the rounds: functions start.
    await alternate(1, measures);
    const perSecond = await alternate(ROUNDS, measures);
    const [edge, bare] = [perSecond('edge'), perSecond('bare')];
    rows.push({ what: `${clients} ${clients === 1 ? 'client' : 'clients'}`, figures: { 'edge orders/s': edge, 'bare orders/s': bare }, ratio: { value: edge / bare, unit: '%', aim: { atLeast: 0.8 } } });
  }
  return {
    title: 'Orders a second: the local edge against a bare function',
    rows,
    notes: [
      `Medians of ${ROUNDS} alternating rounds of ${[...ORDERS_A_ROUND.values()].join(' and ')} orders; each order has a quote of its own, made outside the timing.`,
      'Edge: CloudFront, HTTP API with JWT, the submit-order function. Bare: an HTTP API with the same JWT authorizer and a function',
      "that makes the same two reads and the same transaction of four writes on the same tables, without contract, middleware, log and the count of a person's orders.",
    ],
  };
}
