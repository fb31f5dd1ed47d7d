import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import type { Looked } from '../../pipeline/gate/clicks';
import { those } from '../../pipeline/gate/hops/order-sinks';
import { recommendedFor } from '../../pipeline/gate/hops/click-sinks';
import type { Sink } from '../../pipeline/gate/hops/sink';
import { Shop } from '../../pipeline/gate/shop';
import type { DevEnvironment } from '../orders/devEnvironment';
import { Arrivals } from './arrivals';
import { steadily, WARMING, type Load } from './steadily';

/** Visitors who each look at one of two products, of which another has looked at both before. @returns lags in milliseconds */
export async function clickLags(dev: DevEnvironment, load: Load, signal: AbortSignal): Promise<readonly number[]> {
  const shop = new Shop(await dev.output('Edge', 'SiteUrl'));
  const [one, other] = (await shop.call('listProducts', { query: { limit: '100' } })).products.filter(({ active, stock }) => active && stock > 0);
  if (!one || !other) throw new Error('There are not two products to look at.');

  const look = async ({ anonymousId, productId }: Looked): Promise<string> => {
    const eventId = v7();
    const click = { eventId, type: 'View', eventTime: new Date().toISOString(), anonymousId, sessionId: anonymousId, page: `/products/${productId}`, productId, synthetic: true };
    await shop.call('recordClicks', { body: { events: [click] } });
    return eventId;
  };
  const lagsOf = async (clicks: Load): Promise<readonly number[]> => {
    const looked = new Map<string, Looked>();
    const sink: Sink = { from: 'click', to: 'recommendation', deadlineSeconds: 120, find: (ids) => those(ids, async (id) => recommendedFor(shop, looked.get(id))) };
    const arrivals = new Arrivals(sink);
    const send = async (): Promise<void> => {
      const who = { anonymousId: randomUUID(), productId: one.productId };
      const id = await look(who);
      looked.set(id, who);
      arrivals.sent({ id, at: Date.now() });
    };
    const [lags] = await Promise.all([arrivals.all(clicks.count, signal), steadily(clicks, signal, send)]);
    return lags;
  };
  const first = randomUUID();
  for (const { productId } of [one, other]) await look({ anonymousId: first, productId });
  await lagsOf({ ...load, count: WARMING });
  return lagsOf(load);
}
