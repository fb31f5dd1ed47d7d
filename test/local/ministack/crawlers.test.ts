import { gzipSync } from 'node:zlib';
import { CreateCrawlerCommand, CreateDatabaseCommand, CreateTableCommand, GetCrawlerCommand, GetPartitionsCommand, GetTableCommand, GetTablesCommand, GlueClient, StartCrawlerCommand } from '@aws-sdk/client-glue';
import type { LastCrawlInfo, SchemaChangePolicy } from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { eventually } from '../../support/eventually';
import { startMinistack, type TestServer } from './ministackServer';

const BUCKET = 'raw';
const DatabaseName = 'lake';
const Role = 'arn:aws:iam::222222222222:role/crawler';
const LOGGED: SchemaChangePolicy = { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' };
let server: TestServer;
let glue: GlueClient;

beforeAll(async () => {
  server = await startMinistack();
  glue = new GlueClient(server.client());
  const s3 = new S3Client({ ...server.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const put = (Key: string, lines: readonly string[]) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: gzipSync(lines.join('\n')) }));
  await put('clicks/day=2026-11-21/a.gz', ['{"eventId":"a","quantity":1}', 'no JSON']);
  await put('clicks/day=2026-11-22/b.gz', ['{"eventId":"b","price":{"amount":5},"at":"2026-11-22T10:00:00Z","tags":["new"]}']);
  await put('orders/day=2026-11-22/c.gz', ['{"orderId":"c"}']);
  await put('clicks/_temporary/d.gz', ['{"hidden":true}']);
  s3.destroy();
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } }));
});
afterAll(async () => {
  glue?.destroy();
  await server?.stop();
});

async function crawl(Name: string): Promise<LastCrawlInfo | undefined> {
  await glue.send(new StartCrawlerCommand({ Name }));
  return eventually(async () => {
    const { Crawler } = await glue.send(new GetCrawlerCommand({ Name }));
    return Crawler?.State === 'READY' && Crawler.LastCrawl;
  }, 60);
}
const columnsOf = async (Name: string) => ((await glue.send(new GetTableCommand({ DatabaseName, Name }))).Table?.StorageDescriptor?.Columns ?? []).map(({ Name: name, Type }) => `${name} ${Type}`);
const partitionsOf = async (TableName: string) => ((await glue.send(new GetPartitionsCommand({ DatabaseName, TableName }))).Partitions ?? []).map(({ Values, StorageDescriptor }) => [Values?.join(), StorageDescriptor?.Location]);

test('a crawler makes a table of each folder, with columns and partitions', async () => {
  await glue.send(new CreateCrawlerCommand({ Name: 'all', Role, DatabaseName, Targets: { S3Targets: [{ Path: `s3://${BUCKET}/` }] }, TablePrefix: 'raw_' }));
  await expect(crawl('all')).resolves.toMatchObject({ Status: 'SUCCEEDED' });
  const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName }));
  expect(TableList.map(({ Name = '' }) => Name).toSorted()).toEqual(['raw_clicks', 'raw_orders']);
  expect(await columnsOf('raw_clicks')).toEqual(['eventid string', 'quantity bigint', 'price struct<amount:bigint>', 'at string', 'tags array<string>']);
  expect(await partitionsOf('raw_clicks')).toEqual([['2026-11-21', `s3://${BUCKET}/clicks/day=2026-11-21/`], ['2026-11-22', `s3://${BUCKET}/clicks/day=2026-11-22/`]]);
});

test('of a table of the catalogue it lists the partitions, and changes no column', async () => {
  const StorageDescriptor = { Location: `s3://${BUCKET}/clicks/`, Columns: [{ Name: 'eventid', Type: 'string' }, { Name: 'gone', Type: 'bigint' }], SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' } };
  await glue.send(new CreateTableCommand({ DatabaseName, TableInput: { Name: 'clicks', StorageDescriptor, PartitionKeys: [{ Name: 'day', Type: 'string' }] } }));
  await glue.send(new CreateCrawlerCommand({ Name: 'listed', Role, Targets: { CatalogTargets: [{ DatabaseName, Tables: ['clicks'] }] }, SchemaChangePolicy: LOGGED }));
  await expect(crawl('listed')).resolves.toMatchObject({ Status: 'SUCCEEDED' });
  await crawl('listed');
  expect(await columnsOf('clicks')).toEqual(['eventid string', 'gone bigint']);
  expect(await partitionsOf('clicks')).toHaveLength(2);
  expect(await server.log()).toMatch(/Crawler listed: the files of lake\.clicks have columns that the table has not:.*quantity/);
});

test('a crawler of a table that is not there fails, and says so', async () => {
  await glue.send(new CreateCrawlerCommand({ Name: 'lost', Role, Targets: { CatalogTargets: [{ DatabaseName, Tables: ['nothing'] }] }, SchemaChangePolicy: LOGGED }));
  await expect(crawl('lost')).resolves.toMatchObject({ Status: 'FAILED', ErrorMessage: expect.stringContaining('nothing') });
});
