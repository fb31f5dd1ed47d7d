import { OrderEvent } from '../../contracts/order';
import { Product } from '../../contracts/product';
import * as z from 'zod/mini';
import { fromItem } from '../shared/dynamodb';
import type { Item } from '../shared/dynamodb';
import type { Change } from './bulk';
import { ORDERS_INDEX, PRODUCTS_INDEX } from './index-definitions';
import type { IndexDefinition } from './index-definitions';
import { orderDocument } from './order-document';
import { productDocument } from './product-document';

/** A table whose items can be searched. */
export interface Indexed {
  readonly definition: IndexDefinition;
  /** The attribute that names an item. */
  readonly key: 'productId' | 'orderId';
  /** @throws ZodError for an item that is none of the table's */
  readonly document: (item: unknown) => object;
}

export const PRODUCTS: Indexed = { definition: PRODUCTS_INDEX, key: 'productId', document: (item) => productDocument(Product.parse(item)) };
export const ORDERS: Indexed = { definition: ORDERS_INDEX, key: 'orderId', document: (item) => orderDocument(OrderEvent.parse(item)) };

/** A record of a table's stream, as far as it matters here. */
export interface StreamRecord {
  readonly eventName?: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly dynamodb?: { readonly NewImage?: Item; readonly OldImage?: Item; readonly SequenceNumber?: string };
}

const Version = z.looseObject({ version: z.int() });

/** What the index is to have of an item. @throws ZodError for one that is none of the table's */
export function changeOf(item: Item, { key, document }: Indexed): Change {
  const plain = fromItem(item);
  return { document: document(plain), ...identity(plain, key) };
}

/** What a record of the table's stream changes in the index. @throws ZodError for an image that is none of the table's */
export function changeBy({ eventName, dynamodb }: StreamRecord, indexed: Indexed): Change {
  if (eventName !== 'REMOVE') return changeOf(dynamodb?.NewImage ?? {}, indexed);
  const { id, version } = identity(fromItem(dynamodb?.OldImage ?? {}), indexed.key);
  return { id, version: version + 1, deleted: true };
}

function identity(item: Record<string, unknown>, key: Indexed['key']): { readonly id: string; readonly version: number } {
  return { id: z.parse(z.string(), item[key]), version: z.parse(Version, item).version };
}
