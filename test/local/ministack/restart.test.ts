import AdmZip from 'adm-zip';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { AdminCreateUserCommand, AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { invoke, layerContent, publishLayer } from './functions';
import { eventually } from '../../support/eventually';
import { startMinistack, type TestServer } from './ministackServer';
import { functionOf, outputsOf, type Resources } from './stacks';


const table = (TableName: string, more: object = {}): object => ({ Type: 'AWS::DynamoDB::Table', Properties: { TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], ...more } });
const resources: Resources = {
  ...functionOf('Hello', "async () => 'hello'"),
  ...functionOf('Reader', "async ({ Records }) => { const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb'); for (const record of Records) await new DynamoDBClient({}).send(new PutItemCommand({ TableName: 'read', Item: record.dynamodb.Keys })); }"),
  Orders: table('orders', { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }),
  Read: table('read'),
  Source: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Reader' }, EventSourceArn: { 'Fn::GetAtt': ['Orders', 'StreamArn'] }, StartingPosition: 'TRIM_HORIZON' } },
  ...functionOf('Due', "async () => { const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb'); await new DynamoDBClient({}).send(new PutItemCommand({ TableName: 'read', Item: { id: { S: 'due' } } })); }"),
  Hourly: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'function', Arn: { 'Fn::GetAtt': ['Due', 'Arn'] } }] } },
  Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
  Pages: { Type: 'AWS::S3::Bucket' },
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Pages' }, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Pages.Arn}/*' } }] } } },
  Access: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig: { Name: 'pages', OriginAccessControlOriginType: 's3', SigningBehavior: 'always', SigningProtocol: 'sigv4' } } },
  Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Enabled: true, DefaultCacheBehavior: { TargetOriginId: 'pages', ViewerProtocolPolicy: 'redirect-to-https', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' }, Origins: [{ Id: 'pages', DomainName: { 'Fn::GetAtt': ['Pages', 'RegionalDomainName'] }, OriginAccessControlId: { 'Fn::GetAtt': ['Access', 'Id'] }, S3OriginConfig: { OriginAccessIdentity: '' } }] } } },
};
const outputs = { Hello: { Ref: 'Hello' }, Pool: { Ref: 'Pool' }, Pages: { Ref: 'Pages' }, Site: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Distribution', 'DomainName'] }]] } };

describe('after a restart', () => {
  let server: TestServer;
  let cloudFormation: CloudFormationClient;
  let dynamo: DynamoDBClient;
  let cognito: CognitoIdentityProviderClient;
  let names: Readonly<Record<string, string>> = {};

  const put = (id: string) => dynamo.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: id } } }));
  const has = async (TableName: string, id: string) => (await dynamo.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))).Item !== undefined;

  beforeAll(async () => {
    server = await startMinistack();
    cloudFormation = new CloudFormationClient(server.client());
    dynamo = new DynamoDBClient(server.client());
    cognito = new CognitoIdentityProviderClient(server.client());
    names = await outputsOf(cloudFormation, 'kept', resources, outputs);
    await put('first');
    await eventually(() => has('read', 'first'));
    await cognito.send(new AdminCreateUserCommand({ UserPoolId: names['Pool'], Username: 'ada' }));
    await new S3Client({ ...server.client(), forcePathStyle: true }).send(new PutObjectCommand({ Bucket: names['Pages'], Key: 'index.html', Body: 'page', ContentType: 'text/html' }));
  });
  afterAll(() => server?.stop());

  const everything = { stack: 'CREATE_COMPLETE', order: true, answer: 'hello', user: 'ada', page: 'page', type: 'text/html' };
  async function whatIsThere(): Promise<Record<string, unknown>> {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'kept' }));
    const page = await fetch(`${names['Site']}/index.html`);
    return {
      stack: Stacks?.[0]?.StackStatus,
      order: await has('orders', 'first'),
      answer: (await invoke(server, names['Hello'] ?? '')).payload,
      user: (await cognito.send(new AdminGetUserCommand({ UserPoolId: names['Pool'], Username: 'ada' }))).Username,
      page: await page.text(),
      type: page.headers.get('content-type'),
    };
  }

  it('everything that was made is there, at the same address', async () => {
    expect(await whatIsThere()).toEqual(everything);
    await server.restart('SIGTERM');
    expect(await whatIsThere()).toEqual(everything);
  });

  it('a layer has its content, which is no part of what is saved again and again', async () => {
    const zip = new AdmZip();
    zip.addFile('python/tool.txt', Buffer.from('a tool'.repeat(1_000)));
    const content = zip.toBuffer();
    const version = await publishLayer(server, 'tools', content);
    await server.restart('SIGTERM');
    expect((await layerContent(server, version)).toString('base64')).toBe(content.toString('base64'));
    expect(await server.saved('lambda')).not.toContain('_zip_data');
  });

  it('a stream is read on from the first new record', async () => {
    await put('second');
    await expect(eventually(() => has('read', 'second'))).resolves.toBe(true);
  });

  it('what a schedule asked for while the server was off is done soon after', async () => {
    expect(await has('read', 'due')).toBe(false);
    await server.restart('SIGTERM', async () => {
      const saved = await server.saved('eventbridge');
      // The hour passes.
      await server.save('eventbridge', saved.replaceAll(/("CreationTime": )(\d+)/g, (_, name: string, since: string) => `${name}${Number(since) - 3_600}`));
    });
    await expect(eventually(() => has('read', 'due'))).resolves.toBe(true);
  });

  it('even a killed server has what was made some seconds before', async () => {
    await put('third');
    await eventually(async () => (await server.saved('dynamodb')).includes('third') && (await server.saved('cloudformation')).includes('kept'));
    await server.restart('SIGKILL');

    expect(await has('orders', 'third')).toBe(true);
    expect(await whatIsThere()).toEqual(everything);
  });
});
