import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import pRetry from 'p-retry';
import type { CatalogueProduct } from '../../../contracts/product';
import { toInstant } from '../../../contracts/instant';
import { isPassing, toItem } from '../../shared/dynamodb';

export type Written = 'created' | 'updated' | 'unchanged';

/** What a catalogue decides of a product. Stock is not among it: orders change that, and an old file must not undo them. */
const DECIDED = ['name', 'description', 'category', 'vendor', 'price', 'active', 'image'] as const;

/** Writes products so that doing it again changes nothing. */
export class CatalogueWriter {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Adds a product that is not there; one that is there is left alone. */
  insert(product: CatalogueProduct): Promise<Written> {
    return this.#unlessRefused(async () => {
      const item = toItem({ ...product, version: 1, updatedAt: toInstant(this.now()) });
      await this.client.send(new PutItemCommand({ TableName: this.tableName, Item: item, ConditionExpression: 'attribute_not_exists(productId)' }));
      return 'created';
    });
  }

  /** Makes the product what the catalogue says, its stock only when it is new or when `setStock` says so. */
  upsert(product: CatalogueProduct, setStock: boolean): Promise<Written> {
    const fields: readonly (keyof CatalogueProduct)[] = setStock ? [...DECIDED, 'stock'] : DECIDED;
    const values = Object.fromEntries(fields.map((field) => [`:${field}`, product[field]]));
    const sets = [
      ...fields.map((field) => `#${field} = :${field}`),
      ...(setStock ? [] : ['#stock = if_not_exists(#stock, :stock)']),
      '#version = if_not_exists(#version, :zero) + :one',
      '#updatedAt = :now',
    ];
    const names = Object.fromEntries([...DECIDED, 'stock', 'version', 'updatedAt'].map((field) => [`#${field}`, field]));
    return this.#unlessRefused(async () => {
      const { Attributes: before } = await this.client.send(
        new UpdateItemCommand({
          TableName: this.tableName,
          Key: toItem({ productId: product.productId }),
          UpdateExpression: `SET ${sets.join(', ')}`,
          ConditionExpression: ['attribute_not_exists(productId)', ...fields.map((field) => `#${field} <> :${field}`)].join(' OR '),
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: toItem({ ...values, ':stock': product.stock, ':zero': 0, ':one': 1, ':now': toInstant(this.now()) }),
          ReturnValues: 'ALL_OLD',
        }),
      );
      return before ? 'updated' : 'created';
    });
  }

  /** A refused condition means that there is nothing to do; an order that takes the product's stock at this moment passes. */
  async #unlessRefused(write: () => Promise<Written>): Promise<Written> {
    try {
      return await pRetry(write, { retries: 6, minTimeout: 50, maxTimeout: 1_000, randomize: true, shouldRetry: ({ error }) => isPassing(error.name) });
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return 'unchanged';
      throw error;
    }
  }
}
