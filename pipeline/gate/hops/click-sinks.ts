import { gunzipSync } from 'node:zlib';
import { GetRecordsCommand, GetShardIteratorCommand, ListShardsCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Looked, SentClick } from '../clicks';
import type { Shop } from '../shop';
import { those } from './order-sinks';
import type { Sink } from './sink';

const HOUR_MS = 3_600_000;

const Tagged = z.object({ eventId: z.string() });

/** The click stream, read from the moment at which the gate began. */
export function clickStream(kinesis: KinesisClient, StreamARN: string, since: Date): Sink {
  const iterators = new Map<string, string>();
  const seen = new Set<string>();
  return {
    from: 'click',
    to: 'stream',
    deadlineSeconds: 60,
    async find(ids) {
      if (iterators.size === 0) {
        // One answer names up to 1,000 shards, far more than a stream of clicks has.
        const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamARN }));
        for (const { ShardId } of Shards) {
          // oxlint-disable-next-line no-await-in-loop
          const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({ StreamARN, ShardId, ShardIteratorType: 'AT_TIMESTAMP', Timestamp: since }));
          if (ShardId && ShardIterator) iterators.set(ShardId, ShardIterator);
        }
      }
      for (const [shard, ShardIterator] of iterators) {
        // oxlint-disable-next-line no-await-in-loop
        const { Records = [], NextShardIterator } = await kinesis.send(new GetRecordsCommand({ StreamARN, ShardIterator }));
        for (const { Data } of Records) addId(seen, Buffer.from(Data ?? []).toString());
        if (NextShardIterator) iterators.set(shard, NextShardIterator);
        else iterators.delete(shard);
      }
      return ids.filter((id) => seen.has(id));
    },
  };
}

/** Raw clicks as Firehose leaves them: gzip, a JSON line each, by the hour of arrival. Each file is read once. */
export function rawClicks(s3: S3Client, Bucket: string, since: Date, now: () => number = Date.now): Sink {
  const read = new Set<string>();
  const seen = new Set<string>();
  return {
    from: 'click',
    to: 'S3',
    // Firehose buffers for up to a quarter of an hour, and delivers within minutes more when it has to try again.
    deadlineSeconds: 1_200,
    async find(ids) {
      for (const Prefix of hoursFrom(since, now())) {
        for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix })) {
          for (const { Key, LastModified } of Contents) {
            if (!Key || read.has(Key) || (LastModified && LastModified < since)) continue;
            const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
            const lines = gunzipSync(await (Body?.transformToByteArray() ?? new Uint8Array())).toString().split('\n');
            for (const line of lines) addId(seen, line);
            read.add(Key);
          }
        }
      }
      return ids.filter((id) => seen.has(id));
    },
  };
}

/**
 * `clicks/year=2026/month=11/day=26/hour=08/`, for each hour that has begun: the whole bucket grows without end. The hour
 * before as well: a file is of the hour in which its oldest record arrived, which may be somebody else's.
 * https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
function hoursFrom(since: Date, now: number): string[] {
  const hours: string[] = [];
  for (let hour = since.getTime() - (since.getTime() % HOUR_MS) - HOUR_MS; hour <= now; hour += HOUR_MS) {
    const [, year, month, day, ofDay] = /^(\d+)-(\d\d)-(\d\d)T(\d\d)/.exec(new Date(hour).toISOString()) ?? [];
    hours.push(`clicks/year=${year}/month=${month}/day=${day}/hour=${ofDay}/`);
  }
  return hours;
}

/** What the consumer wrote down of each click that Personalize took: no API of Personalize gives an event back. */
export const personalizeReceipts = (tables: DynamoDBDocumentClient, TableName: string): Sink => ({
  from: 'click',
  to: 'Personalize',
  deadlineSeconds: 120,
  find: (ids) => those(ids, async (eventId) => (await tables.send(new GetCommand({ TableName, Key: { eventId } }))).Item?.['requestId'] !== undefined),
});

/** What is recommended to a visitor through the public edge once they have looked at something: the shop's own counts, of which the gate's shoppers have their own. */
export function recommendation(shop: Shop, clicks: readonly SentClick[]): Sink {
  const looked = new Map(clicks.flatMap(({ id, looks }) => (looks ? [[id, looks] as const] : [])));
  return {
    from: 'click',
    to: 'recommendation',
    deadlineSeconds: 120,
    find: (ids) => those(ids, async (id) => recommendedFor(shop, looked.get(id))),
  };
}

/** Whether a visitor is recommended something for the sake of what they have looked at. */
export async function recommendedFor(shop: Shop, { anonymousId, productId }: Partial<Looked> = {}): Promise<boolean> {
  const { items } = await shop.call('getRecommendations', { query: { anonymousId: anonymousId ?? '', limit: '12' } });
  return items.some(({ because }) => because !== undefined && because.productId === productId);
}

/** Somebody else's poison record is nobody's click. */
function addId(seen: Set<string>, line: string): void {
  if (!line.includes('"eventId"')) return;
  try {
    const click = Tagged.safeParse(JSON.parse(line));
    if (click.success) seen.add(click.data.eventId);
  } catch {
    // Not JSON: it stands beside what is looked for.
  }
}
