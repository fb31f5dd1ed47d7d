import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { DevEnvironment } from '../devEnvironment';
import type { Warehouse } from '../warehouse';

/** How often each event is in a sink, by its id. */
export type Found = ReadonlyMap<string, number>;

/** What is in each sink of clicks now, read from its beginning. */
export class Sinks {
  readonly #dev: DevEnvironment;
  readonly #warehouse: Warehouse;

  constructor(dev: DevEnvironment, warehouse: Warehouse) {
    this.#dev = dev;
    this.#warehouse = warehouse;
  }

  async stream(): Promise<Found> {
    const kinesis = new KinesisClient(this.#dev.settings);
    const StreamARN = await this.#dev.output('Clickstream', 'ClickStreamArn');
    const found = new Map<string, number>();
    const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamARN }));
    for (const { ShardId } of Shards) {
      let { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({ StreamARN, ShardId, ShardIteratorType: 'TRIM_HORIZON' }));
      while (ShardIterator) {
        const { Records = [], NextShardIterator, MillisBehindLatest } = await kinesis.send(new GetRecordsCommand({ StreamARN, ShardIterator }));
        for (const { Data } of Records) count(found, Buffer.from(Data ?? []).toString());
        ShardIterator = MillisBehindLatest === 0 && Records.length === 0 ? undefined : NextShardIterator;
      }
    }
    return found;
  }

  async s3(): Promise<Found> {
    const client = new S3Client({ ...this.#dev.settings, forcePathStyle: true });
    const Bucket = await this.#dev.output('Clickstream', 'RawClicksBucketName');
    const found = new Map<string, number>();
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: 'clicks/' })) {
      for (const { Key } of Contents) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        for (const line of gunzipSync((await Body?.transformToByteArray()) ?? Buffer.alloc(0)).toString().trimEnd().split('\n')) count(found, line);
      }
    }
    return found;
  }

  /** What Personalize has taken, by the receipts of its consumer. */
  async receipts(): Promise<Found> {
    const found = new Map<string, number>();
    for (const { eventId } of await this.#scan(await this.#dev.output('Personalize', 'ReceiptsTableName'))) add(found, eventId?.S ?? '');
    return found;
  }

  /** What reports read. */
  async redshift(): Promise<Found> {
    const found = new Map<string, number>();
    for (const row of await this.#warehouse.rows('SELECT event_id FROM shop.clicks')) add(found, String(row['event_id']));
    return found;
  }

  /** The weight of each product in the lists of what is popular, and of what goes together with another. */
  async weights(): Promise<ReadonlyMap<string, number>> {
    const weights = new Map<string, number>();
    for (const { list, productId, weight } of await this.#scan(await this.#dev.resource('Personalize', 'AWS::DynamoDB::Table', 'Interests'))) {
      // What is popular is kept by week.
      const name = list?.S?.replace(/^popular#.*/, 'popular');
      if (name !== undefined) add(weights, `${name} ${productId?.S}`, Number(weight?.N));
    }
    return weights;
  }

  async #scan(TableName: string) {
    const items = [];
    for await (const { Items = [] } of paginateScan({ client: new DynamoDBClient(this.#dev.settings) }, { TableName, ConsistentRead: true })) items.push(...Items);
    return items;
  }
}

const add = (to: Map<string, number>, key: string, count = 1): void => void to.set(key, (to.get(key) ?? 0) + count);
const count = (found: Map<string, number>, line: string): void => add(found, String((JSON.parse(line) as { eventId?: unknown }).eventId));
