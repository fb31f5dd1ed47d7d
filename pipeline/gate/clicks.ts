import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Click, ClickType } from '../../contracts/click';
import { isOfPersonalize } from '../../contracts/derived/avro';
import type { ProductId } from '../../contracts/ids';
import type { Order } from '../../contracts/order';
import { expect, type Checks } from './checks';
import type { Sent } from './hops/sink';
import type { Shop } from './shop';
import type { Shopper } from './shoppers';

export interface ClickChecksProps {
  readonly shop: Shop;
  readonly shopper: Shopper;
  /** Told of the clicks that the shop took. */
  readonly onTaken: (clicks: readonly SentClick[]) => void;
}

/** A click on its way, and whether it says something about a product, which is all that Personalize is told of. */
export interface SentClick extends Sent {
  readonly teaches: boolean;
  /** Whose it is who looks at a product, and should be recommended something for its sake. */
  readonly looks?: Looked;
}

export interface Looked {
  readonly anonymousId: string;
  readonly productId: ProductId;
}

/** One click as it goes over the wire, where an instant is text. */
type WireClick = { readonly [Field in Exclude<keyof Click, 'eventId' | 'type'>]?: unknown } & { readonly eventId: string; readonly type: ClickType };

/** Sends what a synthetic visitor does on the way to an order, first as nobody and then signed in, and beside it what is no click. */
export async function checkClicks(checks: Checks, { shop, shopper, onTaken }: ClickChecksProps, order: Order | undefined): Promise<void> {
  const visitor = { anonymousId: randomUUID(), sessionId: randomUUID() };
  const productId = order?.lines[0]?.productId;
  const click = (type: ClickType, page: string, more: Omit<WireClick, 'eventId' | 'type'> = {}): WireClick => ({
    ...visitor,
    eventId: uuidv7(),
    type,
    eventTime: new Date().toISOString(),
    page,
    synthetic: true,
    ...more,
  });
  const send = async (events: readonly WireClick[], { token, looks }: { readonly token?: string; readonly looks?: Looked } = {}): Promise<void> => {
    const at = Date.now();
    const { accepted, refused } = await shop.call('recordClicks', { token, body: { events } });
    const lost = new Set(refused.map(({ index }) => index));
    onTaken(events.flatMap(({ eventId, type }, index) => (lost.has(index) ? [] : [{ id: eventId, at, teaches: isOfPersonalize(type), looks }])));
    expect(accepted === events.length, `${accepted} of ${events.length} clicks were taken: ${refused.map(({ index, reason }) => `${index}: ${reason}`).join('; ')}`);
  };

  await checks.check('what a visitor does on the way to an order is taken, anonymous and signed in', async () => {
    expect(order !== undefined && productId !== undefined, 'There is no order that a visitor could have come to.');
    await send([
      click('Search', '/search', { searchText: 'synthetic' }),
      click('View', `/products/${productId}`, { productId }),
      click('AddToCart', `/products/${productId}`, { productId, quantity: 1 }),
      click('UpdateQuantity', '/basket', { productId, quantity: 1 }),
      click('ViewCart', '/basket'),
      click('StartCheckout', '/basket'),
    ]);
    await send([click('Purchase', `/orders/${order.orderId}`, { productId, quantity: 1, orderId: order.orderId, price: order.lines[0]?.unitPrice })], { token: shopper.accessToken });
  });
  await checks.check('what two visitors look at is taken, the first at two products, the second at one of them', async () => {
    const [one, other] = (await shop.call('listProducts', { query: { limit: '100' } })).products.filter(({ active }) => active).toSorted((a, b) => b.stock - a.stock);
    expect(one !== undefined && other !== undefined && other.stock > 0, 'There are not two products to look at.');
    const [first, second] = [{ anonymousId: randomUUID(), sessionId: randomUUID() }, { anonymousId: randomUUID(), sessionId: randomUUID() }];
    await send([one, other].map(({ productId: id }) => click('View', `/products/${id}`, { ...first, productId: id })));
    await send([click('View', `/products/${one.productId}`, { ...second, productId: one.productId })], { looks: { anonymousId: second.anonymousId, productId: one.productId } });
  });
  await checks.check('what is no click is refused by its place, and the one beside it is taken', async () => {
    const good = click('ViewCart', '/basket');
    const at = Date.now();
    const { accepted, refused } = await shop.call('recordClicks', { body: { events: [{ ...good, eventId: 'none' }, good, click('View', '/', { eventTime: '1970-01-01T00:00:00.000Z', productId: 'none' })] } });
    expect(accepted === 1 && refused.map(({ index }) => index).join() === '0,2', `${accepted} were taken, refused were ${JSON.stringify(refused)}.`);
    onTaken([{ id: good.eventId, at, teaches: false }]);
  });
  await checks.check('a click with a token of nobody is refused', () => shop.refusal('recordClicks', { token: 'not.a.token', body: { events: [click('ViewCart', '/basket')] } }, 401, 'not-signed-in'));
}
