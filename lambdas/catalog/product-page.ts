import type { ListProductsQuery, Product, ProductPage } from '../../contracts/product';
import { decodeCursor, encodeCursor } from '../shared/cursor';
import type { ProductKey, ProductsTable } from './products-table';

/** Bounds what one request may cost where a filter leaves little of what is read; the cursor goes on from there. */
const MOST_READS = 8;
const LOOK_WHEN_FILTERED = 500;

/**
 * A page of active products. A page can be shorter than `limit` and still have a next one.
 * @throws ProblemError `invalid-cursor`
 */
export async function productPage(table: Pick<ProductsTable, 'read'>, { category, vendor, limit, cursor }: ListProductsQuery): Promise<ProductPage> {
  const list = [category, vendor];
  const keyOf = (productId: string): ProductKey => ({ productId, ...(category && { category }) });
  let after = cursor === undefined ? undefined : keyOf(decodeCursor(list, ['productId'], cursor).productId);
  const products: Product[] = [];
  for (let reads = 0; reads < MOST_READS && products.length <= limit; reads += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each read begins where the one before ended
    const read = await table.read({ category, vendor, look: vendor ? LOOK_WHEN_FILTERED : limit + 1, after });
    products.push(...read.products);
    after = read.last;
    if (!after) break;
  }
  const shown = products.slice(0, limit);
  const last = shown.at(-1);
  const next = products.length > limit ? last?.productId : after?.productId;
  return { products: shown, ...(next && { nextCursor: encodeCursor(list, { productId: next }) }) };
}
