import pRetry from 'p-retry';
import { v4, v7 } from 'uuid';
import type { ClickType } from '../../../contracts/click';
import type { Shop } from '../../../pipeline/gate/shop';

/** As many as one request takes. */
const BATCH = 100;
const SENT_AT_ONCE = 6;
/** What a visitor does in one session, in this order. */
const SESSION: readonly ClickType[] = ['Search', 'View', 'View', 'AddToCart', 'View', 'AddToCart', 'ViewCart', 'StartCheckout', 'Purchase', 'View'];
const OF_PRODUCT = new Set<ClickType>(['View', 'AddToCart', 'Purchase']);

export interface VisitorClick {
  readonly eventId: string;
  readonly type: ClickType;
  readonly sessionId: string;
  readonly productId?: string;
}

/** Has visitors come and go until there are so many clicks, each batch sent again until it is taken. @returns every click that the shop took */
export async function visit(shop: Shop, products: readonly string[], many: number, onProgress: (taken: number) => void): Promise<VisitorClick[]> {
  const taken: VisitorClick[] = [];
  let begun = 0;
  const comeAndGo = async (): Promise<void> => {
    while (begun < many) {
      const first = begun;
      begun += BATCH;
      const clicks = Array.from({ length: BATCH / SESSION.length }, (_, session) => sessionOf(products, first / SESSION.length + session)).flat();
      const events = clicks.map((click) => ({ ...click, anonymousId: click.sessionId, page: '/', eventTime: new Date().toISOString(), ...more(click) }));
      await pRetry(
        async () => {
          const { refused } = await shop.call('recordClicks', { body: { events } });
          if (refused.length > 0) throw new Error(`Refused: ${JSON.stringify(refused[0])}`);
        },
        { retries: 20, minTimeout: 100, maxTimeout: 3_000 },
      );
      taken.push(...clicks);
      onProgress(taken.length);
    }
  };
  await Promise.all(Array.from({ length: SENT_AT_ONCE }, comeAndGo));
  return taken;
}

function sessionOf(products: readonly string[], number: number): VisitorClick[] {
  const sessionId = v4();
  return SESSION.map((type, step) => ({ eventId: v7(), type, sessionId, ...(OF_PRODUCT.has(type) && { productId: products[(number * 3 + step) % products.length] }) }));
}

const more = ({ type }: Pick<VisitorClick, 'type'>): object => ({ ...(type === 'Search' && { searchText: 'mug' }), ...(type === 'Purchase' && { orderId: v7(), quantity: 1 }) });
