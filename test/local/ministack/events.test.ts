import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { aws } from './cli';
import { invoke } from './functions';
import { eventually } from '../../support/eventually';
import { startMinistack, type TestServer } from './ministackServer';
import { received } from './queues';
import { functionOf, outputsOf } from './stacks';

const table = (TableName: string, more: object = {}): object => ({ Type: 'AWS::DynamoDB::Table', Properties: { TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], ...more } });
const sees = (expression: string) => `async (event) => { const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb'); const id = ${expression}; if (id.startsWith('poison')) throw new Error(id); await new DynamoDBClient({}).send(new PutItemCommand({ TableName: 'seen', Item: { id: { S: id } } })); }`;
/** Fails at first, and writes down that it was called again. */
const TRIED = `async ({ detail: { id } }) => { const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb'); const put = (name) => new DynamoDBClient({}).send(new PutItemCommand({ TableName: 'seen', Item: { id: { S: name } }, ConditionExpression: 'attribute_not_exists(id)' })); await put(id).then(() => { throw new Error('The first time'); }, () => put(id + '-again')); }`;
const policyOf = (queue: string) => ({ Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: queue }], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: ['s3.amazonaws.com', 'events.amazonaws.com'] }, Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [queue, 'Arn'] } }] } } });
const errorsOf = (name: string) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: `${name}-errors`, Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: { Ref: name } }], Statistic: 'Sum', Period: 3600, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' } });
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19);

