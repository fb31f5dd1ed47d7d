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

/** What can be searched, by the alias of its index. */
export const INDEXED = { products: PRODUCTS, orders: ORDERS } as const;
export const IndexAlias = z.enum(['products', 'orders']);
export type IndexAlias = z.infer<typeof IndexAlias>;

/** A record of a table's stream, as far as it matters here. */
export interface StreamRecord {
  readonly eventName?: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly dynamodb?: { readonly NewImage?: Item; readonly OldImage?: Item; readonly SequenceNumber?: string };
}

/** An item as the index is to have it, or why it cannot be indexed. */
export type Read = { readonly id: string; readonly version: number } & ({ readonly change: Change } | { readonly fault: string });

const Version = z.looseObject({ version: z.int() });

/** What the index is to have of an item. @throws ZodError for one that is none of the table's */
export function changeOf(item: Item, { key, document }: Indexed): Change {
  const plain = fromItem(item);
  return { document: document(plain), ...identity(plain, key) };
}

/** The same of an item that may be none of the table's, which then has the version 0 unless it says another. */
export function readItem(item: Item, indexed: Indexed): Read {
  const held = heldBy(item, indexed.key);
  try {
    return { ...held, change: changeOf(item, indexed) };
  } catch (error) {
    return { ...held, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** Who an item is, and in which version: 0 where it does not say, and nothing could be indexed of it. */
export function heldBy(item: Item, key: Indexed['key']): { readonly id: string; readonly version: number } {
  const plain = fromItem(item);
  const version = z.safeParse(Version, plain);
  return { id: z.parse(z.string(), plain[key]), version: version.success ? version.data.version : 0 };
}

/** What a record of the table's stream changes in the index. @throws ZodError for an image that is none of the table's */
export function changeBy({ eventName, dynamodb }: StreamRecord, indexed: Indexed): Change {
  if (eventName !== 'REMOVE') return changeOf(dynamodb?.NewImage ?? {}, indexed);
  return { ...identity(fromItem(dynamodb?.OldImage ?? {}), indexed.key), deleted: true };
}

function identity(item: Record<string, unknown>, key: Indexed['key']): { readonly id: string; readonly version: number } {
  return { id: z.parse(z.string(), item[key]), version: z.parse(Version, item).version };
}
