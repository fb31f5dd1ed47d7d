import { freePorts } from '../../local/host/ports';
import { sandboxPorts } from '../../local/sandbox/sandboxes';
import { DevEnvironment } from '../orders/devEnvironment';
import type { Row, Section } from '../report';
import { percentile } from '../rounds';
import { holdParcels } from '../workflow/calls';
import type { Workplace } from '../workplace';
import { clickLags } from './clicks';
import { orderLags } from './orders';
import type { Load } from './steadily';

const ORDERS: Load = { count: 1_000, aSecond: 2 };
const CLICKS: Load = { count: 1_000, aSecond: 5 };
const AIM_SECONDS = 2;

/** How long an order takes until its customer finds it, and a click until it changes what is recommended, while the whole environment is up. */
export async function measureLags(place: Workplace): Promise<Section> {
  const sandboxes = sandboxPorts(await freePorts(3));
  const dev = await DevEnvironment.deploy(place, { sandboxes });
  // What becomes of the parcels afterwards is another story.
  await holdParcels(sandboxes.carrier);
  return {
    title: 'Lags: from the answer to what is seen of it',
    rows: [row('order → found by its customer', await orderLags(dev, ORDERS, place.signal)), row('click → recommended for its sake', await clickLags(dev, CLICKS, place.signal))],
    notes: [
      `${ORDERS.count.toLocaleString('en')} orders, ${ORDERS.aSecond} a second, each of which its workflow confirms meanwhile; then ${CLICKS.count.toLocaleString('en')} clicks of as many visitors, ${CLICKS.aSecond} a second.`,
      'From the answer that takes an order or a click to the end of the first look through the edge that finds it; looks follow one another, 50 ms apart.',
      'Found as by the gate: an order by the search of its own customer, a click when its visitor is recommended something because of the product looked at.',
      'The seconds are of the p99. OpenSearch shows once a second what is new, so half a second is the least that can be expected of orders.',
    ],
  };
}

function row(what: string, lags: readonly number[]): Row {
  const figures = { 'p50 ms': percentile(lags, 50), 'p99 ms': percentile(lags, 99), 'longest ms': Math.max(...lags) };
  return { what, figures, ratio: { value: figures['p99 ms'] / 1_000, unit: 's', aim: { atMost: AIM_SECONDS } } };
}
