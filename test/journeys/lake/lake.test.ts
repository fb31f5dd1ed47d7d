import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { AthenaClient } from '@aws-sdk/client-athena';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EMRServerlessClient, ListApplicationsCommand, ListJobRunsCommand } from '@aws-sdk/client-emr-serverless';
import type { JobRunSummary } from '@aws-sdk/client-emr-serverless';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { v4, v7 } from 'uuid';
import { NAMED_QUERIES } from '../../../app/lake/named-queries';
import { beginDay } from '../../../app/lake/running';
import { Queries } from '../../../lambdas/lake/query';
import type { Row } from '../../../lambdas/lake/query';
import { fromItem, toItem } from '../../../lambdas/shared/dynamodb';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { Dashboards } from '../dashboards';
import { DevEnvironment } from '../devEnvironment';
import { shopOf } from '../website/customers';
import type { DevShop } from '../website/customers';

jest.setTimeout(900_000);

let dev: DevEnvironment;
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('lake');
let shop: DevShop;
let s3: S3Client;
let sfn: SFNClient;
let queries: Queries;
let machine: string;
let rawClicks: string;
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  shop = await shopOf(new CognitoIdentityProviderClient(dev.settings), (stack, output) => dev.output(stack, output));
  s3 = new S3Client({ ...dev.settings, forcePathStyle: true });
  sfn = new SFNClient(dev.settings);
  queries = new Queries(new AthenaClient(dev.settings), { workGroup: await dev.output('Lake', 'WorkGroupName'), database: await dev.output('Lake', 'DatabaseName') });
  machine = await dev.output('Lake', 'StateMachineArn');
  rawClicks = await dev.output('Clickstream', 'RawClicksBucketName');
});

const PRODUCTS = ['stoneware-mug-sage', 'stoneware-mug-charcoal'];
const now = new Date();
const TODAY = now.toISOString().slice(0, 10);
const ago = (days: number): Date => new Date(now.getTime() - days * 24 * 60 * 60_000);
const dayAgo = (days: number): string => ago(days).toISOString().slice(0, 10);

