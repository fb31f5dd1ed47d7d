import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { DescribeStatementCommand, ExecuteStatementCommand, GetStatementResultCommand, RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { ListNamespacesCommand, ListWorkgroupsCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { freePort } from '../../../local/host/ports';
import { PermissionUse } from '../../../local/permissions/use/permissionUse';
import { startRedshift, type Redshift } from '../../../local/redshift/server';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { startMinistack, type TestServer } from '../ministack/ministackServer';
import { outputsOf, remove } from '../ministack/stacks';

const stateDir = temporaryFolder('redshift-deployed');
const use = new PermissionUse();
let server: TestServer;
let redshift: Redshift;

beforeAll(async () => {
  const port = await freePort();
  server = await startMinistack({}, {}, use, { 'redshift-serverless': port, 'redshift-data': port });
  redshift = await startRedshift({ port, stateDir, endpoint: server.url });
});
afterAll(async () => {
  await redshift?.stop();
  await server?.stop();
});

const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const reading = ['kinesis:DescribeStreamSummary', 'kinesis:GetShardIterator', 'kinesis:GetRecords'];
const RESOURCES = {
  Clicks: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
  Streaming: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'redshift.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      Policies: [
        {
          PolicyName: 'reading',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: reading, Resource: attribute('Clicks', 'Arn') },
              { Effect: 'Allow', Action: ['kinesis:ListStreams', 'kinesis:ListShards'], Resource: '*' },
            ],
          },
        },
      ],
    },
  },
  Namespace: { Type: 'AWS::RedshiftServerless::Namespace', Properties: { NamespaceName: 'shop', DbName: 'shop', IamRoles: [attribute('Streaming', 'Arn')] } },
  Workgroup: { Type: 'AWS::RedshiftServerless::Workgroup', Properties: { WorkgroupName: 'shop', NamespaceName: { Ref: 'Namespace' }, BaseCapacity: 8, ConfigParameters: [{ ParameterKey: 'enable_case_sensitive_identifier', ParameterValue: 'true' }] } },
};

test('a workgroup of a template reads a stream of it as its role, each record once', async () => {
  const stacks = new CloudFormationClient(server.client());
  const outputs = await outputsOf(stacks, 'analytics', RESOURCES, {
    Stream: { Ref: 'Clicks' },
    Role: attribute('Streaming', 'Arn'),
    Workgroup: attribute('Workgroup', 'Workgroup.WorkgroupName'),
    Host: attribute('Workgroup', 'Workgroup.Endpoint.Address'),
  });
  const data = new RedshiftDataClient(server.client());
  const run = async (Sql: string): Promise<string | undefined> => {
    const { Id } = await data.send(new ExecuteStatementCommand({ WorkgroupName: outputs['Workgroup'], Database: 'shop', Sql }));
    const ended = await eventually(async () => {
      const found = await data.send(new DescribeStatementCommand({ Id }));
      return ['FINISHED', 'FAILED', 'ABORTED'].includes(found.Status ?? '') && found;
    }, 60);
    expect(ended).toMatchObject({ Status: 'FINISHED' });
    return Id;
  };
  const Records = ['{"eventId":"a"}', 'not JSON', '{"eventId":"b"}'].map((text) => ({ Data: Buffer.from(text), PartitionKey: 'session' }));
  const kinesis = new KinesisClient(server.client());
  await kinesis.send(new PutRecordsCommand({ StreamName: outputs['Stream'], Records }));
  kinesis.destroy();

  expect(outputs['Host']).toMatch(/^shop\.\d{12}\..*\.redshift-serverless\.amazonaws\.com$/);
  await run(`CREATE EXTERNAL SCHEMA streams FROM KINESIS IAM_ROLE '${outputs['Role']}'`);
  await run(`CREATE MATERIALIZED VIEW raw AUTO REFRESH NO AS SELECT JSON_PARSE(kinesis_data) AS payload FROM streams."${outputs['Stream']}" WHERE CAN_JSON_PARSE(kinesis_data)`);
  await run('REFRESH MATERIALIZED VIEW raw');
  await run('REFRESH MATERIALIZED VIEW raw');
  const { Records: rows = [] } = await data.send(new GetStatementResultCommand({ Id: await run('SELECT payload."eventId"::varchar AS event_id FROM raw ORDER BY 1') }));
  expect(rows.map(([field]) => field?.stringValue)).toEqual(['a', 'b']);
  expect(use.list().filter(({ action, decision }) => action === 'kinesis:GetRecords' && decision === 'ALLOWED')).not.toEqual([]);

  await remove(stacks, 'analytics');
  const serverless = new RedshiftServerlessClient(server.client());
  await expect(serverless.send(new ListWorkgroupsCommand({}))).resolves.toMatchObject({ workgroups: [] });
  await expect(serverless.send(new ListNamespacesCommand({}))).resolves.toMatchObject({ namespaces: [] });
}, 300_000);
