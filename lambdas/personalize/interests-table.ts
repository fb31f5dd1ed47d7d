import { BatchGetItemCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { ProductId } from '../../contracts/ids';
import { Product } from '../../contracts/product';
import { fromItem, toItem } from '../shared/dynamodb';
import { similarKey, SimilarProducts } from '../shared/similar-products';
import { BY_WEIGHT } from './lists';

export interface Weighed {
  readonly productId: ProductId;
  readonly weight: number;
}

const Weighed = z.object({ productId: ProductId, weight: z.number() });
const Recent = z.object({ recent: z.array(z.object({ productId: ProductId, synthetic: z.boolean() })) });
export type RecentProduct = z.infer<typeof Recent>['recent'][number];

/** What recommendations are made of, as they read it. */
export class InterestsTable {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly tables: { readonly interests: string; readonly products: string },
  ) {}

  /** What is under a visitor's key, newest first. */
  async recent(key: string): Promise<RecentProduct[]> {
    const { Item: item } = await this.client.send(new GetItemCommand({ TableName: this.tables.interests, Key: toItem({ key }) }));
    return item ? Recent.parse(fromItem(item)).recent : [];
  }

  /** What sessions of a month say goes with a product, the most similar first; nothing where the lake has found nothing. */
  async similar(productId: ProductId): Promise<readonly ProductId[]> {
    const { Item: item } = await this.client.send(new GetItemCommand({ TableName: this.tables.interests, Key: toItem({ key: similarKey(productId) }) }));
    return item ? SimilarProducts.parse(fromItem(item)).similar : [];
  }

  /** The heaviest of a list, heaviest first. */
  async heaviest(list: string, limit: number): Promise<Weighed[]> {
    const { Items: items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.tables.interests,
        IndexName: BY_WEIGHT,
        KeyConditionExpression: '#list = :list',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: toItem({ ':list': list }),
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return items.map((item) => Weighed.parse(fromItem(item)));
  }

  /** Products as they are now. @param productIds at most a hundred, each once */
  async products(productIds: readonly ProductId[]): Promise<ReadonlyMap<ProductId, Product>> {
    if (productIds.length === 0) return new Map();
    const { Responses: responses = {} } = await this.client.send(new BatchGetItemCommand({ RequestItems: { [this.tables.products]: { Keys: productIds.map((productId) => toItem({ productId })) } } }));
    // What DynamoDB left for another time is not shown this time.
    return new Map((responses[this.tables.products] ?? []).map((item) => Product.parse(fromItem(item))).map((product) => [product.productId, product]));
  }
}
