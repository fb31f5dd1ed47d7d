import type { Product } from '../../contracts/product';
import type { Tab } from './tab';
import { Tastes } from './tastes';

const FRESH_MS = 60_000;
/** As many as one answer has at most, which is also as far as the gate looks. */
const PAGE = '100';
/** The integration step buys what is stocked best, and counts afterwards whether all of it is back. */
const LEFT_TO_THE_GATE = 5;

/** What the shop has, as those know who come often. */
export class Catalogue {
  #products: readonly Product[] = [];
  #tastes = new Tastes([]);
  #notBought: ReadonlySet<string> = new Set();
  #at = Number.NEGATIVE_INFINITY;

  get tastes(): Tastes {
    return this.#tastes;
  }

  /** Whether shoppers may take it with them, or only look at it. */
  isBought(productId: string): boolean {
    return !this.#notBought.has(productId);
  }

  nameOf(productId: string): string {
    return this.#products.find((product) => product.productId === productId)?.name ?? '';
  }

  /** Looks at every page of the shop window, unless somebody did a moment ago. @throws Away, Refused */
  async refresh(tab: Tab): Promise<void> {
    if (Date.now() - this.#at < FRESH_MS) return;
    const first = await tab.call('listProducts', { query: { limit: PAGE } });
    const products = [...first.products];
    for (let cursor = first.nextCursor; cursor !== undefined; ) {
      // Where a page begins is known when the one before has come.
      // oxlint-disable-next-line no-await-in-loop
      const next = await tab.call('listProducts', { query: { limit: PAGE, cursor } });
      products.push(...next.products);
      cursor = next.nextCursor;
    }
    this.#products = products;
    this.#tastes = new Tastes(products);
    this.#notBought = new Set(first.products.toSorted((one, other) => other.stock - one.stock).slice(0, LEFT_TO_THE_GATE).map(({ productId }) => productId));
    this.#at = Date.now();
  }
}
