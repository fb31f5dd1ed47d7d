import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { AthenaClient, CreateWorkGroupCommand } from '@aws-sdk/client-athena';
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { DescribeDashboardCommand, DescribeDataSetPermissionsCommand, DescribeVPCConnectionCommand, ListDashboardsCommand, ListDataSourcesCommand, ListIngestionsCommand, ListRefreshSchedulesCommand, QuickSightClient } from '@aws-sdk/client-quicksight';
import { DescribeStatementCommand, ExecuteStatementCommand, RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { VisualData } from '../../../local/quicksight/dashboards/model';
import { freePort } from '../../../local/host/ports';
import { PermissionUse } from '../../../local/permissions/use/permissionUse';
import { startQuickSight } from '../../../local/quicksight/server';
import { startRedshift, type Redshift } from '../../../local/redshift/server';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { account, region, startMinistack, type TestServer } from '../ministack/ministackServer';
import { deploy, outputsOf, remove, type Resources, type StackResult } from '../ministack/stacks';
import { SearchNode } from '../opensearch/searchNode';
import { bars, category, definition, distinct, kpi, sheet, sum, table } from './definitions';

const stateDir = temporaryFolder('quicksight-deployed');
const use = new PermissionUse();
let server: TestServer;
let redshift: Redshift;
let service: Awaited<ReturnType<typeof startQuickSight>>;
let node: SearchNode;
let stacks: CloudFormationClient;
let quicksight: QuickSightClient;
let outputs: StackResult['outputs'];

const attribute = (id: string, name = 'Arn') => ({ 'Fn::GetAtt': [id, name] });
const reader = { Principal: `arn:aws:quicksight:us-east-1:${account}:group/default/shop`, Actions: ['quicksight:DescribeDataSet'] };
const columns = [{ Name: 'vendor', Type: 'STRING' }, { Name: 'revenue', Type: 'DECIMAL' }, { Name: 'at', Type: 'DATETIME' }];
const dataSet = (DataSetId: string, source: string, more: object = {}) => ({
  Type: 'AWS::QuickSight::DataSet',
  Properties: {
    AwsAccountId: account, DataSetId, Name: DataSetId, ImportMode: 'DIRECT_QUERY',
    PhysicalTableMap: { rows: { CustomSql: { DataSourceArn: attribute(source), Name: DataSetId, SqlQuery: 'SELECT vendor, revenue, "at" FROM sales', Columns: columns } } },
    ...more,
  },
});
const dashboard = (DashboardId: string, set: string, visuals: Parameters<typeof sheet>[0]['visuals'], more: object = {}) => ({
  Type: 'AWS::QuickSight::Dashboard',
  Properties: { AwsAccountId: account, DashboardId, Name: DashboardId, Definition: { ...definition('', [sheet({ name: 'Today', visuals })], [], more), DataSetIdentifierDeclarations: [{ Identifier: 'shop', DataSetArn: attribute(set) }] } },
});

const LAKE_ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'quicksight.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    Policies: [
      {
        PolicyName: 'asking',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'], Resource: `arn:aws:athena:${region}:${account}:workgroup/people` },
            { Effect: 'Allow', Action: ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitions'], Resource: ['catalog', 'database/lake', 'table/lake/vendors'].map((resource) => `arn:aws:glue:${region}:${account}:${resource}`) },
            { Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::lake', 'arn:aws:s3:::lake/*'] },
          ],
        },
      },
    ],
  },
};
const RESOURCES: Resources = {
  Namespace: { Type: 'AWS::RedshiftServerless::Namespace', Properties: { NamespaceName: 'shop', DbName: 'shop' } },
  Workgroup: { Type: 'AWS::RedshiftServerless::Workgroup', Properties: { WorkgroupName: 'shop', NamespaceName: { Ref: 'Namespace' }, BaseCapacity: 8 } },
  Connection: { Type: 'AWS::QuickSight::VPCConnection', Properties: { AwsAccountId: account, VPCConnectionId: 'shop', Name: 'shop', SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'], RoleArn: attribute('LakeRole') } },
  LakeRole: LAKE_ROLE,
  Warehouse: {
    Type: 'AWS::QuickSight::DataSource',
    Properties: {
      AwsAccountId: account, DataSourceId: 'warehouse', Name: 'warehouse', Type: 'REDSHIFT',
      DataSourceParameters: { RedshiftParameters: { Host: `shop.${account}.${region}.redshift-serverless.amazonaws.com`, Port: '5439', Database: 'shop' } },
      Credentials: { CredentialPair: { Username: 'reader', Password: 'secret' } },
      VpcConnectionProperties: { VpcConnectionArn: attribute('Connection') },
      SslProperties: { DisableSsl: false },
    },
  },
  Lake: { Type: 'AWS::QuickSight::DataSource', Properties: { AwsAccountId: account, DataSourceId: 'lake', Name: 'lake', Type: 'ATHENA', DataSourceParameters: { AthenaParameters: { WorkGroup: 'people', RoleArn: attribute('LakeRole') } } } },
  Search: { Type: 'AWS::QuickSight::DataSource', Properties: { AwsAccountId: account, DataSourceId: 'search', Name: 'search', Type: 'AMAZON_OPENSEARCH', DataSourceParameters: { AmazonOpenSearchParameters: { Domain: 'website-dev' } } } },
  Live: dataSet('live', 'Warehouse', { Permissions: [reader], Tags: [{ Key: 'shop', Value: 'website' }] }),
  Night: dataSet('night', 'Lake', { ImportMode: 'SPICE', PhysicalTableMap: { rows: { CustomSql: { DataSourceArn: attribute('Lake'), Name: 'night', SqlQuery: `SELECT vendor, sold_amount / 100.0 AS revenue, CAST(day AS DATE) AS "at" FROM "lake"."vendors";`, Columns: columns } } } }),
  Refresh: { Type: 'AWS::QuickSight::RefreshSchedule', DependsOn: 'Night', Properties: { AwsAccountId: account, DataSetId: 'night', Schedule: { ScheduleId: 'daily', RefreshType: 'FULL_REFRESH', ScheduleFrequency: { Interval: 'DAILY', TimeOfTheDay: '05:00', TimeZone: 'UTC' } } } },
  Orders: dataSet('orders', 'Search', {
    PhysicalTableMap: { rows: { RelationalTable: { DataSourceArn: attribute('Search'), Name: 'dev-orders', InputColumns: [{ Name: 'vendor', Type: 'STRING' }, { Name: 'total.amount', Type: 'INTEGER' }, { Name: 'synthetic', Type: 'BOOLEAN' }, { Name: 'createdAt', Type: 'DATETIME' }] } } },
  }),
  LiveShop: dashboard('live-shop', 'Live', [kpi('revenue', 'Revenue', sum('revenue')), bars('vendors', 'Vendors', category('vendor'), sum('revenue'))]),
  Yesterday: dashboard('yesterday', 'Night', [table('sold', 'Sold', [category('vendor')], [sum('revenue')])]),
  OrderPages: dashboard('orders', 'Orders', [table('ordered', 'Ordered', [category('vendor')], [sum('total'), distinct('vendor')])], {
    CalculatedFields: [{ DataSetIdentifier: 'shop', Name: 'total', Expression: '{total.amount} / 100' }],
    FilterGroups: [{ FilterGroupId: 'real', CrossDataset: 'SINGLE_DATASET', Status: 'ENABLED', ScopeConfiguration: { AllSheets: {} }, Filters: [{ CategoryFilter: { FilterId: 'real', Column: { DataSetIdentifier: 'shop', ColumnName: 'synthetic' }, Configuration: { FilterListConfiguration: { MatchOperator: 'CONTAINS', CategoryValues: ['false'], NullOption: 'NON_NULLS_ONLY' } } } }] }],
  }),
  Copy: { Type: 'AWS::QuickSight::Analysis', Properties: { AwsAccountId: account, AnalysisId: 'copy', Name: 'copy', Definition: { ...definition('', [sheet({ name: 'Today', visuals: [kpi('revenue', 'Revenue', sum('revenue'))] })]), DataSetIdentifierDeclarations: [{ Identifier: 'shop', DataSetArn: attribute('Live') }] } } },
};

beforeAll(async () => {
  const [port, redshiftPort] = [await freePort(), await freePort()];
  node = await SearchNode.start();
  server = await startMinistack({}, {}, use, { quicksight: port, 'redshift-serverless': redshiftPort, 'redshift-data': redshiftPort, es: Number(new URL(node.url).port) });
  redshift = await startRedshift({ port: redshiftPort, stateDir: path.join(stateDir, 'redshift'), endpoint: server.url });
  service = await startQuickSight({ port, stateDir, endpoint: server.url, pagesDir: stateDir });
  stacks = new CloudFormationClient(server.client());
  quicksight = new QuickSightClient(server.client());
  await fillLake();
  await node.call('PUT', '/dev-orders', JSON.stringify({ mappings: { properties: { createdAt: { type: 'date' } } } }));
  await node.call('POST', '/_bulk?refresh=true', [['Clay', 1_999, false], ['Wool', 500, false], ['Clay', 1, true]].flatMap(([vendor, amount, synthetic]) => [{ index: { _index: 'dev-orders' } }, { vendor, total: { amount }, synthetic, createdAt: '2026-11-22T10:00:00.000Z' }]).map((one) => `${JSON.stringify(one)}\n`).join(''), 'application/x-ndjson');
  outputs = await outputsOf(stacks, 'dashboards', RESOURCES, { Source: { Ref: 'Warehouse' }, Dashboard: attribute('LiveShop') });
  await fillWarehouse();
}, 300_000);
afterAll(async () => {
  stacks?.destroy();
  quicksight?.destroy();
  await service?.close();
  await redshift?.stop();
  await server?.stop();
  await node?.stop();
});

async function fillLake(): Promise<void> {
  const s3 = new S3Client({ ...server.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'lake' }));
  await s3.send(new PutObjectCommand({ Bucket: 'lake', Key: 'vendors/a.gz', Body: gzipSync('{"day":"2026-11-22","vendor":"Clay","sold_amount":1250}\n{"day":"2026-11-22","vendor":"Wool","sold_amount":300}\n') }));
  const glue = new GlueClient(server.client());
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'lake' } }));
  const Columns = [['day', 'string'], ['vendor', 'string'], ['sold_amount', 'bigint']].map(([Name, Type]) => ({ Name, Type }));
  await glue.send(new CreateTableCommand({ DatabaseName: 'lake', TableInput: { Name: 'vendors', Parameters: { classification: 'json' }, StorageDescriptor: { Location: 's3://lake/vendors/', Columns, SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' }, InputFormat: 'org.apache.hadoop.mapred.TextInputFormat', OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat' } } }));
  const athena = new AthenaClient(server.client());
  await athena.send(new CreateWorkGroupCommand({ Name: 'people', Configuration: { ResultConfiguration: { OutputLocation: 's3://lake/answers/' } } }));
  for (const client of [s3, glue, athena]) client.destroy();
}

async function fillWarehouse(): Promise<void> {
  const data = new RedshiftDataClient(server.client());
  for (const Sql of ['CREATE TABLE sales (vendor varchar, revenue decimal(18,2), "at" timestamp)', "INSERT INTO sales VALUES ('Clay', 12.50, '2026-11-22 10:00:00'), ('Wool', 30, '2026-11-22 11:30:00'), ('Clay', 40, '2026-11-23 11:30:00')"]) {
    const { Id } = await data.send(new ExecuteStatementCommand({ WorkgroupName: 'shop', Database: 'shop', Sql }));
    await eventually(async () => (await data.send(new DescribeStatementCommand({ Id }))).Status === 'FINISHED', 60);
  }
  data.destroy();
}

async function rowsOf(id: string, visual: string, choices: object = {}): Promise<VisualData> {
  const answer = await fetch(`http://127.0.0.1:${service.port}/_dashboards/${account}/${region}/${id}/visuals/${visual}`, { method: 'POST', body: JSON.stringify(choices), headers: { 'content-type': 'application/json' } });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as VisualData;
}

test('what a template says is there, as its own types say', async () => {
  expect(outputs).toEqual({ Source: `${account}|warehouse`, Dashboard: `arn:aws:quicksight:${region}:${account}:dashboard/live-shop` });
  await expect(quicksight.send(new ListDataSourcesCommand({ AwsAccountId: account }))).resolves.toMatchObject({ DataSources: expect.arrayContaining(['ATHENA', 'AMAZON_OPENSEARCH', 'REDSHIFT'].map((Type) => expect.objectContaining({ Type, Status: 'CREATION_SUCCESSFUL' }))) });
  await expect(quicksight.send(new DescribeVPCConnectionCommand({ AwsAccountId: account, VPCConnectionId: 'shop' }))).resolves.toMatchObject({ VPCConnection: { AvailabilityStatus: 'AVAILABLE' } });
  await expect(quicksight.send(new ListRefreshSchedulesCommand({ AwsAccountId: account, DataSetId: 'night' }))).resolves.toMatchObject({ RefreshSchedules: [{ ScheduleFrequency: { Interval: 'DAILY', TimeOfTheDay: '05:00', Timezone: 'UTC' } }] });
  await expect(quicksight.send(new DescribeDataSetPermissionsCommand({ AwsAccountId: account, DataSetId: 'live' }))).resolves.toMatchObject({ Permissions: [reader] });
});

test('a visual over Redshift is aggregated there, at each look', async () => {
  await expect(rowsOf('live-shop', 'revenue')).resolves.toMatchObject({ rows: [[82.5]], mode: 'DIRECT_QUERY', cut: false });
  await expect(rowsOf('live-shop', 'vendors')).resolves.toMatchObject({ rows: [['Clay', 52.5], ['Wool', 30]] });
});

test('a data set of SPICE has been filled from Athena, as the role of its data source', async () => {
  await expect(quicksight.send(new ListIngestionsCommand({ AwsAccountId: account, DataSetId: 'night' }))).resolves.toMatchObject({ Ingestions: [{ IngestionStatus: 'COMPLETED', RowInfo: { RowsIngested: 2, RowsDropped: 0 } }] });
  await expect(rowsOf('yesterday', 'sold')).resolves.toMatchObject({ rows: [['Clay', 12.5], ['Wool', 3]], mode: 'SPICE', asOf: expect.stringContaining('T') });
  expect(use.list().filter(({ action, decision }) => action === 'athena:StartQueryExecution' && decision === 'ALLOWED')).not.toEqual([]);
});

test('orders come from OpenSearch, calculated and filtered here', async () => {
  await expect(rowsOf('orders', 'ordered')).resolves.toMatchObject({ rows: [['Clay', 19.99, 1], ['Wool', 5, 1]], mode: 'DIRECT_QUERY' });
});

test('an update publishes the new version, and takes permissions away that are gone', async () => {
  const visuals = [bars('vendors', 'Vendors', category('vendor'), sum('revenue'))];
  const { status, failures } = await deploy(stacks, 'dashboards', { ...RESOURCES, Live: dataSet('live', 'Warehouse'), LiveShop: dashboard('live-shop', 'Live', visuals) });
  expect({ status, failures }).toEqual({ status: 'UPDATE_COMPLETE', failures: [] });
  await expect(quicksight.send(new DescribeDashboardCommand({ AwsAccountId: account, DashboardId: 'live-shop' }))).resolves.toMatchObject({ Dashboard: { Version: { VersionNumber: 2, Status: 'CREATION_SUCCESSFUL' } } });
  await expect(quicksight.send(new DescribeDataSetPermissionsCommand({ AwsAccountId: account, DataSetId: 'live' }))).resolves.toMatchObject({ Permissions: [] });
});

test('a dashboard that names a column its data set lacks fails its stack, which says so, and leaves nothing behind', async () => {
  const { status, failures } = await deploy(stacks, 'wrong', { Wrong: { ...dashboard('wrong', 'Live', [kpi('x', 'X', sum('turnover'))]), Properties: { AwsAccountId: account, DashboardId: 'wrong', Name: 'wrong', Definition: definition(`arn:aws:quicksight:${region}:${account}:dataset/live`, [sheet({ name: 'Today', visuals: [kpi('x', 'X', sum('turnover'))] })]) } } });
  expect(status).toMatch(/ROLLBACK_COMPLETE/);
  expect(failures.join()).toContain("COLUMN_REPLACEMENT_MISSING: Required column 'turnover' is missing");
  await expect(quicksight.send(new DescribeDashboardCommand({ AwsAccountId: account, DashboardId: 'wrong' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('with the stack all of it goes', async () => {
  await remove(stacks, 'dashboards');
  await expect(quicksight.send(new ListDataSourcesCommand({ AwsAccountId: account }))).resolves.toMatchObject({ DataSources: [] });
  await expect(quicksight.send(new ListDashboardsCommand({ AwsAccountId: account }))).resolves.toMatchObject({ DashboardSummaryList: [] });
});
