import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { PermissionUse } from '../../../local/permissions/use/permissionUse';
import { eventually } from '../../support/eventually';
import { invoke } from '../ministack/functions';
import { account, region, startMinistack, type TestServer } from '../ministack/ministackServer';
import { received } from '../ministack/queues';
import { deploy, functionOf, outputsOf, type Resources } from '../ministack/stacks';
import { ended as executionEnded, start, stateMachineOf } from '../ministack/stateMachines';

const stranger = '999999999999';
const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const tableOf = (id: string, more: object = {}): Resources => ({
  [id]: { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], ...more } },
});
const grant = (id: string, role: string, ...statements: readonly object[]): Resources => ({
  [id]: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: id, Roles: [{ Ref: role }], PolicyDocument: { Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) } } },
});
/** Does one thing with DynamoDB and answers how it went. */
const askingDynamo = (command: string, input: string) =>
  `async (event) => { const dynamo = require('@aws-sdk/client-dynamodb'); try { await new dynamo.DynamoDBClient({}).send(new dynamo.${command}(${input})); return 'done'; } catch (error) { return { name: error.name, message: error.message, status: error.$metadata.httpStatusCode }; } }`;

describe('with permissions enforced', () => {
  const use = new PermissionUse();
  let server: TestServer;
  let stacks: CloudFormationClient;
  let dynamo: DynamoDBClient;

  beforeAll(async () => {
    server = await startMinistack({}, {}, use);
    stacks = new CloudFormationClient(server.client());
    dynamo = new DynamoDBClient(server.client());
  });
  afterAll(() => server?.stop());

  const itemsIn = async (TableName = '') => (await dynamo.send(new ScanCommand({ TableName }))).Items?.map(({ id }) => id?.S) ?? [];

  test('a function that lacks a permission fails with the error AWS gives, until its policy is deployed, and again once it is taken away', async () => {
    const resources = {
      ...tableOf('Table'),
      ...functionOf('Writer', askingDynamo('PutItemCommand', "{ TableName: process.env.TABLE, Item: { id: { S: 'written' } } }"), { Environment: { Variables: { TABLE: { Ref: 'Table' } } } }),
    };
    const allowed = { ...resources, ...grant('MayWrite', 'WriterRole', { Action: 'dynamodb:PutItem', Resource: attribute('Table', 'Arn') }) };
    const { Writer = '', Table = '' } = await outputsOf(stacks, 'writing', resources, { Writer: { Ref: 'Writer' }, Table: { Ref: 'Table' } });
    const refused = {
      name: 'AccessDeniedException',
      status: 400,
      message: expect.stringMatching(
        new RegExp(`^User: arn:aws:sts::${account}:assumed-role/writing-WriterRole-\\w+/${Writer} is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:${region}:${account}:table/${Table} because no identity-based policy allows the dynamodb:PutItem action$`),
      ),
    };
    expect((await invoke(server, Writer)).payload).toEqual(refused);
    expect(await itemsIn(Table)).toEqual([]);

    await outputsOf(stacks, 'writing', allowed, {});
    expect((await invoke(server, Writer)).payload).toBe('done');
    expect(await itemsIn(Table)).toEqual(['written']);

    await outputsOf(stacks, 'writing', resources, {});
    expect((await invoke(server, Writer)).payload).toEqual(refused);
  });

  test('what is not known here is refused to a role, and named', async () => {
    const code = askingDynamo('ExecuteStatementCommand', '{ Statement: `SELECT * FROM "any"` }');
    const { Asker = '' } = await outputsOf(stacks, 'asking', { ...functionOf('Asker', code), ...grant('MayAll', 'AskerRole', { Action: '*', Resource: '*' }) }, { Asker: { Ref: 'Asker' } });
    expect((await invoke(server, Asker)).payload).toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining('ExecuteStatement of dynamodb is not known here') });
  });

  test('Firehose reads a stream and writes a bucket as its role, and keeps what it may not deliver until it may', async () => {
    const destination = { BucketARN: attribute('Raw', 'Arn'), RoleARN: attribute('Firehose', 'Arn'), Prefix: 'raw/', BufferingHints: { IntervalInSeconds: 0, SizeInMBs: 1 } };
    const may = (id: string, Action: readonly string[], Resource: unknown): Resources => grant(id, 'Firehose', { Action, Resource });
    const reading = may('MayRead', ['kinesis:DescribeStream', 'kinesis:GetShardIterator', 'kinesis:GetRecords', 'kinesis:ListShards'], attribute('Clicks', 'Arn'));
    const looking = may('MayLook', ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], attribute('Raw', 'Arn'));
    const resources = {
      Clicks: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
      Raw: { Type: 'AWS::S3::Bucket' },
      Firehose: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole' }] } } },
      Delivery: {
        Type: 'AWS::KinesisFirehose::DeliveryStream',
        Properties: { DeliveryStreamType: 'KinesisStreamAsSource', KinesisStreamSourceConfiguration: { KinesisStreamARN: attribute('Clicks', 'Arn'), RoleARN: attribute('Firehose', 'Arn') }, ExtendedS3DestinationConfiguration: destination },
      },
      ...looking,
    };
    const { Clicks = '', Raw = '' } = await outputsOf(stacks, 'delivering', resources, { Clicks: { Ref: 'Clicks' }, Raw: { Ref: 'Raw' } });
    const s3 = new S3Client({ ...server.client(), forcePathStyle: true });
    const delivered = async (): Promise<number> => (await s3.send(new ListObjectsV2Command({ Bucket: Raw, Prefix: 'raw/' }))).KeyCount ?? 0;
    const refusedOf = (action: string) => eventually(() => use.list().find((one) => one.action === action && one.role.includes('delivering-Firehose') && one.decision !== 'ALLOWED'));
    await new KinesisClient(server.client()).send(new PutRecordsCommand({ StreamName: Clicks, Records: [{ Data: Buffer.from('click'), PartitionKey: 'one' }] }));

    await refusedOf('kinesis:GetRecords');
    await outputsOf(stacks, 'delivering', { ...resources, ...reading }, {});
    await refusedOf('s3:PutObject');
    expect(await delivered()).toBe(0);
    await outputsOf(stacks, 'delivering', { ...resources, ...reading, ...may('MayWrite', ['s3:PutObject'], { 'Fn::Sub': '${Raw.Arn}/raw/*' }) }, {});
    await eventually(async () => (await delivered()) === 1);
  });

  test('a function whose role does not trust Lambda never runs', async () => {
    const { OrphanRole, ...rest } = functionOf('Orphan', 'async () => "ran"');
    const distrusting = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] } } };
    expect(OrphanRole).toBeDefined();
    const { Orphan = '' } = await outputsOf(stacks, 'distrusted', { ...rest, OrphanRole: distrusting }, { Orphan: { Ref: 'Orphan' } });
    const { failed, payload } = await invoke(server, Orphan);
    expect(failed).toBe(true);
    expect(JSON.stringify(payload)).toContain('cannot be assumed by Lambda');
  });

  test('a role is assumed from another account only by whom it trusts, and then does what it may in its own', async () => {
    const role = (principal: string) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }] } } });
    const bucket = { Shelf: { Type: 'AWS::S3::Bucket', Properties: {} } };
    const made = await outputsOf(
      stacks,
      'trusting',
      { ...bucket, Open: role(stranger), Closed: role(account), ...grant('MayRead', 'Open', { Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Shelf.Arn}/open/*' } }) },
      { Open: attribute('Open', 'Arn'), Closed: attribute('Closed', 'Arn'), Shelf: { Ref: 'Shelf' } },
    );
    const sts = new STSClient(server.client(stranger));
    await expect(sts.send(new AssumeRoleCommand({ RoleArn: made['Closed'], RoleSessionName: 'me' }))).rejects.toMatchObject({ name: 'AccessDenied' });
    const { Credentials: keys } = await sts.send(new AssumeRoleCommand({ RoleArn: made['Open'], RoleSessionName: 'me' }));
    const reader = new S3Client({ ...server.client(), forcePathStyle: true, credentials: { accessKeyId: keys?.AccessKeyId ?? '', secretAccessKey: keys?.SecretAccessKey ?? '', sessionToken: keys?.SessionToken } });
    const owner = new S3Client({ ...server.client(), forcePathStyle: true });
    for (const Key of ['open/a', 'closed/a']) await owner.send(new PutObjectCommand({ Bucket: made['Shelf'], Key, Body: 'text' }));
    expect((await reader.send(new GetObjectCommand({ Bucket: made['Shelf'], Key: 'open/a' }))).ContentLength).toBe(4);
    await expect(reader.send(new GetObjectCommand({ Bucket: made['Shelf'], Key: 'closed/a' }))).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    await expect(reader.send(new PutObjectCommand({ Bucket: made['Shelf'], Key: 'open/b', Body: 'mine' }))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('a permissions boundary limits what a role’s policies grant', async () => {
    const limited = {
      ...tableOf('Table'),
      ...functionOf('Bounded', askingDynamo('PutItemCommand', "{ TableName: process.env.TABLE, Item: { id: { S: 'a' } } }"), { Environment: { Variables: { TABLE: { Ref: 'Table' } } } }),
      ...grant('MayWrite', 'BoundedRole', { Action: 'dynamodb:*', Resource: attribute('Table', 'Arn') }),
      Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'dynamodb:Get*', Resource: '*' }] } } },
      BoundedRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          PermissionsBoundary: { Ref: 'Boundary' },
          AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
        },
      },
    };
    const { Bounded = '' } = await outputsOf(stacks, 'bounded', limited, { Bounded: { Ref: 'Bounded' } });
    expect((await invoke(server, Bounded)).payload).toMatchObject({ message: expect.stringContaining('because no permissions boundary allows the dynamodb:PutItem action') });
  });

  test('an event source is read once its function may read it, and nothing is lost by then', async () => {
    const keep = askingDynamo('PutItemCommand', "{ TableName: process.env.SEEN, Item: { id: event.Records[0].dynamodb.Keys.id } }");
    const unread = {
      ...tableOf('Source', { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
      ...tableOf('Seen'),
      ...functionOf('Reader', keep, { Environment: { Variables: { SEEN: { Ref: 'Seen' } } } }),
      ...grant('MayKeep', 'ReaderRole', { Action: 'dynamodb:PutItem', Resource: attribute('Seen', 'Arn') }),
      Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: attribute('Source', 'StreamArn'), FunctionName: { Ref: 'Reader' }, StartingPosition: 'TRIM_HORIZON', BatchSize: 1 } },
    };
    const mayRead = grant('MayRead', 'ReaderRole', { Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], Resource: attribute('Source', 'StreamArn') }, { Action: 'dynamodb:ListStreams', Resource: '*' });
    const { Source = '', Seen = '', Reader = '' } = await outputsOf(stacks, 'reading', unread, { Source: { Ref: 'Source' }, Seen: { Ref: 'Seen' }, Reader: { Ref: 'Reader' } });
    await dynamo.send(new PutItemCommand({ TableName: Source, Item: { id: { S: 'early' } } }));
    await eventually(async () => (await server.log()).includes(`/${Reader} is not authorized to perform: dynamodb:DescribeStream`));
    expect(await itemsIn(Seen)).toEqual([]);
    await outputsOf(stacks, 'reading', { ...unread, ...mayRead }, {});
    expect(await eventually(async () => (await itemsIn(Seen)).includes('early') && 'seen')).toBe('seen');
  });

  test('a stream of Kinesis is not read for a function until its role may', async () => {
    const keep = askingDynamo('PutItemCommand', '{ TableName: process.env.SEEN, Item: { id: { S: event.Records[0].kinesis.partitionKey } } }');
    const unread = {
      Source: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
      ...tableOf('Seen'),
      ...functionOf('Reader', keep, { Environment: { Variables: { SEEN: { Ref: 'Seen' } } } }),
      ...grant('MayKeep', 'ReaderRole', { Action: 'dynamodb:PutItem', Resource: attribute('Seen', 'Arn') }),
      Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: attribute('Source', 'Arn'), FunctionName: { Ref: 'Reader' }, StartingPosition: 'TRIM_HORIZON', BatchSize: 1 } },
    };
    const mayRead = grant('MayRead', 'ReaderRole', { Action: ['kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'], Resource: attribute('Source', 'Arn') });
    const { Source = '', Seen = '', Reader = '' } = await outputsOf(stacks, 'consuming', unread, { Source: attribute('Source', 'Arn'), Seen: { Ref: 'Seen' }, Reader: { Ref: 'Reader' } });
    await new KinesisClient(server.client()).send(new PutRecordsCommand({ StreamARN: Source, Records: [{ PartitionKey: 'early', Data: new TextEncoder().encode('{}') }] }));
    await eventually(async () => (await server.log()).includes(`/${Reader} is not authorized to perform: kinesis:DescribeStreamSummary`));
    expect(await itemsIn(Seen)).toEqual([]);
    await outputsOf(stacks, 'consuming', { ...unread, ...mayRead }, {});
    expect(await eventually(async () => (await itemsIn(Seen)).includes('early') && 'seen')).toBe('seen');
  });

  test('a rule reaches a function only when the function’s policy lets EventBridge call it for that rule, else the rule’s dead-letter queue', async () => {
    const target = (id: string): Resources => ({
      ...functionOf(id, askingDynamo('PutItemCommand', `{ TableName: process.env.SEEN, Item: { id: { S: '${id}' } } }`), { Environment: { Variables: { SEEN: { Ref: 'Seen' } } } }),
      ...grant(`${id}MayKeep`, `${id}Role`, { Action: 'dynamodb:PutItem', Resource: attribute('Seen', 'Arn') }),
      [`${id}Rule`]: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['shop'] }, Targets: [{ Id: 'function', Arn: attribute(id, 'Arn'), DeadLetterConfig: { Arn: attribute('Lost', 'Arn') } }] } },
    });
    const permission = { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Called' }, Principal: 'events.amazonaws.com', SourceArn: attribute('CalledRule', 'Arn') } };
    const sending = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: attribute('Lost', 'Arn'), Condition: { ArnEquals: { 'aws:SourceArn': attribute('UncalledRule', 'Arn') } } };
    const lost = { Lost: { Type: 'AWS::SQS::Queue' }, LostPolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Lost' }], PolicyDocument: { Version: '2012-10-17', Statement: [sending] } } } };
    const ruling = { ...tableOf('Seen'), ...lost, ...target('Called'), ...target('Uncalled'), Permission: permission };
    const { Seen = '', Uncalled = '', Lost = '' } = await outputsOf(stacks, 'ruling', ruling, { Seen: { Ref: 'Seen' }, Uncalled: { Ref: 'Uncalled' }, Lost: { Ref: 'Lost' } });
    await putEvent(server, { Source: 'shop', DetailType: 'sold', Detail: '{}' });
    await eventually(async () => (await itemsIn(Seen)).includes('Called'));
    await eventually(async () => new RegExp(`events.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: \\S*:${Uncalled} `).test(await server.log()));
    expect(await itemsIn(Seen)).toEqual(['Called']);
    expect(await received(server, Lost, 1)).toMatchObject([{ source: 'shop', 'detail-type': 'sold' }]);
  });

  test('a state machine’s task fails for a permission that its role lacks, and its role must let it deliver its log', async () => {
    const states = { Write: { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:putItem', Arguments: { TableName: 'any', Item: { id: { S: 'a' } } }, End: true } };
    const { Machine = '' } = await outputsOf(stacks, 'stepping', stateMachineOf('Machine', 'Write', states), { Machine: { Ref: 'Machine' } });
    const ended = await executionEnded(server, await start(server, Machine));
    expect(ended).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('is not authorized to perform: dynamodb:PutItem') });

    const logging = { LoggingConfiguration: { Level: 'ERROR', Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: attribute('Log', 'Arn') } }] } };
    const result = await deploy(stacks, 'logging', { Log: { Type: 'AWS::Logs::LogGroup', Properties: {} }, ...stateMachineOf('Machine', 'Write', states, logging) });
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(result.failures.join()).toContain('not authorized to access the Log Destination');
  });

  test('nobody gets in without a signature, but to sign in, and to objects that a bucket’s policy gives to all', async () => {
    const { Shelf = '' } = await outputsOf(
      stacks,
      'public',
      {
        Shelf: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false } } },
        Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Shelf' }, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Shelf.Arn}/open/*' } }] } } },
      },
      { Shelf: { Ref: 'Shelf' } },
    );
    for (const Key of ['open/a', 'closed/a']) await new S3Client({ ...server.client(), forcePathStyle: true }).send(new PutObjectCommand({ Bucket: Shelf, Key, Body: 'text' }));
    const unsigned = async (path: string, target?: string): Promise<number> => {
      const answer = await fetch(server.url + path, target === undefined ? {} : { method: 'POST', body: '{}', headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' } });
      return answer.status;
    };
    expect(await unsigned(`/${Shelf}/open/a`)).toBe(200);
    expect(await unsigned(`/${Shelf}/closed/a`)).toBe(403);
    expect(await unsigned('/', 'DynamoDB_20120810.ListTables')).toBe(400);
    expect(await unsigned('/2015-03-31/functions')).toBe(403);
    expect(await unsigned('/login')).not.toBe(403);
  });

  test('what each role did is written down, also what was refused and what services did for it', () => {
    const did = use.list().map(({ role, action, decision }) => `${role.replace(/^.*role\/(.*)-\w+$/, '$1')} ${action} ${decision}`);
    expect(did).toEqual(expect.arrayContaining([
      'writing-WriterRole dynamodb:PutItem ALLOWED',
      'writing-WriterRole dynamodb:PutItem DENIED',
      'asking-AskerRole dynamodb:ExecuteStatement UNEVALUATED',
      'reading-ReaderRole dynamodb:GetRecords ALLOWED',
      'trusting-Open s3:GetObject ALLOWED',
    ]));
  });
});

async function putEvent(server: TestServer, event: object): Promise<void> {
  const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/events/aws4_request, SignedHeaders=host, Signature=none`, 'x-amz-target': 'AWSEvents.PutEvents', 'content-type': 'application/x-amz-json-1.1' };
  const answer = await fetch(server.url, { method: 'POST', headers, body: JSON.stringify({ Entries: [event] }) });
  expect(await answer.json()).toMatchObject({ FailedEntryCount: 0 });
}
