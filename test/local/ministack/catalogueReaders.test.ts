import { AthenaClient, GetQueryExecutionCommand, GetQueryResultsCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CreateCrawlerCommand, CreateDatabaseCommand, CreateTableCommand, GetCrawlerCommand, GlueClient, StartCrawlerCommand } from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PermissionUse } from '../../../local/permissions/use/permissionUse';
import { eventually } from '../../support/eventually';
import { account, region, startMinistack, type TestServer } from './ministackServer';
import { outputsOf } from './stacks';

const use = new PermissionUse();
let server: TestServer;

const glueArns = (...tables: readonly string[]) => ['catalog', 'database/lake', ...tables.map((table) => `table/lake/${table}`)].map((resource) => `arn:aws:glue:${region}:${account}:${resource}`);
const allow = (Action: readonly string[], ...Resource: readonly string[]) => ({ Effect: 'Allow', Action, Resource });
const ASKING = allow(['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'], '*');
const CATALOGUE = allow(['glue:GetDatabase', 'glue:GetTable'], ...glueArns('clicks'));
const FILES = [allow(['s3:ListBucket', 's3:GetBucketLocation'], 'arn:aws:s3:::lake'), allow(['s3:GetObject'], 'arn:aws:s3:::lake/clicks/*')];
const ANSWERS = allow(['s3:PutObject', 's3:GetObject'], 'arn:aws:s3:::lake/answers/*');

async function makeRole(RoleName: string, Service: string, ...Statement: readonly object[]): Promise<string> {
  const client = new CloudFormationClient(server.client());
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] };
  await outputsOf(client, RoleName, { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName, AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'may', PolicyDocument: { Version: '2012-10-17', Statement } }] } } }, {});
  client.destroy();
  return `arn:aws:iam::${account}:role/${RoleName}`;
}

beforeAll(async () => {
  server = await startMinistack({}, {}, use);
  const s3 = new S3Client({ ...server.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'lake' }));
  for (const name of ['clicks', 'orders']) await s3.send(new PutObjectCommand({ Bucket: 'lake', Key: `${name}/a.json`, Body: '{"id":"a"}\n' }));
  s3.destroy();
  const glue = new GlueClient(server.client());
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'lake' } }));
  for (const Name of ['clicks', 'orders']) {
    const StorageDescriptor = { Location: `s3://lake/${Name}/`, Columns: [{ Name: 'id', Type: 'string' }], SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' } };
    await glue.send(new CreateTableCommand({ DatabaseName: 'lake', TableInput: { Name, StorageDescriptor, Parameters: { classification: 'json' } } }));
  }
  glue.destroy();
});
afterAll(() => server?.stop());

/** What a query ends with when the role asks it, or what it is refused with. */
async function answer(role: string, QueryString: string): Promise<string> {
  const { credentials, ...settings } = server.client();
  const sessionToken = `MSR1.${Buffer.from(JSON.stringify({ r: role, s: 'asking' })).toString('base64url')}`;
  const athena = new AthenaClient({ ...settings, credentials: { ...credentials, sessionToken } });
  try {
    const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({ QueryString, QueryExecutionContext: { Database: 'lake' }, ResultConfiguration: { OutputLocation: 's3://lake/answers/' } }));
    const { Status: status } = await eventually(async () => {
      const { QueryExecution: found } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      return found && !['QUEUED', 'RUNNING'].includes(found.Status?.State ?? '') && found;
    }, 60);
    if (status?.State !== 'SUCCEEDED') return status?.StateChangeReason ?? '';
    const { ResultSet: set } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
    return set?.Rows?.map(({ Data: [cell] = [] }) => cell?.VarCharValue).join() ?? '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    athena.destroy();
  }
}

test('a query reads the catalogue and the files as whoever asks, and nothing besides', async () => {
  const reader = await makeRole('reader', 'lambda.amazonaws.com', ASKING, CATALOGUE, ...FILES, ANSWERS);
  expect(await answer(reader, 'SELECT id FROM clicks')).toBe('id,a');
  expect(await answer(reader, 'SELECT id FROM orders')).toMatch(/^Insufficient permissions to execute the query\. User: .*role\/reader\/asking is not authorized to perform: glue:GetTable on resource: .*table\/lake\/orders/);
  const catalogueAlone = await makeRole('catalogue-alone', 'lambda.amazonaws.com', ASKING, CATALOGUE, FILES[0] ?? {}, ANSWERS);
  expect(await answer(catalogueAlone, 'SELECT id FROM clicks')).toMatch(/not authorized to perform: s3:GetObject on resource: arn:aws:s3:::lake\/clicks\/a\.json/);
});

test('the answer is written and read as whoever asks', async () => {
  const silent = await makeRole('silent', 'lambda.amazonaws.com', ASKING, CATALOGUE, ...FILES);
  expect(await answer(silent, 'SELECT id FROM clicks')).toMatch(/^Access denied when writing output to url: s3:\/\/lake\/answers\/.*s3:PutObject/);
  const writer = await makeRole('writer', 'lambda.amazonaws.com', ASKING, CATALOGUE, ...FILES, allow(['s3:PutObject'], 'arn:aws:s3:::lake/answers/*'));
  expect(await answer(writer, 'SELECT id FROM clicks')).toMatch(/^Access denied to the query's results\. .*s3:GetObject/);
});

test("what is read and written for a role counts as that role's", () => {
  const did = use.list().filter(({ role, decision }) => role.endsWith('/reader') && decision === 'ALLOWED').map(({ action }) => action);
  expect(did).toEqual(expect.arrayContaining(['athena:StartQueryExecution', 'glue:GetDatabase', 'glue:GetTable', 's3:GetBucketLocation', 's3:GetObject', 's3:ListBucket', 's3:PutObject']));
});

async function crawl(Name: string, Role: string): Promise<string | undefined> {
  const glue = new GlueClient(server.client());
  await glue.send(new CreateCrawlerCommand({ Name, Role, Targets: { CatalogTargets: [{ DatabaseName: 'lake', Tables: ['clicks'] }] }, SchemaChangePolicy: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' } }));
  await glue.send(new StartCrawlerCommand({ Name }));
  const { Status: status, ErrorMessage: message } = await eventually(async () => {
    const { Crawler: crawler } = await glue.send(new GetCrawlerCommand({ Name }));
    return crawler?.State === 'READY' && crawler.LastCrawl;
  }, 60);
  glue.destroy();
  return status === 'SUCCEEDED' ? status : message;
}

test('a crawler acts as its role, which Glue must be trusted with', async () => {
  const logging = allow(['logs:CreateLogStream', 'logs:PutLogEvents'], `arn:aws:logs:${region}:${account}:log-group:/aws-glue/crawlers:*`);
  const listing = allow(['glue:GetDatabase', 'glue:GetTable', 'glue:BatchGetPartition', 'glue:BatchCreatePartition'], ...glueArns('clicks'));
  expect(await crawl('good', await makeRole('crawling', 'glue.amazonaws.com', logging, listing, ...FILES))).toBe('SUCCEEDED');
  expect(await crawl('blind', await makeRole('blind', 'glue.amazonaws.com', logging, listing))).toMatch(/s3:ListBucket/);
  expect(await crawl('foreign', await makeRole('foreign', 'lambda.amazonaws.com', logging, listing, ...FILES))).toMatch(/sts:AssumeRole/);
});