describe('what happens by itself', () => {
  let server: TestServer;
  let dynamo: DynamoDBClient;
  let names: Readonly<Record<string, string>> = {};

  const put = (id: string, kind: string) => dynamo.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: id }, kind: { S: kind } } }));
  const seen = async (id: string) => (await dynamo.send(new GetItemCommand({ TableName: 'seen', Key: { id: { S: id } } }))).Item !== undefined;

  beforeAll(async () => {
    server = await startMinistack();
    dynamo = new DynamoDBClient(server.client());
    names = await outputsOf(
      new CloudFormationClient(server.client()),
      'events',
      {
        Seen: table('seen'),
        Orders: table('orders', { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
        ...functionOf('Reader', sees('event.Records[0].dynamodb.Keys.id.S')),
        Lost: { Type: 'AWS::SQS::Queue' },
        LostPolicy: policyOf('Lost'),
        Failures: { Type: 'AWS::S3::Bucket', DependsOn: 'LostPolicy', Properties: { NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: { 'Fn::GetAtt': ['Lost', 'Arn'] } }] } } },
        Source: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            FunctionName: { Ref: 'Reader' },
            EventSourceArn: { 'Fn::GetAtt': ['Orders', 'StreamArn'] },
            StartingPosition: 'TRIM_HORIZON',
            BatchSize: 1,
            MaximumRetryAttempts: 1,
            FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['order'] } } } }) }] },
            DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
          },
        },
        Alarm: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: { AlarmName: 'lost-records', Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Lost', 'QueueName'] } }], Statistic: 'Maximum', Period: 60, EvaluationPeriods: 1, Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' },
        },
        ...Object.fromEntries(['Reader', 'Told'].map((name) => [`${name}Errors`, errorsOf(name)])),
        ...functionOf('Told', sees('event.detail.id')),
        Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['shop'], 'detail-type': ['Order Returned'] }, Targets: [{ Id: 'function', Arn: { 'Fn::GetAtt': ['Told', 'Arn'] } }] } },
        Allowed: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Told' }, Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] } } },
        Reconcile: { Type: 'AWS::Scheduler::Schedule', Properties: { ScheduleExpression: `at(${inSeconds(4)})`, FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: { 'Fn::GetAtt': ['Told', 'Arn'] }, RoleArn: { 'Fn::GetAtt': ['ToldRole', 'Arn'] }, Input: JSON.stringify({ detail: { id: 'scheduled' } }) } } },
        EachMinute: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Id: 'function', Arn: { 'Fn::GetAtt': ['Told', 'Arn'] }, Input: JSON.stringify({ detail: { id: 'each-minute' } }) }] } },
        ...functionOf('Tried', TRIED),
        Trying: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['shop'], 'detail-type': ['Order Tried'] }, Targets: [{ Id: 'function', Arn: { 'Fn::GetAtt': ['Tried', 'Arn'] } }] } },
        ...functionOf('Once', TRIED),
        OnceVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Once' } } },
        OnceLive: { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live', FunctionName: { Ref: 'Once' }, FunctionVersion: { 'Fn::GetAtt': ['OnceVersion', 'Version'] } } },
        OnceOnly: { Type: 'AWS::Lambda::EventInvokeConfig', DependsOn: 'OnceLive', Properties: { FunctionName: { Ref: 'Once' }, Qualifier: 'live', MaximumRetryAttempts: 0 } },
        TryingOnce: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['shop'], 'detail-type': ['Order Tried Once'] }, Targets: [{ Id: 'function', Arn: { Ref: 'OnceLive' } }] } },
      },
      { Reader: { Ref: 'Reader' }, Lost: { Ref: 'Lost' }, Failures: { Ref: 'Failures' }, Source: { Ref: 'Source' } },
    );
  });
  afterAll(() => server?.stop());

  it('a function reads those records of a stream that its filter lets through', async () => {
    await put('note', 'note');
    await put('order', 'order');
    await eventually(() => seen('order'));
    expect(await seen('note')).toBe(false);
  });

  it('a record that fails to the end is kept whole in the bucket, which tells its queue', async () => {
    await put('poison', 'order');
    // As on AWS, the first message is the test that a bucket makes when its notifications are set.
    const messages = (await received(server, names['Lost'] ?? '', 2)) as unknown as { Event?: string; Records?: { s3: { object: { key: string } } }[] }[];
    expect(messages[0]?.Event).toBe('s3:TestEvent');
    const Key = decodeURIComponent(messages[1]?.Records?.[0]?.s3.object.key ?? '');
    const object = await new S3Client({ ...server.client(), forcePathStyle: true }).send(new GetObjectCommand({ Bucket: names['Failures'], Key }));
    const record = JSON.parse((await object.Body?.transformToString()) ?? '{}') as { payload: string };

    expect(Key).toMatch(new RegExp(`^aws/lambda/${names['Source']}/shardId-`));
    expect(record).toMatchObject({ requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 }, DDBStreamBatchInfo: { batchSize: 1 } });
    expect(JSON.parse(record.payload)).toMatchObject({ Records: [{ eventName: 'INSERT', dynamodb: { NewImage: { id: { S: 'poison' }, kind: { S: 'order' } } } }] });

    await put('after', 'order');
    await eventually(() => seen('after'));
  });

  it('a function is told what a rule of the default bus matches', async () => {
    await aws(server, 'events', 'put-events', '--entries', JSON.stringify([{ Source: 'shop', DetailType: 'Order Returned', Detail: JSON.stringify({ id: 'returned' }) }]));
    await expect(eventually(() => seen('returned'))).resolves.toBe(true);
  });

  it('a function that fails at an event of a rule is called again, unless it is set not to be', async () => {
    const events = ['Order Tried Once', 'Order Tried'].map((DetailType) => ({ Source: 'shop', DetailType, Detail: JSON.stringify({ id: DetailType }) }));
    await aws(server, 'events', 'put-events', '--entries', JSON.stringify(events));
    await expect(eventually(() => seen('Order Tried-again'))).resolves.toBe(true);
    expect([await seen('Order Tried Once'), await seen('Order Tried Once-again')]).toEqual([true, false]);
  });

  it('a function is called when its schedule says so', async () => {
    await expect(eventually(() => seen('scheduled'))).resolves.toBe(true);
  });

  it('a function is called as often as its rule says', async () => {
    await expect(eventually(() => seen('each-minute'))).resolves.toBe(true);
  });

  it('an alarm rings for its own queue or function only, and no longer than there is a reason', async () => {
    const ringing = async () => ((await aws(server, 'cloudwatch', 'describe-alarms', '--state-value', 'ALARM')) as { MetricAlarms: { AlarmName: string }[] }).MetricAlarms.map(({ AlarmName }) => AlarmName);
    await put('poison-again', 'order');
    await invoke(server, names['Reader'] ?? '', { Records: [] });
    await eventually(async () => (await ringing()).includes('lost-records'));
    expect((await ringing()).toSorted()).toEqual(['Reader-errors', 'lost-records']);

    await received(server, names['Lost'] ?? '', 1);
    expect(await ringing()).toEqual(['Reader-errors']);
  });
});
