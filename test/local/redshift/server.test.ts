import { DescribeStatementCommand, ExecuteStatementCommand, BatchExecuteStatementCommand, GetStatementResultCommand, ListStatementsCommand, RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { Field, SqlParameter } from '@aws-sdk/client-redshift-data';
import { CreateNamespaceCommand, CreateUsageLimitCommand, CreateWorkgroupCommand, DeleteNamespaceCommand, GetWorkgroupCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { startRedshift, type Redshift } from '../../../local/redshift/server';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { fakeStreams } from './redshiftServer';

const ROLE = 'arn:aws:iam::222222222222:role/streaming';
const stateDir = temporaryFolder('redshift');
let streams: Awaited<ReturnType<typeof fakeStreams>>;
let redshift: Redshift;
let serverless: RedshiftServerlessClient;
let data: RedshiftDataClient;

const clientOf = (account = '222222222222') => ({ endpoint: `http://127.0.0.1:${redshift.port}`, region: 'us-east-1', credentials: { accessKeyId: account, secretAccessKey: 'x' } });
async function start(): Promise<void> {
  redshift = await startRedshift({ port: 0, stateDir, endpoint: streams.url });
  serverless = new RedshiftServerlessClient(clientOf());
  data = new RedshiftDataClient(clientOf());
}

beforeAll(async () => {
  streams = await fakeStreams();
  await start();
  await serverless.send(new CreateNamespaceCommand({ namespaceName: 'shop', dbName: 'shop', iamRoles: [ROLE] }));
  await serverless.send(
    new CreateWorkgroupCommand({ workgroupName: 'shop', namespaceName: 'shop', baseCapacity: 8, subnetIds: ['subnet-1', 'subnet-2'], configParameters: [{ parameterKey: 'enable_case_sensitive_identifier', parameterValue: 'true' }] }),
  );
});
afterAll(async () => {
  await redshift.stop();
  await streams.close();
});

const WHERE = { WorkgroupName: 'shop', Database: 'shop' };

async function ended(Id: string | undefined) {
  return eventually(async () => {
    const found = await data.send(new DescribeStatementCommand({ Id }));
    return found.Status !== undefined && ['FINISHED', 'FAILED', 'ABORTED'].includes(found.Status) && found;
  }, 30);
}

const valueOf = (field: Field): unknown => (field.isNull ? null : (field.stringValue ?? field.longValue ?? field.doubleValue ?? field.booleanValue));

async function run(Sql: string, Parameters?: SqlParameter[]): Promise<unknown[][]> {
  const { Id } = await data.send(new ExecuteStatementCommand({ ...WHERE, Sql, Parameters }));
  const { Status, Error: reason, HasResultSet } = await ended(Id);
  if (Status !== 'FINISHED') throw new Error(reason);
  if (!HasResultSet) return [];
  const { Records = [] } = await data.send(new GetStatementResultCommand({ Id }));
  return Records.map((record) => record.map(valueOf));
}

it('binds parameters and never splices them', async () => {
  await expect(run('SELECT :a AS a, :b::int + 1 AS b', [{ name: 'a', value: "'; DROP TABLE x; --" }, { name: 'b', value: '41' }])).resolves.toEqual([["'; DROP TABLE x; --", 42]]);
});

it('knows the functions of Redshift that the shop uses', async () => {
  await expect(run("SELECT nvl(NULL, 2), datediff(minute, '2026-01-01 00:00'::timestamp, '2026-01-01 01:00'::timestamp), dateadd(hour, -1, '2026-01-01 01:00'::timestamp), can_json_parse('{'), getdate() > '2026-01-01'::timestamp")).resolves.toEqual([
    [2, 60, '2026-01-01 00:00:00', false, true],
  ]);
});

it('runs a statement once for one client token', async () => {
  const asked = { ...WHERE, Sql: 'CREATE TABLE once (a INT)', ClientToken: 'token-1' };
  const [first, second] = [await data.send(new ExecuteStatementCommand(asked)), await data.send(new ExecuteStatementCommand(asked))];
  expect(second.Id).toBe(first.Id);
  await expect(ended(first.Id)).resolves.toMatchObject({ Status: 'FINISHED' });
});

it('keeps nothing of a batch of which one statement fails', async () => {
  const { Id } = await data.send(new BatchExecuteStatementCommand({ ...WHERE, Sqls: ['CREATE TABLE half (a INT)', 'INSERT INTO nowhere VALUES (1)'] }));
  await expect(ended(Id)).resolves.toMatchObject({ Status: 'FAILED' });
  await expect(run('SELECT * FROM half')).rejects.toThrow(/half/);
});

it('refuses by name what it does not know', async () => {
  await expect(run('VACUUM FULL once')).rejects.toThrow('ERROR: VACUUM FULL ONCE is not supported on this machine');
  await expect(run('SELECT 1; SELECT 2')).rejects.toThrow('exactly one statement');
});

it('tells nobody else of a statement', async () => {
  const { Id } = await data.send(new ExecuteStatementCommand({ ...WHERE, Sql: 'SELECT 1' }));
  const other = new RedshiftDataClient(clientOf('333333333333'));
  await expect(other.send(new DescribeStatementCommand({ Id }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(other.send(new ListStatementsCommand({}))).resolves.toMatchObject({ Statements: [] });
});

it('holds what AWS holds of workgroups: two subnets, a namespace that is not taken away', async () => {
  await expect(serverless.send(new CreateWorkgroupCommand({ workgroupName: 'small', namespaceName: 'shop', subnetIds: ['subnet-1'] }))).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(serverless.send(new DeleteNamespaceCommand({ namespaceName: 'shop' }))).rejects.toMatchObject({ name: 'ConflictException' });
  const { workgroup } = await serverless.send(new GetWorkgroupCommand({ workgroupName: 'shop' }));
  await expect(serverless.send(new CreateUsageLimitCommand({ resourceArn: workgroup?.workgroupArn, usageType: 'serverless-compute', amount: 10, period: 'daily', breachAction: 'deactivate' }))).resolves.toMatchObject({ usageLimit: { amount: 10 } });
});

describe('a streaming view', () => {
  const click = (eventId: string) => JSON.stringify({ eventId, type: 'View', price: { amount: 1999, currency: 'EUR' } });

  it('takes each record once, leaves out what is not JSON, and loses nothing when it is stopped and started', async () => {
    streams.records.push({ sequence: '1', data: click('a') }, { sequence: '2', data: 'not JSON' }, { sequence: '3', data: Buffer.from([0xff, 0xfe]) }, { sequence: '4', data: click('b') }, { sequence: '5', data: click('b') });
    await run(`CREATE EXTERNAL SCHEMA streams FROM KINESIS IAM_ROLE '${ROLE}'`);
    await run('CREATE MATERIALIZED VIEW raw AUTO REFRESH NO AS SELECT approximate_arrival_timestamp, partition_key, shard_id, sequence_number, JSON_PARSE(kinesis_data) AS payload FROM streams."clicks" WHERE CAN_JSON_PARSE(kinesis_data)');
    await run(
      'CREATE VIEW clicks AS SELECT payload."eventId"::varchar AS event_id, TRY_CAST(payload.price.amount::varchar AS BIGINT) AS amount, payload."nothing"::varchar AS nothing FROM raw QUALIFY ROW_NUMBER() OVER (PARTITION BY payload."eventId"::varchar ORDER BY approximate_arrival_timestamp) = 1',
    );
    await run('REFRESH MATERIALIZED VIEW raw');
    await run('REFRESH MATERIALIZED VIEW raw');
    await expect(run('SELECT COUNT(*) FROM raw')).resolves.toEqual([[3]]);
    await expect(run('SELECT * FROM clicks ORDER BY event_id')).resolves.toEqual([['a', 1999, null], ['b', 1999, null]]);
    expect(streams.asked).toEqual(expect.arrayContaining([ROLE, 'ListStreams', 'ListShards']));

    await redshift.stop();
    streams.records.push({ sequence: '6', data: click('c') });
    await start();
    await run('REFRESH MATERIALIZED VIEW raw');
    await expect(run('SELECT event_id FROM clicks ORDER BY event_id')).resolves.toEqual([['a'], ['b'], ['c']]);
  });

  it('refreshes itself where it is told to', async () => {
    await run('CREATE MATERIALIZED VIEW live AUTO REFRESH YES AS SELECT JSON_PARSE(kinesis_data) AS payload FROM streams."clicks" WHERE CAN_JSON_PARSE(kinesis_data)');
    await expect(eventually(async () => Number((await run('SELECT COUNT(*) FROM live'))[0]?.[0]) === 4, 30)).resolves.toBe(true);
  });

  it('demands a role that the namespace has', async () => {
    await expect(run("CREATE EXTERNAL SCHEMA others FROM KINESIS IAM_ROLE 'arn:aws:iam::222222222222:role/other'")).rejects.toThrow('not associated');
  });
});
