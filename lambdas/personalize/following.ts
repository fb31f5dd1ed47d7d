import { Product } from '../../contracts/product';
import { fromItem } from '../shared/dynamodb';
import type { Item } from '../shared/dynamodb';
import { logger } from '../shared/logger';
import { parse } from '../shared/parse';
import { itemOf } from './datasets';
import type { Items } from './datasets';

/** A record of the products table's stream, with new and old images. */
export interface ProductStreamRecord {
  readonly dynamodb?: { readonly NewImage?: Item; readonly OldImage?: Item; readonly SequenceNumber?: string };
}

/**
 * Tells Personalize of products that have become others, each as it was last. Orders change the stock of products all the
 * time, of which it is not told. One that is gone stays known, as one that cannot be bought: nothing takes an item away.
 * @returns the sequence numbers of the records that were not done
 */
export async function follow(items: Pick<Items, 'put'>, records: readonly ProductStreamRecord[]): Promise<string[]> {
  const failed: string[] = [];
  const changed = new Map<string, { readonly product: Product; readonly sequenceNumbers: readonly string[] }>();
  for (const { dynamodb: { NewImage: image, OldImage: before, SequenceNumber: sequenceNumber = '' } = {} } of records) {
    const [now, then] = [image && productIn(image), before && productIn(before)];
    const product = now ?? (image === undefined && then ? { ...then, active: false } : undefined);
    if (!product) {
      logger.error('A record is no product', { sequenceNumber });
      failed.push(sequenceNumber);
    } else if (!now || !then || itemOf(now) !== itemOf(then)) {
      changed.set(product.productId, { product, sequenceNumbers: [...(changed.get(product.productId)?.sequenceNumbers ?? []), sequenceNumber] });
    }
  }
  try {
    await items.put([...changed.values()].map(({ product }) => product));
  } catch (error) {
    logger.error('Personalize did not take products', error instanceof Error ? error : new Error(String(error)));
    failed.push(...[...changed.values()].flatMap(({ sequenceNumbers }) => sequenceNumbers));
  }
  return failed;
}

function productIn(image: Item): Product | undefined {
  const parsed = parse(Product, fromItem(image));
  return parsed.ok ? parsed.value : undefined;
}
