import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import pRetry from 'p-retry';
import type { ProductId } from '../../contracts/ids';
import type { Instant } from '../../contracts/instant';
import { Product } from '../../contracts/product';
import { fromItem, toItem } from '../shared/dynamodb';
import type { Item } from '../shared/dynamodb';

/** The products table as an order sees it: prices to quote, stock to take. */
export class ProductStock {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  /** Those of the products that there are and that are for sale, by id. At most 100 ids, each once. */
  async forSale(productIds: readonly ProductId[]): Promise<Map<ProductId, Product>> {
    const items: Item[] = [];
    let keys = productIds.map((productId) => toItem({ productId }));
    await pRetry(
      async () => {
        const { Responses: found, UnprocessedKeys: left } = await this.client.send(
          new BatchGetItemCommand({ RequestItems: { [this.tableName]: { Keys: keys, ConsistentRead: true } } }),
        );
        items.push(...(found?.[this.tableName] ?? []));
        keys = left?.[this.tableName]?.Keys ?? [];
        if (keys.length > 0) throw Object.assign(new Error(`${keys.length} products were not read`), { name: 'ProvisionedThroughputExceededException' });
      },
      { retries: 5, minTimeout: 50, maxTimeout: 1_000, randomize: true, shouldRetry: ({ error }) => error.name === 'ProvisionedThroughputExceededException' },
    );
    const products = items.map((item) => Product.parse(fromItem(item))).filter(({ active }) => active);
    return new Map(products.map((product) => [product.productId, product]));
  }

  /** Takes `quantity` from the stock of a product that is for sale and has as many, or cancels the transaction. */
  take(productId: ProductId, quantity: number, now: Instant): TransactWriteItem {
    return {
      Update: {
        TableName: this.tableName,
        Key: toItem({ productId }),
        UpdateExpression: 'SET stock = stock - :quantity, version = version + :one, updatedAt = :now',
        ConditionExpression: 'attribute_exists(productId) AND active = :active AND stock >= :quantity',
        ExpressionAttributeValues: toItem({ ':quantity': quantity, ':one': 1, ':now': now, ':active': true }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    };
  }
}

/** How many can be had of a product as a cancelled transaction found it: none when it is gone or not for sale. */
export function availableIn(item: Item | undefined): number {
  const product = item && Product.safeParse(fromItem(item));
  return product?.success && product.data.active ? product.data.stock : 0;
}
