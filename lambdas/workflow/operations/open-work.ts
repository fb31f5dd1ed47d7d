import { BatchGetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { BatchGetItemCommandOutput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { OrderId } from '../../../contracts/ids';
import { Instant } from '../../../contracts/instant';
import { OrderRecord } from '../../../contracts/order-record';
import { fromItem, toItem } from '../../shared/dynamodb';
import type { Item } from '../../shared/dynamodb';

/** The index of what is not settled: partition key `work`, sort key `createdAt`; keys only. */
const BY_WORK = 'by-work';

/** Where an order stands in its partition of the index. */
export const WorkPosition = z.object({ orderId: OrderId, createdAt: Instant });
export type WorkPosition = z.infer<typeof WorkPosition>;

/** The orders that are not settled: those that the workflow has in hand, by shard, and those that a person has to look at. */
export class OpenWork {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  /** Orders of a partition, oldest first: at most `limit`, those after `after` only. */
  async oldest(partition: string, limit: number, after?: Readonly<Record<keyof WorkPosition, string>>): Promise<WorkPosition[]> {
    const { Items: items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.tableName,
        IndexName: BY_WORK,
        KeyConditionExpression: '#work = :partition',
        ExpressionAttributeNames: { '#work': 'work' },
        ExpressionAttributeValues: toItem({ ':partition': partition }),
        Limit: limit,
        ExclusiveStartKey: after && toItem({ work: partition, createdAt: after.createdAt, orderId: after.orderId }),
      }),
    );
    return items.map((item) => WorkPosition.parse(fromItem(item)));
  }

  /** The orders themselves, in the order of `positions`; at most 100. One that is gone is left out. */
  async read(positions: readonly Pick<WorkPosition, 'orderId'>[]): Promise<OrderRecord[]> {
    const found = new Map<string, OrderRecord>();
    let keys: Item[] | undefined = positions.map(({ orderId }) => toItem({ orderId }));
    // DynamoDB answers with at most 16 MB and leaves the rest for another call.
    while (keys && keys.length > 0) {
      const answer: BatchGetItemCommandOutput = await this.client.send(new BatchGetItemCommand({ RequestItems: { [this.tableName]: { Keys: keys, ConsistentRead: true } } }));
      for (const item of answer.Responses?.[this.tableName] ?? []) {
        const order = OrderRecord.parse(fromItem(item));
        found.set(order.orderId, order);
      }
      keys = answer.UnprocessedKeys?.[this.tableName]?.Keys;
    }
    return positions.flatMap(({ orderId }) => found.get(orderId) ?? []);
  }
}
