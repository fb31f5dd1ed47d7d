import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { callerOf } from '../../../local/aws/caller';
import { callJson, invoke } from './functions';
import { eventually } from '../../support/eventually';
import { startMinistack, type TestServer } from './ministackServer';
import { functionOf, outputsOf, remove, type Resources } from './stacks';


const sdk = "const { DynamoDBClient, PutItemCommand, GetItemCommand } = require('@aws-sdk/client-dynamodb'); const db = new DynamoDBClient({}); const seen = (id) => db.send(new PutItemCommand({ TableName: 'seen', Item: { id: { S: id } } })); const told = async (id) => (await db.send(new GetItemCommand({ TableName: 'seen', Key: { id: { S: id } } }))).Item;";
const withSdk = (handler: string): string => `(() => { ${sdk} return ${handler}; })()`;

const table = (name: string, stream = true): object => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { TableName: name, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], ...(stream && { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }) },
});
const reading = (source: string, reader: string, more: object = {}): object => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: { Ref: reader }, EventSourceArn: { 'Fn::GetAtt': [source, 'StreamArn'] }, StartingPosition: 'TRIM_HORIZON', BatchSize: 10, ...more },
});

const keyOf = 'record.dynamodb.Keys.id.S';
const resources: Resources = {
  Seen: table('seen', false),
  ...functionOf('Thrower', "async () => { throw Object.assign(new Error('no such order'), { name: 'OrderNotFound' }); }"),
  ...functionOf('Counter', '(() => { let calls = 0; return async () => { throw new Error(`call ${++calls}`); }; })()'),
  ...functionOf('Shared', 'async () => { await new Promise((resolve) => setTimeout(resolve, 5)); return process.pid; }'),
  ...functionOf('Once', withSdk("(({ existsSync, writeFileSync }, started) => { if (existsSync(started)) process.exit(1); writeFileSync(started, ''); return async () => { while (!(await told('only-one'))) await new Promise((resolve) => setTimeout(resolve, 20)); return 'done'; }; })(require('node:fs'), require('node:os').tmpdir() + '/started')")),
  ...functionOf('Killed', "async () => { process.kill(process.pid, 'SIGKILL'); await new Promise(() => undefined); }"),
  ...functionOf('NeverReady', "(() => process.exit(1))()"),
  ...functionOf('Who', "async () => { const { STSClient, GetCallerIdentityCommand } = require('@aws-sdk/client-sts'); const { CodeBuildClient, ListProjectsCommand } = require('@aws-sdk/client-codebuild'); await new CodeBuildClient({}).send(new ListProjectsCommand({})); const { Arn } = await new STSClient({}).send(new GetCallerIdentityCommand({})); return { Arn, profile: process.env.AWS_PROFILE ?? null, endpoint: process.env.AWS_ENDPOINT_URL }; }"),
  ...functionOf('Teller', "async ({ call }) => { for (const line of ['one', 'two', 'three']) console.log(`${call} ${line}`); }"),
  Orders: table('orders'),
  Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
  ...functionOf('Indexer', withSdk(`async ({ Records }) => { const batchItemFailures = []; for (const record of Records) { if (${keyOf} === 'poison') { batchItemFailures.push({ itemIdentifier: record.dynamodb.SequenceNumber }); break; } await seen(${keyOf}); } return { batchItemFailures }; }`)),
  IndexerSource: reading('Orders', 'Indexer', { FunctionResponseTypes: ['ReportBatchItemFailures'], BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Dead', 'Arn'] } } } }),
  SlowTable: table('slow'),
  ...functionOf('Slow', withSdk("async () => { await seen('slow-started'); while (!(await told('release'))) await new Promise((resolve) => setTimeout(resolve, 50)); await seen('slow-done'); }")),
  SlowSource: reading('SlowTable', 'Slow'),
  QuickTable: table('quick'),
  ...functionOf('Quick', withSdk("async () => { await seen('quick-done'); }")),
  QuickSource: reading('QuickTable', 'Quick'),
};

describe('a function', () => {
  const callers: string[] = [];
  let server: TestServer;
  let cloudFormation: CloudFormationClient;
  let dynamo: DynamoDBClient;
  let names: Readonly<Record<string, string>> = {};

  const put = (TableName: string, id: string) => dynamo.send(new PutItemCommand({ TableName, Item: { id: { S: id } } }));
  const seen = async (id: string) => (await dynamo.send(new GetItemCommand({ TableName: 'seen', Key: { id: { S: id } } }))).Item !== undefined;

  beforeAll(async () => {
    process.env['AWS_PROFILE'] = 'a developer of this machine';
    server = await startMinistack({
      codebuild: (_, __, headers) => {
        callers.push(callerOf(new Headers(headers as Record<string, string>)).arn);
        return { body: { projects: [] } };
      },
    });
    delete process.env['AWS_PROFILE'];
    cloudFormation = new CloudFormationClient(server.client());
    dynamo = new DynamoDBClient(server.client());
    names = await outputsOf(cloudFormation, 'functions', resources, { Thrower: { Ref: 'Thrower' }, Counter: { Ref: 'Counter' }, Shared: { Ref: 'Shared' }, Once: { Ref: 'Once' }, Killed: { Ref: 'Killed' }, NeverReady: { Ref: 'NeverReady' }, Who: { Ref: 'Who' }, WhoRole: { Ref: 'WhoRole' }, Teller: { Ref: 'Teller' }, Dead: { Ref: 'Dead' } });
  });
  afterAll(() => server?.stop());

  it('that throws is known by the name of its error', async () => {
    const { failed, payload } = await invoke(server, names['Thrower'] ?? '');
    expect(failed).toBe(true);
    expect(payload).toMatchObject({ errorType: 'OrderNotFound', errorMessage: 'no such order' });
  });

  it('that has thrown is called again in the same process', async () => {
    for (const errorMessage of ['call 1', 'call 2']) expect((await invoke(server, names['Counter'] ?? '')).payload).toMatchObject({ errorType: 'Error', errorMessage });
  });

  it('tells with its answer what it has logged, in this call and no other', async () => {
    for (let call = 0; call < 20; call += 1) {
      const { log } = await invoke(server, names['Teller'] ?? '', { call });
      expect(log.match(/\d+ (one|two|three)/g)).toEqual(['one', 'two', 'three'].map((line) => `${call} ${line}`));
    }
  });

  it('that is quick and called by many at once is run by a few processes', async () => {
    await invoke(server, names['Shared'] ?? '');
    const answers = await Promise.all(Array.from({ length: 20 }, () => invoke(server, names['Shared'] ?? '')));
    expect(answers.map(({ failed }) => failed)).not.toContain(true);
    expect(new Set(answers.map(({ payload }) => payload)).size).toBeLessThan(10);
  });

  it.each(['Killed', 'NeverReady'])('whose process ends (%s) is known by that, and works in another process the next time', async (id) => {
    for (let call = 0; call < 2; call++) {
      const { failed, payload } = await invoke(server, names[id] ?? '');
      expect(failed).toBe(true);
      expect(payload).toMatchObject({ errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited/) });
    }
  });

  it('of which a process cannot start leaves its others alone', async () => {
    const [first, second] = [0, 1].map(() => invoke(server, names['Once'] ?? ''));
    const ended = await Promise.race([first, second]);
    expect(ended?.payload).toMatchObject({ errorType: 'Runtime.ExitError' });
    await put('seen', 'only-one');
    expect((await Promise.all([first, second])).map((answer) => answer?.payload)).toContain('done');
  });

  it('calls as its role, through the gateway, and knows nothing of the developer', async () => {
    const { payload } = await invoke(server, names['Who'] ?? '');
    const session = `arn:aws:sts::222222222222:assumed-role/${names['WhoRole']}/${names['Who']}`;

    expect(payload).toEqual({ Arn: session, profile: null, endpoint: server.url });
    expect(callers).toEqual([session]);
  });

  it('whose record fails alone gets the others once, and the failed one ends in the queue', async () => {
    for (const id of ['before', 'poison', 'after']) await put('orders', id);
    await eventually(() => seen('after'));
    const [message] = await eventually(async () => {
      const { Messages } = await callJson(server, 'sqs', 'AmazonSQS.ReceiveMessage', { QueueUrl: names['Dead'] });
      return Messages as { Body: string }[] | undefined;
    });

    expect(await seen('before')).toBe(true);
    expect(JSON.parse(message?.Body ?? '{}')).toMatchObject({ requestContext: { condition: 'RetryAttemptsExhausted' }, DDBStreamBatchInfo: { batchSize: 1 } });
  });

  it('that takes long holds up no other event source', async () => {
    await put('slow', '1');
    await eventually(() => seen('slow-started'));
    await put('quick', '1');
    await eventually(() => seen('quick-done'));
    expect(await seen('slow-done')).toBe(false);

    await put('seen', 'release');
    await eventually(() => seen('slow-done'));
  });

  it('that is deleted leaves no process', async () => {
    const outputs = await outputsOf(cloudFormation, 'short', functionOf('Short', 'async () => process.pid'), { Name: { Ref: 'Short' } });
    const pid = Number((await invoke(server, outputs['Name'] ?? '')).payload);
    expect(process.kill(pid, 0)).toBe(true);
    await remove(cloudFormation, 'short');
    await eventually(async () => {
      try {
        return !process.kill(pid, 0);
      } catch {
        return true;
      }
    });
  });

  it('has a caller who, in an assumed role, acts in that role\'s account', async () => {
    const { Credentials } = await new STSClient(server.client('111111111111')).send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::333333333333:role/deploy', RoleSessionName: 'run-1' }));
    const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '', SessionToken: sessionToken = '' } = Credentials ?? {};
    const assumed = { ...server.client(), credentials: { accessKeyId, secretAccessKey, sessionToken } };

    expect(await new STSClient(assumed).send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '333333333333', Arn: 'arn:aws:sts::333333333333:assumed-role/deploy/run-1' });
    expect(JSON.parse(Buffer.from(sessionToken.slice('MSR1.'.length), 'base64url').toString())).toEqual({ r: 'arn:aws:iam::333333333333:role/deploy', s: 'run-1' });
  });
});
