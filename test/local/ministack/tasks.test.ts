import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { eventually } from '../../support/eventually';
import { startMinistack, type TestServer } from './ministackServer';
import { functionOf, outputsOf } from './stacks';
import { describeExecution, ended, history, run, start, states, stateMachineOf } from './stateMachines';

const table = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] } };
const id = { S: '{% $states.input.id %}' };
const dynamo = (operation: string, Arguments: object, more: object = {}) => ({ Type: 'Task', Resource: `arn:aws:states:::aws-sdk:dynamodb:${operation}`, Arguments: { TableName: 'orders', ...Arguments }, End: true, ...more });
const invoking = (name: string, more: object = {}) => ({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: `\${${name}}`, Payload: '{% $states.input %}' }, End: true, ...more });
const trying = (more: object) => invoking('Flaky', { Arguments: { FunctionName: '${Flaky}', Payload: { failures: '{% $states.input.failures %}', retries: '{% $states.context.State.RetryCount %}' } }, Output: '{% $states.result.Payload %}', ...more });
const withFunctions = { DefinitionSubstitutions: Object.fromEntries(['Echo', 'Declining', 'Flaky', 'Slow'].map((name) => [name, { 'Fn::GetAtt': [name, 'Arn'] }])) };

const awaiting = dynamo(
  'updateItem.waitForTaskToken',
  { Key: { id }, UpdateExpression: 'SET #token = :token', ExpressionAttributeNames: { '#token': 'token' }, ExpressionAttributeValues: { ':token': { S: '{% $states.context.Task.Token %}' } } },
  { TimeoutSeconds: '{% $states.input.seconds %}', Catch: [{ ErrorEquals: ['PaymentRefused', 'States.Timeout'], Output: '{% $states.errorOutput %}', Next: 'Done' }] },
);
const machines = {
  Put: { Only: dynamo('putItem', { Item: { id, paid: { Bool: true } }, ConditionExpression: 'attribute_not_exists(id)' }) },
  Get: { Only: dynamo('getItem', { Key: { id } }) },
  Update: { Only: dynamo('updateItem', { Key: { id }, UpdateExpression: 'SET #state = :booked', ExpressionAttributeNames: { '#state': 'state' }, ExpressionAttributeValues: { ':booked': { S: 'booked' } }, ReturnValues: 'ALL_NEW' }) },
  Transact: { Only: { ...dynamo('transactWriteItems', {}), Arguments: { TransactItems: [{ Put: { TableName: 'orders', Item: { id: { S: '{% $states.input.id & "-stock" %}' } } } }, { Put: { TableName: 'orders', Item: { id }, ConditionExpression: 'attribute_not_exists(id)' } }] } } },
  Optimized: { Only: { ...dynamo('putItem', { Item: { id }, ConditionExpression: 'attribute_not_exists(id)' }), Resource: 'arn:aws:states:::dynamodb:putItem' } },
  Invoke: { Only: invoking('Echo') },
  Decline: { Only: invoking('Declining', { Catch: [{ ErrorEquals: ['PaymentDeclined'], Output: '{% $parse($states.errorOutput.Cause).errorMessage %}', Next: 'Done' }] }), Done: { Type: 'Succeed' } },
  Retry: { Only: trying({ Retry: [{ ErrorEquals: ['NotYet'], IntervalSeconds: 3600, BackoffRate: 5, MaxDelaySeconds: 1, MaxAttempts: 3, JitterStrategy: 'FULL' }] }) },
  GiveUp: { Only: trying({ Retry: [{ ErrorEquals: ['Never'], MaxAttempts: 9 }, { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 1 }] }) },
  Late: { Only: invoking('Slow', { TimeoutSeconds: 1, Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 5 }], Catch: [{ ErrorEquals: ['States.Timeout'], Output: 'too late', Next: 'Done' }] }), Done: { Type: 'Succeed' } },
  Missing: { Only: { ...invoking('Echo'), Arguments: { FunctionName: 'nobody' } } },
  Await: { Only: awaiting, Done: { Type: 'Succeed' } },
  Heartbeat: { Only: { ...awaiting, TimeoutSeconds: 600, HeartbeatSeconds: 2, Catch: undefined } },
  Who: { Only: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sts:getCallerIdentity', Arguments: {}, End: true } },
};

