import { BatchGetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { BatchGetItemCommandOutput, DynamoDBClient, ScanCommandInput } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { dynamoDb, toItem } from '../shared/dynamodb';
import type { Item } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import type { Held } from './comparing';
import { heldBy, INDEXED, readItem } from './indexed';
import type { IndexAlias, Indexed, Read } from './indexed';

/** A table as it is indexed. All of it is read as it is now, never as it was a moment ago. */
export class SearchedTable {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly indexed: Indexed,
  ) {}

  /** Id and version of every item. */
  async *versions(): AsyncGenerator<readonly Held[]> {
    const { key } = this.indexed;
    const pages = this.#scan({ ProjectionExpression: '#key, #version', ExpressionAttributeNames: { '#key': key, '#version': 'version' } });
    for await (const items of pages) yield items.map((item) => heldBy(item, key));
  }

  /** Every item, some hundreds at a time, from the one after an id on: each page ends with the id to go on from. */
  async *items(after?: string): AsyncGenerator<readonly Read[]> {
    const from = after === undefined ? undefined : toItem({ [this.indexed.key]: after });
    for await (const items of this.#scan({ Limit: 500, ExclusiveStartKey: from })) if (items.length > 0) yield items.map((item) => readItem(item, this.indexed));
  }

  /** Items by their ids, at most 100. One that is gone is left out. */
  async read(ids: readonly string[]): Promise<Map<string, Read>> {
    const found = new Map<string, Read>();
    let keys: Item[] | undefined = ids.map((id) => toItem({ [this.indexed.key]: id }));
    // DynamoDB answers with at most 16 MB and leaves the rest for another call.
    while (keys && keys.length > 0) {
      // oxlint-disable-next-line no-await-in-loop -- asks for what the answer before has left
      const answer: BatchGetItemCommandOutput = await this.client.send(new BatchGetItemCommand({ RequestItems: { [this.tableName]: { Keys: keys, ConsistentRead: true } } }));
      for (const item of answer.Responses?.[this.tableName] ?? []) {
        const read = readItem(item, this.indexed);
        found.set(read.id, read);
      }
      keys = answer.UnprocessedKeys?.[this.tableName]?.Keys;
    }
    return found;
  }

  async *#scan(input: Omit<ScanCommandInput, 'TableName'>): AsyncGenerator<readonly Item[]> {
    let after = input.ExclusiveStartKey;
    do {
      // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended
      const { Items: items = [], LastEvaluatedKey: last } = await this.client.send(new ScanCommand({ ...input, TableName: this.tableName, ConsistentRead: true, ExclusiveStartKey: after }));
      yield items;
      after = last;
    } while (after);
  }
}

/** The tables that the environment names. @throws Error when it names none */
export function configuredTables(): Readonly<Record<IndexAlias, SearchedTable>> {
  const config = readEnvironment(z.object({ PRODUCTS_TABLE_NAME: z.string(), ORDERS_TABLE_NAME: z.string() }));
  const client = dynamoDb();
  return { products: new SearchedTable(client, config.PRODUCTS_TABLE_NAME, INDEXED.products), orders: new SearchedTable(client, config.ORDERS_TABLE_NAME, INDEXED.orders) };
}
