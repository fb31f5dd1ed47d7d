import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand, ListStreamsCommand, type _Record } from '@aws-sdk/client-kinesis';
import type { ClientSettings } from '../aws/roles';
import type { Database } from './sql/database';

/** Columns that a stream has for a view over it: https://docs.aws.amazon.com/redshift/latest/dg/materialized-view-streaming-ingestion-getting-started.html */
export const STREAM_COLUMNS = {
  approximate_arrival_timestamp: 'TIMESTAMP',
  partition_key: 'VARCHAR',
  shard_id: 'VARCHAR',
  sequence_number: 'VARCHAR',
  refresh_time: 'TIMESTAMP',
  stream_name: 'VARCHAR',
  kinesis_data: 'VARCHAR',
};

export interface StreamingView {
  readonly name: string;
  readonly stream: string;
  readonly role: string;
  /** Puts into the view what the table `arrived` holds. */
  readonly fill: string;
}

const NAMES = Object.keys(STREAM_COLUMNS);
export const ARRIVED = `CREATE OR REPLACE TEMPORARY TABLE arrived (${Object.entries(STREAM_COLUMNS).map(([name, type]) => `${name} ${type}`).join(', ')})`;

/** Adds what has come into the stream since the last refresh. Records and position are kept together or not at all. Within a transaction. */
export async function refresh(database: Database, view: StreamingView, settings: ClientSettings): Promise<void> {
  const client = new KinesisClient(settings);
  try {
    // AWS asks the role for both, whatever the stream.
    await client.send(new ListStreamsCommand({}));
    const StreamARN = arnOf(view, settings.region);
    const { Shards = [] } = await client.send(new ListShardsCommand({ StreamARN }));
    for (const { ShardId } of Shards) if (ShardId !== undefined) await readShard(database, view, { client, StreamARN }, ShardId);
  } finally {
    client.destroy();
  }
}

interface Source {
  readonly client: KinesisClient;
  readonly StreamARN: string;
}

/** The stream of that name in the account of the view's role. */
const arnOf = ({ role, stream }: StreamingView, region: string): string => `arn:aws:kinesis:${region}:${role.split(':')[4]}:stream/${stream}`;

async function readShard(database: Database, view: StreamingView, { client, StreamARN }: Source, shard: string): Promise<void> {
  const { rows } = await database.query('SELECT sequence_number FROM own.positions WHERE name = $name AND shard = $shard', { name: view.name, shard });
  const after = rows[0]?.[0];
  const from = after === undefined || after === null ? { ShardIteratorType: 'TRIM_HORIZON' as const } : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, StartingSequenceNumber: String(after) };
  let { ShardIterator: iterator } = await client.send(new GetShardIteratorCommand({ StreamARN, ShardId: shard, ...from }));
  while (iterator !== undefined) {
    const { Records = [], MillisBehindLatest = 0, NextShardIterator } = await client.send(new GetRecordsCommand({ StreamARN, ShardIterator: iterator, Limit: 1_000 }));
    if (Records.length > 0) await take(database, view, shard, Records);
    if (MillisBehindLatest === 0 && Records.length === 0) return;
    iterator = NextShardIterator;
  }
}

async function take(database: Database, view: StreamingView, shard: string, records: readonly _Record[]): Promise<void> {
  await database.query(ARRIVED);
  const now = new Date().toISOString();
  const values = records.map((record): Record<string, string | null> => ({
    approximate_arrival_timestamp: (record.ApproximateArrivalTimestamp ?? new Date()).toISOString(),
    partition_key: record.PartitionKey ?? '',
    shard_id: shard,
    sequence_number: record.SequenceNumber ?? '',
    refresh_time: now,
    stream_name: view.stream,
    kinesis_data: textOf(record.Data),
  }));
  const read = NAMES.map((name) => `CAST(item->>'${name}' AS ${name.endsWith('time') || name.endsWith('timestamp') ? 'TIMESTAMPTZ' : 'VARCHAR'}) AS ${name}`).join(', ');
  await database.query(`INSERT INTO arrived SELECT ${read} FROM (SELECT unnest(CAST($records AS JSON[])) AS item)`, { records: JSON.stringify(values) });
  await database.query(view.fill);
  await database.query('INSERT OR REPLACE INTO own.positions VALUES ($name, $shard, $last)', { name: view.name, shard, last: records.at(-1)?.SequenceNumber ?? '' });
}

/** Bytes that are no UTF-8 are nothing that any function here reads. */
function textOf(bytes: Uint8Array | undefined): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
