import { createHash } from 'node:crypto';
import type { Product } from '../../contracts/product';
import type { Random } from './random';

export type Wanted = Pick<Product, 'productId' | 'category'>;

/** Of Zipf's law: a shop's sales by rank are commonly found a little flatter than 1 / rank. */
const EXPONENT = 0.9;
/** How much more somebody likes what is of their favourite category: what makes products go together. */
const FAVOURED = 8;

/**
 * What people like. Some products are liked much more than others, the same ones after every start: their rank is no
 * choice of chance but goes by their id, so that lists of what is popular have a shape and keep it.
 */
export class Tastes {
  readonly #weights: ReadonlyMap<string, number>;
  readonly #categories: readonly string[];

  constructor(private readonly products: readonly Wanted[]) {
    this.#weights = byRank(products.map(({ productId }) => productId));
    this.#categories = [...byRank([...new Set(products.map(({ category }) => category))]).keys()];
  }

  /** Something that somebody would like to see; undefined where there is nothing. */
  wish(favourite: number, random: Random): Wanted | undefined {
    return this.among(this.products, favourite, random);
  }

  /** Which of these somebody would look at. */
  among<T extends Wanted>(shown: readonly T[], favourite: number, random: Random): T | undefined {
    const category = this.favouriteCategory(favourite);
    return random.weighted(shown, (one) => (this.#weights.get(one.productId) ?? 0) * (one.category === category ? FAVOURED : 1));
  }

  /** The first of them is the favourite of most: squaring crowds what is evenly spread towards zero. */
  favouriteCategory(favourite: number): string | undefined {
    return this.#categories[Math.floor(favourite ** 2 * this.#categories.length)];
  }
}

const byRank = (ids: readonly string[]): Map<string, number> =>
  new Map(ids.toSorted((one, other) => digest(one).localeCompare(digest(other))).map((id, rank) => [id, (rank + 1) ** -EXPONENT]));

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
