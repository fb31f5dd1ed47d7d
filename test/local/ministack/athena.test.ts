import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { AthenaClient, CreateWorkGroupCommand, GetQueryExecutionCommand, GetQueryResultsCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import type { QueryExecution } from '@aws-sdk/client-athena';
import { BatchCreatePartitionCommand, CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { ARRIVAL_PARTITIONS, CLICK_TABLE_COLUMNS } from '../../../contracts/derived/glue-columns';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { startMinistack, type TestServer } from './ministackServer';

const BUCKET = 'lake';
const Database = 'lake';
const folder = temporaryFolder('parquet');
let server: TestServer;
let athena: AthenaClient;

const click = (eventId: string, more: object = {}) => JSON.stringify({ eventId, type: 'View', eventTime: '2026-11-22T10:00:00.000Z', price: { amount: 1_999, currency: 'EUR' }, synthetic: false, ...more });

beforeAll(async () => {
  server = await startMinistack();
  athena = new AthenaClient(server.client());
  const s3 = new S3Client({ ...server.client(), forcePathStyle: true });
  const glue = new GlueClient(server.client());
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const put = (Key: string, lines: readonly string[]) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: gzipSync(`${lines.join('\n')}\n`) }));
  await put('clicks/year=2026/month=11/day=22/hour=10/a.gz', [click('a'), click('b', { price: undefined, later: 'of a release to come' })]);
  await put('clicks/year=2026/month=11/day=22/hour=11/b.gz', [click('c', { eventTime: '2026-11-22T11:30:00.000Z', type: 'AddToCart' })]);
  await put('results/day=2026-11-22/run=first/part.gz', ['{"vendor":"Clay","sold":1}']);
  await put('results/day=2026-11-22/run=second/part.gz', ['{"vendor":"Clay","sold":2}']);
  await put('results/day=2026-11-23/run=third/part.gz', ['{"vendor":"Clay","sold":3}']);

  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: Database } }));
  const storage = (name: string, columns: readonly { readonly name: string; readonly type: string }[]) => ({
    Location: `s3://${BUCKET}/${name}/`,
    Columns: columns.map(({ name: Name, type: Type }) => ({ Name, Type })),
    SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
    InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  });
  const clicks = { Name: 'clicks', StorageDescriptor: storage('clicks', CLICK_TABLE_COLUMNS), PartitionKeys: ARRIVAL_PARTITIONS.map(({ name: Name, type: Type }) => ({ Name, Type })), Parameters: { classification: 'json', 'projection.enabled': 'true' } };
  const results = storage('results', [{ name: 'vendor', type: 'string' }, { name: 'sold', type: 'bigint' }]);
  await glue.send(new CreateTableCommand({ DatabaseName: Database, TableInput: clicks }));
  await glue.send(new CreateTableCommand({ DatabaseName: Database, TableInput: { Name: 'results', StorageDescriptor: results, PartitionKeys: [{ Name: 'day', Type: 'string' }], Parameters: { classification: 'json' } } }));
  const published = { Values: ['2026-11-22'], StorageDescriptor: { ...results, Location: `s3://${BUCKET}/results/day=2026-11-22/run=second/` } };
  await glue.send(new BatchCreatePartitionCommand({ DatabaseName: Database, TableName: 'results', PartitionInputList: [published] }));
  for (const [Name, BytesScannedCutoffPerQuery] of [['people', 10_000_000], ['narrow', 100]] as const) {
    await athena.send(new CreateWorkGroupCommand({ Name, Configuration: { BytesScannedCutoffPerQuery, ResultConfiguration: { OutputLocation: `s3://${BUCKET}/answers/` } } }));
  }
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'sold/a.parquet', Body: await parquet("SELECT 'mug' AS product, 2::BIGINT AS pieces") }));
  await glue.send(new CreateTableCommand({ DatabaseName: Database, TableInput: { Name: 'sold', StorageDescriptor: storage('sold', [{ name: 'product', type: 'string' }, { name: 'pieces', type: 'bigint' }, { name: 'category', type: 'string' }]), Parameters: { classification: 'parquet' } } }));
  glue.destroy();
  s3.destroy();
});
afterAll(async () => {
  athena?.destroy();
  await server?.stop();
});