const click = (sessionId: string, productId: string, more: object = {}) => ({ eventId: v7(), type: 'View', eventTime: new Date().toISOString(), anonymousId: sessionId, sessionId, page: '/', productId, ...more });
const hourOf = (moment: Date): string => moment.toISOString().replace(/^(\d+)-(\d+)-(\d+)T(\d+).*$/, 'year=$1/month=$2/day=$3/hour=$4');
const arrived = (moment: Date, name: string, body: Buffer): Promise<unknown> => s3.send(new PutObjectCommand({ Bucket: rawClicks, Key: `clicks/${hourOf(moment)}/${name}`, Body: body }));
const lines = (...events: readonly object[]): Buffer => gzipSync(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
const stored = (moment: Date, more: object = {}) => ({ ...click(v4(), PRODUCTS[0] ?? ''), eventTime: moment.toISOString(), receiveTime: moment.toISOString(), synthetic: false, ...more });

const make = (day: string): Promise<string> => dev.npm('lake:run', '--environment', dev.name, '--day', day);
const rows = (sql: string): Promise<Row[]> => queries.rows(sql);
const clicksOf = async (day: string): Promise<number> => Number((await rows(`SELECT count(*) AS clicks FROM clicks WHERE day = '${day}'`))[0]?.['clicks']);

const filesBelow = async (prefix: string): Promise<number> => (await s3.send(new ListObjectsV2Command({ Bucket: rawClicks, Prefix: prefix }))).KeyCount ?? 0;
/** How a run ended, and what it says. */
const ended = (executionArn: string) =>
  eventually(async () => {
    const { status, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return status !== 'RUNNING' && { status, error, cause };
  }, 400);

const jobRuns = async (): Promise<JobRunSummary[]> => {
  const emr = new EMRServerlessClient(dev.settings);
  const { applications: [application] = [] } = await emr.send(new ListApplicationsCommand({}));
  return (await emr.send(new ListJobRunsCommand({ applicationId: application?.id }))).jobRuns ?? [];
};
const jobStates = async (): Promise<unknown[]> => (await jobRuns()).map(({ state }) => state);
const jobNames = async (): Promise<unknown[]> => (await jobRuns()).map(({ name }) => name);

test('a day of clicks and orders becomes tables that answer in SQL, with one command', async () => {
  const customer = await shop.customer();
  const order = await shop.order(customer, PRODUCTS[0] ?? '');
  await shop.orderWith('DELIVERED', customer, order.orderId);
  const sessions = Array.from({ length: 6 }, () => v4());
  for (const session of sessions) await shop.shop.call('recordClicks', { body: { events: PRODUCTS.map((productId) => click(session, productId)) } });
  await eventually(() => filesBelow('clicks/').then((files) => files > 0), 120);
  const orders = await dev.resource('Lake', 'AWS::S3::Bucket', 'RawOrders');
  await eventually(async () => ((await s3.send(new ListObjectsV2Command({ Bucket: orders, Prefix: 'orders/' }))).KeyCount ?? 0) > 0, 120);

  await expect(make(TODAY)).resolves.toContain(`${TODAY} is made and published.`);
  expect(await rows(`SELECT count(*) AS sessions, sum(views) AS views FROM sessions WHERE day = '${TODAY}'`)).toEqual([{ sessions: '6', views: '12' }]);
  expect(await rows(`SELECT product_id, sum(views) AS views FROM product_hours WHERE day = '${TODAY}' GROUP BY 1 ORDER BY 1`)).toEqual(PRODUCTS.toSorted().map((product_id) => ({ product_id, views: '6' })));
  expect(await rows(`SELECT order_id, status, synthetic FROM orders WHERE day = '${TODAY}'`)).toEqual([{ order_id: order.orderId, status: 'DELIVERED', synthetic: 'true' }]);
});

test('the dashboard of the night draws it once it has been copied', async () => {
  const account = dev.settings.credentials.accessKeyId;
  const quicksight = (command: string, dataSet: string, ...more: readonly string[]) => dev.aws('quicksight', command, '--aws-account-id', account, '--data-set-id', dataSet, '--ingestion-id', 'now', ...more);
  const dataSet = 'website-dev-yesterday-figures';
  await quicksight('create-ingestion', dataSet);
  const copied = await eventually(async () => {
    const { Ingestion: ingestion } = (await quicksight('describe-ingestion', dataSet)) as { Ingestion: { IngestionStatus: string; RowInfo?: unknown } };
    return /COMPLETED|FAILED/.test(ingestion.IngestionStatus) && ingestion;
  }, 120);
  expect(copied).toMatchObject({ IngestionStatus: 'COMPLETED', RowInfo: { RowsIngested: 1 } });
  const dashboards = await Dashboards.open(dev.dashboardsUrl);
  try {
    const seen = await dashboards.look('Dev: Yesterday');
    expect(seen.filter(({ refused }) => refused !== undefined)).toEqual([]);
    expect(seen.filter(({ isDrawn }) => isDrawn).map(({ title }) => title)).toContain('Sessions by day');
  } finally {
    await dashboards.close();
  }
});

test('what sessions of the lake have in common is recommended', async () => {
  const { Item: item = {} } = await new DynamoDBClient(dev.settings).send(new GetItemCommand({ TableName: await dev.resource('Personalize', 'AWS::DynamoDB::Table', 'Interests'), Key: toItem({ key: `similar#${PRODUCTS[0]}` }) }));
  expect(fromItem(item)).toMatchObject({ similar: [PRODUCTS[1]] });
});

test('what is damaged, empty or no event is put aside with its reason, and what is late goes to its own day', async () => {
  const early = new Date(`${dayAgo(3)}T10:00:00Z`);
  const late = new Date(`${dayAgo(5)}T10:00:00Z`);
  const good = lines(stored(early), stored(early));
  await arrived(early, 'good.gz', good);
  await arrived(early, 'cut-off.gz', lines(stored(early), ...Array.from({ length: 200 }, () => stored(early, { page: `/${v4()}` }))).subarray(0, -400));
  await arrived(early, 'empty.gz', Buffer.alloc(0));
  await arrived(early, 'no-gzip.gz', Buffer.from('{"eventId":"a"}\n'));
  await arrived(early, 'bad.gz', gzipSync(`no JSON\n${JSON.stringify(stored(early, { type: 'Teleport' }))}\n${JSON.stringify(stored(new Date(early.getTime() + 24 * 60 * 60_000)))}\n`));
  await arrived(early, 'future.gz', lines(stored(early, { mood: 'curious' })));
  await arrived(early, 'late.gz', lines(stored(late)));

  await make(dayAgo(3));
  expect(await clicksOf(dayAgo(5))).toBe(1);
  expect(await clicksOf(dayAgo(3))).toBeGreaterThan(3);
  const processed = await dev.resource('Lake', 'AWS::S3::Bucket', 'Processed');
  const { Contents: quarantined = [] } = await s3.send(new ListObjectsV2Command({ Bucket: processed, Prefix: `quarantine/clicks/day=${dayAgo(3)}/` }));
  expect(quarantined.filter(({ Key: key }) => key?.endsWith('.gz'))).toHaveLength(1);
});

test('of two runs at once one wins and the other says so; one that is stopped half-way leaves what was published, and the next goes on with the same answer', async () => {
  const before = await clicksOf(dayAgo(3));
  const first = await beginDay({ sfn }, machine, dayAgo(3));
  await eventually(async () => (await jobStates()).includes('RUNNING'), 120);
  const second = await beginDay({ sfn }, machine, dayAgo(5));
  expect(await ended(second)).toEqual({ status: 'FAILED', error: 'AnotherRunIsUnderWay', cause: expect.stringContaining(`makes ${dayAgo(3)} at the moment`) });
  await sfn.send(new StopExecutionCommand({ executionArn: first }));
  await eventually(async () => (await jobStates()).includes('CANCELLED'), 120);
  expect(await clicksOf(dayAgo(3))).toBe(before);

  await expect(make(dayAgo(3))).resolves.toContain('is made and published');
  expect(await clicksOf(dayAgo(3))).toBe(before);
});

test('somebody has a day made once more from the console, and of what it was before the last time is kept alone', async () => {
  const answer = path.join(folder, 'started.json');
  await dev.aws('lambda', 'invoke', '--function-name', await dev.resource('Lake', 'AWS::Lambda::Function', 'StartRun'), '--payload', JSON.stringify({ day: dayAgo(3) }), answer);
  const { executionArn } = JSON.parse(readFileSync(answer, 'utf8')) as { executionArn: string };
  expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  const { CommonPrefixes: runs = [] } = await s3.send(new ListObjectsV2Command({ Bucket: await dev.resource('Lake', 'AWS::S3::Bucket', 'Processed'), Prefix: `clicks/day=${dayAgo(3)}/`, Delimiter: '/' }));
  expect(runs).toHaveLength(2);
});

test('a day that lacks clicks the raw zone has is not published, and the run says what is missing', async () => {
  const [morning, next] = [new Date(`${dayAgo(20)}T10:00:00Z`), new Date(`${dayAgo(19)}T10:00:00Z`)];
  await arrived(morning, 'good.gz', lines(stored(morning)));
  // The job does not see of which day this one is, and overlooks the file; whoever parses it does.
  await arrived(next, 'overlooked.gz', gzipSync(JSON.stringify(stored(morning)).replace('"eventTime"', String.raw`"\u0065ventTime"`)));
  await expect(make(dayAgo(20))).rejects.toThrow(`(DayNotPublished). ${dayAgo(20)} has 1 clicks, where the raw zone has at least 2.`);
  expect(await clicksOf(dayAgo(20))).toBe(0);
});

test.each(Object.values(NAMED_QUERIES))('the named query $name can be asked', async ({ sql }) => {
  await expect(rows(sql)).resolves.toEqual(expect.any(Array));
});

test('the daily query keeps what a day came to', async () => {
  const output = await dev.aws('lambda', 'invoke', '--function-name', await dev.resource('Lake', 'AWS::Lambda::Function', 'QueriesRunDailyQuery'), '--payload', JSON.stringify({ day: TODAY }), path.join(folder, 'answer.json'));
  expect(output).not.toHaveProperty('FunctionError');
  const { Contents: kept = [] } = await s3.send(new ListObjectsV2Command({ Bucket: await dev.output('Lake', 'ResultsBucketName'), Prefix: `daily/${TODAY}` }));
  expect(kept).toHaveLength(1);
});

test('the night has the day before made', async () => {
  await dev.hurry('Lake', 'Nightly');
  const run = await eventually(async () => {
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: machine, statusFilter: 'RUNNING' }));
    return executions[0];
  }, 200);
  const { input = '' } = await sfn.send(new DescribeExecutionCommand({ executionArn: run.executionArn }));
  const { time } = JSON.parse(input) as { time: string };
  const dayBefore = new Date(Date.parse(time) - 24 * 60 * 60_000).toISOString().slice(0, 10);
  const names = await eventually(() => jobNames().then((all) => all.includes(`make-${dayBefore}`) && all), 120);
  expect(names).toContain(`make-${dayBefore}`);
});

test('lake:run refuses a day that is none and an environment that is not there', async () => {
  await expect(dev.npm('lake:run', '--environment', dev.name, '--day', '2026-02-31')).rejects.toThrow('It is no day');
  await expect(dev.npm('lake:run', '--environment', dev.name, '--day', '2199-01-01')).rejects.toThrow('That day has not begun');
  await expect(dev.npm('lake:run', '--environment', 'Nowhere', '--day', TODAY)).rejects.toThrow('There is no environment Nowhere');
});
