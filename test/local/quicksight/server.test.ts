import path from 'node:path';
import {
  CreateAnalysisCommand, CreateDashboardCommand, CreateDataSetCommand, CreateDataSourceCommand, CreateIngestionCommand, CreateRefreshScheduleCommand, CreateTemplateCommand, CreateVPCConnectionCommand,
  DeleteAnalysisCommand, DeleteDashboardCommand, DeleteDataSetCommand, DeleteDataSourceCommand, DeleteRefreshScheduleCommand, DeleteVPCConnectionCommand,
  DescribeAccountSubscriptionCommand, DescribeAnalysisCommand, DescribeDashboardCommand, DescribeDashboardDefinitionCommand, DescribeDashboardPermissionsCommand, DescribeDataSetCommand, DescribeDataSourceCommand, DescribeIngestionCommand, DescribeRefreshScheduleCommand, DescribeVPCConnectionCommand,
  ListAnalysesCommand, ListDashboardsCommand, ListDashboardVersionsCommand, ListDataSetsCommand, ListIngestionsCommand, ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand,
  UpdateAnalysisCommand, UpdateDashboardCommand, UpdateDashboardPermissionsCommand, UpdateDashboardPublishedVersionCommand, UpdateDataSetCommand, UpdateDataSourceCommand, UpdateRefreshScheduleCommand,
  QuickSightClient, type DashboardVersionDefinition,
} from '@aws-sdk/client-quicksight';
import { freePort } from '../../../local/host/ports';
import { quicksightPart } from '../../../local/quicksight/quicksightPart';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { PartProcess } from '../../support/partProcess';
import { bars, category, date, definition, filterOf, kpi, recently, sheet, sum } from './definitions';
import { ACCOUNT as AwsAccountId, arnOf, REGION, Shop } from './shop';

const folder = temporaryFolder('quicksight');
let shop: Shop;
const warehouse = arnOf('datasource', 'warehouse');
const sales = (SqlQuery: string, Type: 'DECIMAL' | 'STRING' = 'DECIMAL') => ({ sales: { CustomSql: { DataSourceArn: warehouse, Name: 'sales', SqlQuery, Columns: [{ Name: 'vendor', Type: 'STRING' as const }, { Name: 'revenue', Type }] } } });
const revenue = (set = 'direct') => definition(arnOf('dataset', set), [sheet({ name: 'Today', visuals: [kpi('revenue', 'Revenue', sum('revenue'))] })]) as unknown as DashboardVersionDefinition;
const send: Shop['quicksight']['send'] = (...args: [never]) => shop.quicksight.send(...args);

beforeAll(async () => {
  shop = await Shop.open(path.join(folder, 'shop'), folder);
  await shop.sell(['a', 'Clay', 'PAID', 1, 10, new Date()], ['b', 'Wool', 'PAID', 2, 32.5, new Date()], ['c', 'Clay', 'PAID', 1, 5, new Date(0)]);
  await shop.dataSet('direct');
});
afterAll(() => shop?.close());

const ingested = (DataSetId: string, IngestionId: string | undefined) =>
  eventually(async () => {
    const { Ingestion } = await send(new DescribeIngestionCommand({ AwsAccountId, DataSetId, IngestionId }));
    return Ingestion && ['COMPLETED', 'FAILED'].includes(Ingestion.IngestionStatus ?? '') && Ingestion;
  }, 30);

