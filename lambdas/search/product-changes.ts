import * as z from 'zod/mini';
import { Product } from '../../contracts/product';
import { fromItem } from '../shared/dynamodb';
import type { Item } from '../shared/dynamodb';
import type { Change } from './bulk';
import { productDocument } from './product-document';

/** A record of the stream, as far as it matters here. */
export interface ProductStreamRecord {
  readonly eventName?: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly dynamodb?: { readonly NewImage?: Item; readonly OldImage?: Item };
}

const imageOf = (image: Item | undefined): Record<string, unknown> => fromItem(image ?? {});

/**
 * What a record of the products table's stream changes in the index.
 * @throws ZodError for an image that is no product
 */
export function productChange({ eventName, dynamodb }: ProductStreamRecord): Change {
  if (eventName === 'REMOVE') {
    const { productId, version } = z.parse(z.pick(Product, { productId: true, version: true }), imageOf(dynamodb?.OldImage));
    return { id: productId, version: version + 1, deleted: true };
  }
  const product = z.parse(Product, imageOf(dynamodb?.NewImage));
  return { id: product.productId, version: product.version, document: productDocument(product) };
}
