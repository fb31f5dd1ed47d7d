import { CloudFormationClient, CreateStackCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeContinuousBackupsCommand, DescribeTableCommand, DescribeTimeToLiveCommand, DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startMinistack, type TestServer } from './ministackServer';
import { deploy, remove } from './stacks';


const table = (more: object = {}, keys: readonly string[] = ['id']): object => ({
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    ...more,
  },
});

describe('an update of a stack', () => {
  let server: TestServer;
  let cloudFormation: CloudFormationClient;
  let dynamo: DynamoDBClient;
  beforeAll(async () => {
    server = await startMinistack();
    cloudFormation = new CloudFormationClient(server.client());
    dynamo = new DynamoDBClient(server.client());
  });
  afterAll(() => server?.stop());

  const tableOf = async (stack: string): Promise<string> => {
    const { StackResourceSummaries = [] } = await cloudFormation.send(new ListStackResourcesCommand({ StackName: stack }));
    return StackResourceSummaries.find(({ ResourceType }) => ResourceType === 'AWS::DynamoDB::Table')?.PhysicalResourceId ?? '';
  };
  const put = (name: string, id: string) => dynamo.send(new PutItemCommand({ TableName: name, Item: { id: { S: id } } }));
  const has = async (name: string, id: string) => (await dynamo.send(new GetItemCommand({ TableName: name, Key: { id: { S: id } } }))).Item !== undefined;

  it('keeps the items of a retained table when its stack is deleted and made again', async () => {
    await deploy(cloudFormation, 'again', { Orders: table() });
    const first = await tableOf('again');
    await put(first, 'order-1');
    await remove(cloudFormation, 'again');
    await deploy(cloudFormation, 'again', { Orders: table() });

    expect(await tableOf('again')).not.toBe(first);
    expect(await has(first, 'order-1')).toBe(true);
  });

  it('keeps a generated name and the items while nothing forces a replacement', async () => {
    await deploy(cloudFormation, 'steady', { Orders: table() });
    const name = await tableOf('steady');
    await put(name, 'order-1');
    const { status } = await deploy(cloudFormation, 'steady', { Orders: table({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }) });

    expect(status).toBe('UPDATE_COMPLETE');
    expect(await tableOf('steady')).toBe(name);
    expect(await has(name, 'order-1')).toBe(true);
  });

  it('keeps a parameter’s generated name, which has no slash: the CDK builds its ARN of it', async () => {
    const parameter = (Value: string): Record<string, object> => ({ Checkpoint: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value } } });
    const made = await deploy(cloudFormation, 'parameter', parameter('{}'), { Name: { Ref: 'Checkpoint' } });
    expect(made.outputs['Name']).toMatch(/^CFN-Checkpoint-\w+$/);
    const changed = await deploy(cloudFormation, 'parameter', parameter('{"round":1}'), { Name: { Ref: 'Checkpoint' } });
    expect(changed).toEqual({ ...made, status: 'UPDATE_COMPLETE' });
  });

  it('makes a new table for a new key, and keeps the old one with its items', async () => {
    await deploy(cloudFormation, 'rekeyed', { Orders: table() });
    const old = await tableOf('rekeyed');
    await put(old, 'order-1');
    const { status } = await deploy(cloudFormation, 'rekeyed', { Orders: table({}, ['id', 'line']) });

    expect(status).toBe('UPDATE_COMPLETE');
    expect(await tableOf('rekeyed')).not.toBe(old);
    expect(await has(old, 'order-1')).toBe(true);
  });

  it('goes back to what was, and says why, when a resource fails', async () => {
    await deploy(cloudFormation, 'undone', { Orders: table() });
    const name = await tableOf('undone');
    const tables = (await dynamo.send(new ListTablesCommand({}))).TableNames;
    const result = await deploy(cloudFormation, 'undone', {
      Orders: table({}, ['id', 'line']),
      Broken: { Type: 'AWS::S3::BucketPolicy', DependsOn: 'Orders', Properties: { Bucket: { 'Fn::GetAtt': ['Orders', 'NoSuchAttribute'] }, PolicyDocument: {} } },
    });

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(result.failures.join()).toContain('NoSuchAttribute');
    expect(await tableOf('undone')).toBe(name);
    expect((await dynamo.send(new ListTablesCommand({}))).TableNames).toEqual(expect.arrayContaining(tables ?? []));
  });

  it('gives a table its time to live, its recovery and the status of its indexes', async () => {
    await deploy(cloudFormation, 'complete', {
      Orders: table({
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }, { AttributeName: 'customer', AttributeType: 'S' }],
        GlobalSecondaryIndexes: [{ IndexName: 'byCustomer', KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }],
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    });
    const TableName = await tableOf('complete');
    const described = await dynamo.send(new DescribeTableCommand({ TableName }));
    const ttl = await dynamo.send(new DescribeTimeToLiveCommand({ TableName }));
    const backups = await dynamo.send(new DescribeContinuousBackupsCommand({ TableName }));

    expect(described.Table?.GlobalSecondaryIndexes?.[0]?.IndexStatus).toBe('ACTIVE');
    expect(ttl.TimeToLiveDescription).toEqual({ AttributeName: 'expires', TimeToLiveStatus: 'ENABLED' });
    expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe('ENABLED');
  });

  it('reads the output of another stack, also in another account and region', async () => {
    const elsewhere = new CloudFormationClient({ ...server.client('333333333333'), region: 'eu-central-1' });
    await deploy(elsewhere, 'producer', { Topic: { Type: 'AWS::SNS::Topic' } }, { Where: { Ref: 'AWS::Region' } });
    const weak = { StackName: 'producer', OutputName: 'Where', Region: 'eu-central-1', RoleArn: 'arn:aws:iam::333333333333:role/reader' };
    const { outputs } = await deploy(cloudFormation, 'consumer', { Topic: { Type: 'AWS::SNS::Topic' } }, { Where: { 'Fn::GetStackOutput': weak } });

    expect(outputs).toEqual({ Where: 'eu-central-1' });
  });

  it('is refused by name, before anything is made, for a type that nobody answers', async () => {
    const TemplateBody = JSON.stringify({ Resources: { Lens: { Type: 'AWS::Imaginary::Lens' }, Topic: { Type: 'AWS::SNS::Topic' } } });
    await expect(cloudFormation.send(new CreateStackCommand({ StackName: 'unknown', TemplateBody }))).rejects.toThrow('AWS::Imaginary::Lens');
  });

  it('accepts the types that mean nothing on one machine', async () => {
    const { status } = await deploy(cloudFormation, 'kept', {
      Connection: { Type: 'AWS::CodeConnections::Connection', Properties: { ConnectionName: 'github', ProviderType: 'GitHub' } },
      Rule: { Type: 'AWS::CodeStarNotifications::NotificationRule', Properties: { Name: 'failures', DetailType: 'FULL', EventTypeIds: [], Targets: [], Resource: { Ref: 'Connection' } } },
    });
    expect(status).toBe('CREATE_COMPLETE');
  });
});