test('a data source is as it was made, but for its password', async () => {
  const Credentials = { CredentialPair: { Username: 'reader', Password: 'secret' } };
  const made = await send(new CreateDataSourceCommand({ AwsAccountId, DataSourceId: 'lake', Name: 'Lake', Type: 'ATHENA', DataSourceParameters: { AthenaParameters: { WorkGroup: 'people' } }, Credentials }));
  expect(made).toMatchObject({ Arn: arnOf('datasource', 'lake'), CreationStatus: 'CREATION_IN_PROGRESS', Status: 200 });
  const { DataSource } = await send(new DescribeDataSourceCommand({ AwsAccountId, DataSourceId: 'lake' }));
  expect(DataSource).toMatchObject({ Type: 'ATHENA', Status: 'CREATION_SUCCESSFUL', DataSourceParameters: { AthenaParameters: { WorkGroup: 'people' } }, CreatedTime: expect.any(Date) });
  expect(JSON.stringify(DataSource)).not.toContain('secret');
  await send(new UpdateDataSourceCommand({ AwsAccountId, DataSourceId: 'lake', Name: 'The lake', DataSourceParameters: { AthenaParameters: { WorkGroup: 'night' } } }));
  await expect(send(new DescribeDataSourceCommand({ AwsAccountId, DataSourceId: 'lake' }))).resolves.toMatchObject({ DataSource: { Name: 'The lake', Status: 'UPDATE_SUCCESSFUL' } });
  await send(new DeleteDataSourceCommand({ AwsAccountId, DataSourceId: 'lake' }));
  await expect(send(new DescribeDataSourceCommand({ AwsAccountId, DataSourceId: 'lake' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceType: 'DATA_SOURCE' });
});

test('a data set says its columns, also those that it renames and casts', async () => {
  await shop.dataSet('renamed', {
    PhysicalTableMap: sales("SELECT vendor, '7' AS revenue FROM sales", 'STRING'),
    LogicalTableMap: { sales: { Alias: 'sales', Source: { PhysicalTableId: 'sales' }, DataTransforms: [{ RenameColumnOperation: { ColumnName: 'revenue', NewColumnName: 'earned' } }, { CastColumnTypeOperation: { ColumnName: 'earned', NewColumnType: 'INTEGER' } }, { ProjectOperation: { ProjectedColumns: ['earned'] } }] } },
  });
  await expect(send(new DescribeDataSetCommand({ AwsAccountId, DataSetId: 'renamed' }))).resolves.toMatchObject({ DataSet: { OutputColumns: [{ Name: 'earned', Type: 'INTEGER' }], ImportMode: 'DIRECT_QUERY' } });
  await shop.dashboard('renamed', definition(arnOf('dataset', 'renamed'), [sheet({ name: 'Today', visuals: [kpi('earned', 'Earned', sum('earned'))] })]));
  await expect(shop.look('renamed', 'earned')).resolves.toMatchObject({ body: { rows: [[21]] } });
  await expect(send(new ListDataSetsCommand({ AwsAccountId, MaxResults: 1 }))).resolves.toMatchObject({ DataSetSummaries: [{ DataSetId: 'direct' }], NextToken: '1' });
});

test('a data set of SPICE is filled when it is made and when it is told, and keeps its rows meanwhile', async () => {
  const made = await shop.dataSet('kept', { ImportMode: 'SPICE', PhysicalTableMap: sales("SELECT vendor, revenue FROM sales UNION ALL SELECT 'nobody', NULL") });
  await expect(ingested('kept', made.IngestionId)).resolves.toMatchObject({ IngestionStatus: 'COMPLETED', RequestType: 'INITIAL_INGESTION', RowInfo: { RowsIngested: 4, RowsDropped: 0 } });
  await shop.dashboard('kept', revenue('kept'));
  const before = await shop.look('kept', 'revenue');
  expect(before).toMatchObject({ body: { rows: [[47.5]], mode: 'SPICE', asOf: expect.any(String) } });
  await shop.sell(['d', 'Wool', 'PAID', 1, 100, new Date()]);
  await expect(shop.look('kept', 'revenue')).resolves.toEqual(before);
  await send(new CreateIngestionCommand({ AwsAccountId, DataSetId: 'kept', IngestionId: 'again' }));
  await ingested('kept', 'again');
  await expect(shop.look('kept', 'revenue')).resolves.toMatchObject({ body: { rows: [[147.5]] } });
  await shop.run("DELETE FROM sales WHERE order_id = 'd'");
  await expect(send(new CreateIngestionCommand({ AwsAccountId, DataSetId: 'kept', IngestionId: 'again' }))).rejects.toMatchObject({ name: 'ResourceExistsException' });
  await expect(send(new CreateIngestionCommand({ AwsAccountId, DataSetId: 'direct', IngestionId: 'x' }))).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
});

test('an ingestion that fails says why, and what was there before is still shown, as old', async () => {
  const made = await shop.dataSet('failing', { ImportMode: 'SPICE', PhysicalTableMap: sales('SELECT vendor, revenue FROM sales') });
  await ingested('failing', made.IngestionId);
  await shop.dashboard('failing', revenue('failing'));
  const changed = await send(new UpdateDataSetCommand({ AwsAccountId, DataSetId: 'failing', Name: 'failing', ImportMode: 'SPICE', PhysicalTableMap: sales('SELECT vendor, revenue FROM nowhere') }));
  await expect(ingested('failing', changed.IngestionId)).resolves.toMatchObject({ IngestionStatus: 'FAILED', RequestType: 'EDIT', ErrorInfo: { Type: 'SQL_EXCEPTION', Message: expect.stringContaining('nowhere') } });
  await expect(shop.look('failing', 'revenue')).resolves.toMatchObject({ body: { rows: [[47.5]], stale: expect.stringContaining('nowhere') } });
  await send(new DeleteDataSetCommand({ AwsAccountId, DataSetId: 'failing' }));
  await expect(send(new ListIngestionsCommand({ AwsAccountId, DataSetId: 'failing' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(shop.look('failing', 'revenue')).resolves.toMatchObject({ status: 404 });
});

test('what was made and filled survives the end of its process', async () => {
  const [port, stateDir] = [await freePort(), path.join(folder, 'killed')];
  const part = quicksightPart({ port, stateDir, gatewayUrl: shop.sourceUrl });
  const client = new QuickSightClient({ endpoint: `http://127.0.0.1:${port}`, region: REGION, credentials: { accessKeyId: AwsAccountId, secretAccessKey: 'test' } });
  const running = await PartProcess.start(part, path.join(folder, 'part.log'));
  const DataSourceParameters = { RedshiftParameters: { Host: `shop.${AwsAccountId}.${REGION}.redshift-serverless.amazonaws.com`, Database: 'shop' } };
  await client.send(new CreateDataSourceCommand({ AwsAccountId, DataSourceId: 'warehouse', Name: 'warehouse', Type: 'REDSHIFT', DataSourceParameters }));
  const { IngestionId } = await client.send(new CreateDataSetCommand({ AwsAccountId, DataSetId: 'kept', Name: 'kept', ImportMode: 'SPICE', PhysicalTableMap: sales('SELECT vendor, revenue FROM sales') }));
  await client.send(new CreateDashboardCommand({ AwsAccountId, DashboardId: 'kept', Name: 'kept', Definition: revenue('kept') }));
  await eventually(async () => (await client.send(new DescribeIngestionCommand({ AwsAccountId, DataSetId: 'kept', IngestionId }))).Ingestion?.IngestionStatus === 'COMPLETED', 60);
  await running.end('SIGKILL');
  const again = await PartProcess.start(part, path.join(folder, 'part.log'));
  const answer = await fetch(`http://127.0.0.1:${port}/_dashboards/${AwsAccountId}/${REGION}/kept/visuals/revenue`, { method: 'POST', body: '{}' });
  await expect(answer.json()).resolves.toMatchObject({ rows: [[47.5]], mode: 'SPICE' });
  await again.end('SIGTERM');
  client.destroy();
}, 120_000);

test('a schedule is kept with its data set, and each wrong one is refused', async () => {
  await shop.dataSet('scheduled', { ImportMode: 'SPICE' });
  const Schedule = { ScheduleId: 'nightly', RefreshType: 'FULL_REFRESH' as const, ScheduleFrequency: { Interval: 'DAILY' as const, TimeOfTheDay: '05:00', Timezone: 'Europe/Berlin' } };
  await send(new CreateRefreshScheduleCommand({ AwsAccountId, DataSetId: 'scheduled', Schedule }));
  await send(new UpdateRefreshScheduleCommand({ AwsAccountId, DataSetId: 'scheduled', Schedule: { ...Schedule, ScheduleFrequency: { Interval: 'MINUTE15' } } }));
  await expect(send(new DescribeRefreshScheduleCommand({ AwsAccountId, DataSetId: 'scheduled', ScheduleId: 'nightly' }))).resolves.toMatchObject({ RefreshSchedule: { ScheduleFrequency: { Interval: 'MINUTE15', Timezone: 'UTC' } } });
  const wrong = [{ ...Schedule, ScheduleId: 'x', ScheduleFrequency: { Interval: 'WEEKLY' as const } }, { ...Schedule, ScheduleId: 'x', ScheduleFrequency: { Interval: 'DAILY' as const, TimeOfTheDay: '25:00' } }, { ...Schedule, ScheduleId: 'x', RefreshType: 'INCREMENTAL_REFRESH' as const }];
  for (const one of wrong) await expect(send(new CreateRefreshScheduleCommand({ AwsAccountId, DataSetId: 'scheduled', Schedule: one }))).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  await expect(send(new CreateRefreshScheduleCommand({ AwsAccountId, DataSetId: 'scheduled', Schedule }))).rejects.toMatchObject({ name: 'ResourceExistsException' });
  await expect(send(new CreateRefreshScheduleCommand({ AwsAccountId, DataSetId: 'direct', Schedule }))).rejects.toThrow(/not of SPICE/);
  await send(new DeleteRefreshScheduleCommand({ AwsAccountId, DataSetId: 'scheduled', ScheduleId: 'nightly' }));
  await expect(send(new DescribeRefreshScheduleCommand({ AwsAccountId, DataSetId: 'scheduled', ScheduleId: 'nightly' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a new version of a dashboard is shown once it is published', async () => {
  await shop.dashboard('versions', revenue());
  const Definition = definition(arnOf('dataset', 'direct'), [sheet({ name: 'Today', visuals: [bars('vendors', 'Vendors', category('vendor'), sum('revenue'))] })]) as unknown as DashboardVersionDefinition;
  const { VersionArn } = await send(new UpdateDashboardCommand({ AwsAccountId, DashboardId: 'versions', Name: 'Versions', VersionDescription: 'with vendors', Definition }));
  expect(VersionArn).toBe(`${arnOf('dashboard', 'versions')}/version/2`);
  await expect(shop.look('versions', 'vendors')).resolves.toMatchObject({ status: 404 });
  await send(new UpdateDashboardPublishedVersionCommand({ AwsAccountId, DashboardId: 'versions', VersionNumber: 2 }));
  await expect(shop.look('versions', 'vendors')).resolves.toMatchObject({ body: { rows: [['Wool', 32.5], ['Clay', 15]] } });
  await expect(send(new ListDashboardVersionsCommand({ AwsAccountId, DashboardId: 'versions' }))).resolves.toMatchObject({ DashboardVersionSummaryList: [{ VersionNumber: 2, Description: 'with vendors' }, { VersionNumber: 1 }] });
  await expect(send(new DescribeDashboardDefinitionCommand({ AwsAccountId, DashboardId: 'versions' }))).resolves.toMatchObject({ Definition });
  await expect(send(new DeleteDashboardCommand({ AwsAccountId, DashboardId: 'versions', VersionNumber: 2 }))).rejects.toThrow(/is published/);
  await send(new DeleteDashboardCommand({ AwsAccountId, DashboardId: 'versions' }));
  await expect(send(new DescribeDashboardCommand({ AwsAccountId, DashboardId: 'versions' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceType: 'DASHBOARD' });
});

test.each<[string, object, string]>([
  ['a data set that is not there', revenue('nowhere'), 'DATA_SET_NOT_FOUND'],
  ['a column that its data set lacks', definition(arnOf('dataset', 'direct'), [sheet({ name: 'Today', visuals: [kpi('x', 'X', sum('turnover'))] })]), 'COLUMN_REPLACEMENT_MISSING'],
  ['a sum of what is no number', definition(arnOf('dataset', 'direct'), [sheet({ name: 'Today', visuals: [kpi('x', 'X', sum('vendor'))] })]), 'COLUMN_TYPE_MISMATCH'],
  ['a step of time of what is no time', definition(arnOf('dataset', 'direct'), [sheet({ name: 'Today', visuals: [kpi('x', 'X', sum('revenue'), date('vendor', 'DAY'))] })]), 'COLUMN_TYPE_MISMATCH'],
  ['a filter by a column that its data set lacks', definition(arnOf('dataset', 'direct'), [sheet({ name: 'Today', visuals: [] })], [filterOf('x', recently('soldAt', 'DAY', 1))]), 'COLUMN_REPLACEMENT_MISSING'],
])('a dashboard with %s does not come about, and says so', async (what, wrong, Type) => {
  await expect(shop.dashboard(what.replaceAll(' ', '-'), wrong)).resolves.toMatchObject({ Status: 'CREATION_FAILED', Errors: [expect.objectContaining({ Type })] });
  await expect(send(new ListDashboardsCommand({ AwsAccountId }))).resolves.toMatchObject({ DashboardSummaryList: expect.arrayContaining([expect.not.objectContaining({ PublishedVersionNumber: 1 })]) });
});

test('an analysis is changed, and its id stays taken until it is deleted for good', async () => {
  await send(new CreateAnalysisCommand({ AwsAccountId, AnalysisId: 'copy', Name: 'Copy', Definition: revenue() }));
  await send(new UpdateAnalysisCommand({ AwsAccountId, AnalysisId: 'copy', Name: 'The copy', Definition: revenue() }));
  await expect(send(new DescribeAnalysisCommand({ AwsAccountId, AnalysisId: 'copy' }))).resolves.toMatchObject({ Analysis: { Name: 'The copy', Status: 'UPDATE_SUCCESSFUL', DataSetArns: [arnOf('dataset', 'direct')] } });
  await expect(send(new DeleteAnalysisCommand({ AwsAccountId, AnalysisId: 'copy' }))).resolves.toMatchObject({ DeletionTime: expect.any(Date) });
  await expect(send(new CreateAnalysisCommand({ AwsAccountId, AnalysisId: 'copy', Name: 'Copy', Definition: revenue() }))).rejects.toMatchObject({ name: 'ResourceExistsException' });
  await send(new DeleteAnalysisCommand({ AwsAccountId, AnalysisId: 'copy', ForceDeleteWithoutRecovery: true }));
  await expect(send(new ListAnalysesCommand({ AwsAccountId }))).resolves.toMatchObject({ AnalysisSummaryList: [] });
});

test('permissions and tags are given and taken away', async () => {
  await shop.dashboard('shared', revenue());
  const everybody = 'arn:aws:quicksight:us-east-1:222222222222:group/default/shop';
  const Actions = ['quicksight:DescribeDashboard', 'quicksight:QueryDashboard'];
  await send(new UpdateDashboardPermissionsCommand({ AwsAccountId, DashboardId: 'shared', GrantPermissions: [{ Principal: everybody, Actions }] }));
  await send(new UpdateDashboardPermissionsCommand({ AwsAccountId, DashboardId: 'shared', RevokePermissions: [{ Principal: everybody, Actions: Actions.slice(0, 1) }] }));
  await expect(send(new DescribeDashboardPermissionsCommand({ AwsAccountId, DashboardId: 'shared' }))).resolves.toMatchObject({ Permissions: [{ Principal: everybody, Actions: Actions.slice(1) }] });
  const ResourceArn = arnOf('dashboard', 'shared');
  await send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] }));
  await send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
  await expect(send(new ListTagsForResourceCommand({ ResourceArn }))).resolves.toMatchObject({ Tags: [{ Key: 'b', Value: '2' }] });
});

test('a VPC connection is available at once, and gone when it is deleted', async () => {
  const settings = { AwsAccountId, VPCConnectionId: 'shop', Name: 'shop', SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'], RoleArn: 'arn:aws:iam::222222222222:role/interfaces' };
  await send(new CreateVPCConnectionCommand(settings));
  await expect(send(new DescribeVPCConnectionCommand({ AwsAccountId, VPCConnectionId: 'shop' }))).resolves.toMatchObject({ VPCConnection: { Status: 'CREATION_SUCCESSFUL', AvailabilityStatus: 'AVAILABLE', NetworkInterfaces: [{ SubnetId: 'subnet-1' }, {}] } });
  await expect(send(new CreateVPCConnectionCommand({ ...settings, VPCConnectionId: 'one', SubnetIds: ['subnet-1'] }))).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  await send(new DeleteVPCConnectionCommand({ AwsAccountId, VPCConnectionId: 'shop' }));
  await expect(send(new DescribeVPCConnectionCommand({ AwsAccountId, VPCConnectionId: 'shop' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('what QuickSight would refuse, or this machine does not know, is refused by name', async () => {
  const DataSourceParameters = { RedshiftParameters: { Database: 'shop' } };
  await expect(send(new CreateDataSourceCommand({ AwsAccountId, DataSourceId: 'x', Name: 'x', Type: 'ATHENA', DataSourceParameters }))).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringContaining('AthenaParameters') });
  await expect(send(new CreateDataSourceCommand({ AwsAccountId, DataSourceId: 'x', Name: 'x', Type: 'S3', DataSourceParameters: { S3Parameters: { ManifestFileLocation: { Bucket: 'b', Key: 'k' } } } }))).rejects.toThrow(/Type/);
  await expect(shop.dataSet('x', { PhysicalTableMap: { a: { RelationalTable: { DataSourceArn: arnOf('datasource', 'nobody'), Name: 'a', InputColumns: [{ Name: 'a', Type: 'STRING' }] } } } })).rejects.toThrow(/nobody does not exist/);
  await expect(shop.dataSet('direct')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  await expect(send(new CreateDashboardCommand({ AwsAccountId, DashboardId: 'x', Name: 'x', SourceEntity: { SourceTemplate: { Arn: 'arn:aws:quicksight:us-east-1:222222222222:template/x', DataSetReferences: [] } } }))).rejects.toThrow(/SourceEntity/);
  await expect(send(new CreateTemplateCommand({ AwsAccountId, TemplateId: 'x' }))).rejects.toMatchObject({ name: 'UnknownOperationException', message: expect.stringContaining('/templates/x') });
  await expect(send(new DescribeDashboardCommand({ AwsAccountId: '111111111111', DashboardId: 'x' }))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(send(new DescribeAccountSubscriptionCommand({ AwsAccountId }))).resolves.toMatchObject({ AccountInfo: { AccountSubscriptionStatus: 'ACCOUNT_CREATED', Edition: 'ENTERPRISE' } });
});
