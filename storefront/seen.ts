import type { Product } from '../contracts/product';
import { mayFollow, onChoice } from './clicks/consent';
import { isRecord, stored } from './stored';

/** What its page showed of a product. Price and stock are the catalogue's, and old by the next visit. */
export type SeenProduct = Readonly<Pick<Product, 'name' | 'image'> & { productId: string }>;

const MOST = 8;

/** The products whose pages were opened in this browser, the last first. They are kept here alone. */
export const seen = stored<readonly SeenProduct[]>(
  () => localStorage,
  'shop.seen',
  (value) => (Array.isArray(value) ? value.filter(isSeen).slice(0, MOST) : []),
);

export function remember({ productId, name, image }: SeenProduct): void {
  if (!mayFollow()) return;
  seen.write([{ productId, name, image }, ...seen.read().filter((other) => other.productId !== productId)].slice(0, MOST));
}

/** What was kept is forgotten as soon as the browser or its owner says no. */
export function forgetSeenWhenRefused(): void {
  const look = (): void => {
    if (!mayFollow()) seen.forget();
  };
  look();
  onChoice(look);
}

function isSeen(value: unknown): value is SeenProduct {
  return isRecord(value) && typeof value.productId === 'string' && typeof value.name === 'string' && typeof value.image === 'string';
}