/** A file with these rows. */
async function parquet(rowsInSql: string): Promise<Buffer> {
  const file = path.join(folder, 'rows.parquet');
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`COPY (${rowsInSql}) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  return readFileSync(file);
}

async function ended(QueryString: string, WorkGroup = 'people'): Promise<QueryExecution> {
  const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({ QueryString, WorkGroup, QueryExecutionContext: { Database } }));
  return eventually(async () => {
    const { QueryExecution: found } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    return found && !['QUEUED', 'RUNNING'].includes(found.Status?.State ?? '') && found;
  }, 60);
}

async function rows(query: string): Promise<(string | undefined)[][]> {
  const { QueryExecutionId, Status } = await ended(query);
  if (Status?.State !== 'SUCCEEDED') throw new Error(`${Status?.State}: ${Status?.StateChangeReason}`);
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
  return (ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue));
}

test('raw clicks are read by the columns of their contract, whatever else a line has or lacks', async () => {
  expect(await rows('SELECT eventid, price.amount AS amount, hour FROM clicks ORDER BY eventid')).toEqual([['eventid', 'amount', 'hour'], ['a', '1999', '10'], ['b', undefined, '10'], ['c', '1999', '11']]);
});

test('of a table with partitions only those are read that are published, where they lie', async () => {
  expect(await rows('SELECT day, vendor, sold FROM results')).toEqual([['day', 'vendor', 'sold'], ['2026-11-22', 'Clay', '2']]);
});

test('a column that files of an older release lack is null', async () => {
  expect(await rows("SELECT product, pieces, COALESCE(category, 'unknown') AS category FROM sold")).toEqual([['product', 'pieces', 'category'], ['mug', '2', 'unknown']]);
});

test("queries are in Athena's SQL", async () => {
  const query = `
    SELECT date_trunc('hour', from_iso8601_timestamp(eventtime)) AS hour_of, approx_distinct(eventid) AS clicks, count_if(type = 'View') AS views,
      approx_percentile(price.amount, 0.5) AS middle, date_diff('minute', timestamp '2026-11-22 10:00:00', max(cast(from_iso8601_timestamp(eventtime) AS timestamp))) AS minutes,
      date_format(max(from_iso8601_timestamp(eventtime)), '%Y-%m-%d %H:%i') AS last, cardinality(array_agg(eventid)) AS ids, regexp_like(max(type), '^V') AS viewed
    FROM clicks WHERE year = '2026' AND try_cast(hour AS integer) >= 10 GROUP BY 1 ORDER BY 1`;
  const [, ...found] = await rows(query);
  expect(found.map(([, ...row]) => row)).toEqual([
    ['2', '2', '1999', '0', '2026-11-22 10:00', '2', 'true'],
    ['1', '0', '1999', '90', '2026-11-22 11:30', '1', 'false'],
  ]);
  expect(await rows('SELECT count(*), 1 AS one FROM clicks')).toEqual([['_col0', 'one'], ['3', '1']]);
});

test('a query that would read more than its workgroup allows is ended, and told the limit', async () => {
  const { Status } = await ended('SELECT * FROM clicks', 'narrow');
  expect(Status).toMatchObject({ State: 'CANCELLED', StateChangeReason: expect.stringMatching(/limit was exceeded.*narrow.*100 bytes/) });
});

test('what a query has read is told', async () => {
  const { Statistics } = await ended('SELECT * FROM results');
  expect(Statistics?.DataScannedInBytes).toBeGreaterThan(10);
});

test('a query that is none fails with what is wrong', async () => {
  await expect(ended('SELECT FROM WHERE (')).resolves.toMatchObject({ Status: { State: 'FAILED', StateChangeReason: expect.stringContaining('SYNTAX_ERROR') } });
});
