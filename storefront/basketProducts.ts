import type { Product } from '../contracts/product';
import { getProduct, Refused } from './api';
import type { Line } from './basket';
import { type Loading, useLoaded } from './parts';

/** The products of a basket by id, as the catalogue has them now. One that is no longer sold is missing. */
export function useBasketProducts(lines: readonly Line[]): Loading<Map<string, Product>> {
  const ids = lines.map(({ productId }) => productId);
  return useLoaded(ids.join(' '), async () => {
    const found = await Promise.all(ids.map(productOrNone));
    return new Map(found.filter((product) => product !== undefined).map((product) => [product.productId, product]));
  });
}

async function productOrNone(productId: string): Promise<Product | undefined> {
  try {
    return await getProduct(productId);
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 404) return undefined;
    throw error;
  }
}