describe('a task', () => {
  let server: TestServer;
  let client: DynamoDBClient;
  let arns: Readonly<Record<string, string>> = {};

  const item = async (key: string) => (await client.send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: key } }, ConsistentRead: true }))).Item;
  const execute = (name: string, input: object) => run(server, arns[name] ?? '', input);
  const tokenOf = (key: string) => eventually(async () => (await item(key))?.['token']?.S);
  const eventsOf = async (executionArn: string) => (await history(server, executionArn)).map(({ type }) => type);

  beforeAll(async () => {
    server = await startMinistack();
    client = new DynamoDBClient(server.client());
    arns = await outputsOf(
      new CloudFormationClient(server.client()),
      'tasks',
      {
        Orders: table,
        ...functionOf('Echo', 'async (event) => event'),
        ...functionOf('Declining', "async () => { throw Object.assign(new Error('insufficient funds'), { name: 'PaymentDeclined' }); }"),
        ...functionOf('Flaky', "async ({ failures, retries }) => { if (retries < failures) throw Object.assign(new Error('not yet'), { name: 'NotYet' }); return retries; }"),
        ...functionOf('Slow', 'async () => new Promise((resolve) => setTimeout(resolve, 3000))'),
        ...Object.fromEntries(Object.entries(machines).flatMap(([name, all]) => Object.entries(stateMachineOf(name, 'Only', all, withFunctions)))),
      },
      Object.fromEntries([...Object.keys(machines), 'WhoRole'].map((name) => [name, { Ref: name }])),
    );
  });
  afterAll(() => server?.stop());

  it('writes and reads items, and gives the answer in PascalCase', async () => {
    await expect(execute('Put', { id: 'o-1' })).resolves.toMatchObject({ output: {} });
    await expect(execute('Get', { id: 'o-1' })).resolves.toMatchObject({ output: { Item: { id: { S: 'o-1' }, paid: { Bool: true } } } });
    await expect(execute('Update', { id: 'o-1' })).resolves.toMatchObject({ output: { Attributes: { state: { S: 'booked' } } } });
    expect(await item('o-1')).toEqual({ id: { S: 'o-1' }, paid: { BOOL: true }, state: { S: 'booked' } });
  });

  it('writes several items together or none', async () => {
    expect(await execute('Transact', { id: 'o-1' })).toMatchObject({ error: 'DynamoDb.TransactionCanceledException', cause: expect.stringContaining('ConditionalCheckFailed') as string });
    expect(await item('o-1-stock')).toBeUndefined();
    await execute('Transact', { id: 'o-2' });
    expect(await item('o-2-stock')).toBeDefined();
  });

  it('names a failed condition as the SDK integration does, and otherwise as the optimized one', async () => {
    expect(await execute('Put', { id: 'o-1' })).toMatchObject({ error: 'DynamoDb.ConditionalCheckFailedException' });
    expect(await execute('Optimized', { id: 'o-1' })).toMatchObject({ error: 'DynamoDB.ConditionalCheckFailedException' });
  });

  it('invokes a function, and catches its error by name', async () => {
    expect(await execute('Invoke', { order: 1 })).toMatchObject({ output: { Payload: { order: 1 }, StatusCode: 200, ExecutedVersion: '$LATEST' } });
    expect(await execute('Decline', {})).toEqual({ output: 'insufficient funds' });
    expect(await execute('Missing', {})).toMatchObject({ error: 'Lambda.ResourceNotFoundException' });
  });

  it('is tried again after a pause no longer than it may be, and every attempt is in the history', async () => {
    const executionArn = await start(server, arns['Retry'] ?? '', { failures: 2 });
    expect(await ended(server, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '2' });

    const attempt = ['TaskScheduled', 'TaskStarted'];
    expect(await eventsOf(executionArn)).toEqual(['ExecutionStarted', 'TaskStateEntered', ...attempt, 'TaskFailed', ...attempt, 'TaskFailed', ...attempt, 'TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded']);
  });

  it('fails with the last error once it has been tried often enough', async () => {
    const executionArn = await start(server, arns['GiveUp'] ?? '', { failures: 9 });
    expect(await ended(server, executionArn)).toMatchObject({ status: 'FAILED', error: 'NotYet' });
    expect((await eventsOf(executionArn)).filter((type) => type === 'TaskFailed')).toHaveLength(2);
  });

  it('that takes too long is given up, which is no failure of the task', async () => {
    const executionArn = await start(server, arns['Late'] ?? '');
    expect(await ended(server, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"too late"' });
    expect(await eventsOf(executionArn)).toEqual(expect.arrayContaining(['TaskTimedOut']));
  });

  it('names its service, its arguments and what failed in the history', async () => {
    const executionArn = await start(server, arns['Decline'] ?? '', { order: 7 });
    await ended(server, executionArn);
    const events = await history(server, executionArn);
    const detail = (type: string) => events.find((event) => event.type === type)?.[`${type[0]?.toLowerCase()}${type.slice(1)}EventDetails`];

    expect(detail('TaskScheduled')).toMatchObject({ resourceType: 'lambda', resource: 'invoke', region: 'us-east-1', parameters: expect.stringContaining('{"order": 7}') as string });
    expect(detail('TaskFailed')).toMatchObject({ resourceType: 'lambda', resource: 'invoke', error: 'PaymentDeclined', cause: expect.stringContaining('insufficient funds') as string });
    expect(events.map((event) => event.previousEventId)).toEqual(events.map((_, index) => index));
  });

  it('waits until its token is answered, which counts once', async () => {
    const executionArn = await start(server, arns['Await'] ?? '', { id: 'w-1', seconds: 600 });
    const taskToken = await tokenOf('w-1');
    expect(await describeExecution(server, executionArn)).toMatchObject({ status: 'RUNNING' });

    expect(await states(server, 'SendTaskSuccess', { taskToken, output: 'no json' })).toMatchObject({ __type: 'InvalidOutput' });
    expect(await states(server, 'SendTaskSuccess', { taskToken, output: '{"paid":true}' })).toEqual({});
    expect(await ended(server, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"paid": true}' });
    expect(await states(server, 'SendTaskSuccess', { taskToken, output: '{}' })).toMatchObject({ __type: 'TaskTimedOut' });
    expect(await states(server, 'SendTaskFailure', { taskToken: 'made up' })).toMatchObject({ __type: 'InvalidToken' });
    expect(await eventsOf(executionArn)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded']);
  });

  it('that waits for a token fails as it is told, or when nobody answers in time', async () => {
    const told = await start(server, arns['Await'] ?? '', { id: 'w-2', seconds: 600 });
    await states(server, 'SendTaskFailure', { taskToken: await tokenOf('w-2'), error: 'PaymentRefused', cause: 'no' });
    expect(await ended(server, told)).toMatchObject({ output: '{"Error": "PaymentRefused", "Cause": "no"}' });

    const left = await start(server, arns['Await'] ?? '', { id: 'w-3', seconds: 1 });
    const taskToken = await tokenOf('w-3');
    expect(JSON.parse((await ended(server, left)).output ?? '{}')).toMatchObject({ Error: 'States.Timeout' });
    expect(await states(server, 'SendTaskSuccess', { taskToken, output: '{}' })).toMatchObject({ __type: 'TaskTimedOut' });
  });

  it('that gives no sign of life is given up', async () => {
    const executionArn = await start(server, arns['Heartbeat'] ?? '', { id: 'h-1' });
    expect(await states(server, 'SendTaskHeartbeat', { taskToken: await tokenOf('h-1') })).toEqual({});
    expect(await ended(server, executionArn)).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
  });

  it('calls as the role of its state machine', async () => {
    const name = arns['Who']?.split(':').pop();
    expect(await execute('Who', {})).toMatchObject({ output: { Arn: `arn:aws:sts::222222222222:assumed-role/${arns['WhoRole']}/${name}` } });
  });
});
