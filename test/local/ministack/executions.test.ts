import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { eventually } from '../../support/eventually';
import { startMinistack, type TestServer } from './ministackServer';
import { outputsOf } from './stacks';
import { describeExecution, ended, history, start, states, stateMachineOf } from './stateMachines';

const table = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] } };
const dynamo = (operation: string, Arguments: object) => ({ Type: 'Task', Resource: `arn:aws:states:::aws-sdk:dynamodb:${operation}`, Arguments: { TableName: 'orders', ...Arguments } });

/** Counts how often it was entered, waits to be called back, and fails until its order is there. */
const order = {
  Count: { ...dynamo('updateItem', { Key: { id: { S: '{% $states.input.id & "-count" %}' } }, UpdateExpression: 'ADD entered :one', ExpressionAttributeValues: { ':one': { N: '1' } } }), Assign: { order: '{% $states.input.id %}' }, Output: '{% $states.input %}', Next: 'Await' },
  Await: {
    ...dynamo('updateItem.waitForTaskToken', { Key: { id: { S: '{% $states.input.id & "-wait" %}' } }, UpdateExpression: 'SET #token = :token', ExpressionAttributeNames: { '#token': 'token' }, ExpressionAttributeValues: { ':token': { S: '{% $states.context.Task.Token %}' } } }),
    Output: '{% $merge([$states.input, $states.result]) %}',
    Next: 'Check',
  },
  Check: { ...dynamo('updateItem', { Key: { id: { S: '{% $order %}' } }, UpdateExpression: 'SET done = :yes', ConditionExpression: 'attribute_exists(id)', ExpressionAttributeValues: { ':yes': { Bool: true } } }), Output: '{% $states.input %}', Next: 'End' },
  End: { Type: 'Succeed', Output: '{% { "order": $order, "answer": $states.input.answer, "redriven": $states.context.Execution.RedriveCount } %}' },
};

describe('an execution', () => {
  let server: TestServer;
  let client: DynamoDBClient;
  let arns: Readonly<Record<string, string>> = {};

  const item = async (key: string) => (await client.send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: key } }, ConsistentRead: true }))).Item;
  const tokenOf = (key: string) => eventually(async () => (await item(`${key}-wait`))?.['token']?.S);
  const put = (key: string) => client.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: key } } }));
  const answer = (taskToken: string) => states(server, 'SendTaskSuccess', { taskToken, output: '{"answer":42}' });
  const begin = (key: string) => start(server, arns['Order'] ?? '', { id: key }, { name: key });

  beforeAll(async () => {
    server = await startMinistack();
    client = new DynamoDBClient(server.client());
    arns = await outputsOf(
      new CloudFormationClient(server.client()),
      'executions',
      {
        Orders: table,
        ...stateMachineOf('Order', 'Count', order),
        ...stateMachineOf('Sleep', 'Wait', { Wait: { Type: 'Wait', Seconds: '{% $states.input.seconds %}', Next: 'After' }, After: { Type: 'Succeed' } }),
        ...stateMachineOf('Brief', 'Wait', { Wait: { Type: 'Wait', Seconds: 3600, End: true } }, { DefinitionString: JSON.stringify({ QueryLanguage: 'JSONata', TimeoutSeconds: 1, StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } } }) }),
      },
      { Order: { Ref: 'Order' }, Sleep: { Ref: 'Sleep' }, Brief: { Ref: 'Brief' } },
    );
  });
  afterAll(() => server?.stop());

  it('that is started twice alike while it runs is one execution; otherwise its name is taken', async () => {
    const executionArn = await begin('twice');
    expect(await begin('twice')).toBe(executionArn);
    await expect(start(server, arns['Order'] ?? '', { id: 'other' }, { name: 'twice' })).rejects.toThrow('ExecutionAlreadyExists');

    await put('twice');
    await answer(await tokenOf('twice'));
    await ended(server, executionArn);
    await expect(begin('twice')).rejects.toThrow('ExecutionAlreadyExists');
    expect((await item('twice-count'))?.['entered']?.N).toBe('1');
  });

  it('is refused with a name or an input that AWS refuses', async () => {
    await expect(start(server, arns['Order'] ?? '', {}, { name: 'a name' })).rejects.toThrow('InvalidName');
    await expect(start(server, arns['Order'] ?? '', {}, { input: '{' })).rejects.toThrow('InvalidExecutionInput');
  });

  it('that failed is redriven from the state that failed, with its input and variables', async () => {
    const executionArn = await begin('redriven');
    await answer(await tokenOf('redriven'));
    expect(await ended(server, executionArn)).toMatchObject({ status: 'FAILED', error: 'DynamoDb.ConditionalCheckFailedException', redriveStatus: 'REDRIVABLE', redriveCount: 0 });
    expect((await describeExecution(server, executionArn)).output).toBeUndefined();

    await put('redriven');
    expect(await states(server, 'RedriveExecution', { executionArn })).toHaveProperty('redriveDate');
    expect(await ended(server, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"order": "redriven", "answer": 42, "redriven": 1}', redriveStatus: 'NOT_REDRIVABLE', redriveCount: 1 });
    expect((await item('redriven-count'))?.['entered']?.N).toBe('1');

    const types = (await history(server, executionArn)).map(({ type }) => type);
    expect(types.slice(types.indexOf('ExecutionFailed'))).toEqual(['ExecutionFailed', 'ExecutionRedriven', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited', 'SucceedStateEntered', 'SucceedStateExited', 'ExecutionSucceeded']);
    expect(await states(server, 'RedriveExecution', { executionArn })).toMatchObject({ __type: 'ExecutionNotRedrivable' });
  });

  it('that was stopped while it waited can be redriven, and waits under a new token', async () => {
    const executionArn = await begin('stopped');
    const before = await tokenOf('stopped');
    await states(server, 'StopExecution', { executionArn, error: 'Operator', cause: 'enough' });
    expect(await ended(server, executionArn)).toMatchObject({ status: 'ABORTED', redriveStatus: 'REDRIVABLE' });
    expect(await answer(before)).toMatchObject({ __type: 'TaskTimedOut' });

    await put('stopped');
    await states(server, 'RedriveExecution', { executionArn });
    const after = await eventually(async () => {
      const token = await tokenOf('stopped');
      return token !== before && token;
    });
    await answer(after);
    expect(await ended(server, executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    const types = (await history(server, executionArn)).map(({ type }) => type);
    expect(types.filter((type) => type === 'TaskSubmitted' || type === 'ExecutionSucceeded')).toEqual(['TaskSubmitted', 'TaskSubmitted', 'ExecutionSucceeded']);
  });

  it('is listed by status, and its history comes in pages, from either end, with or without data', async () => {
    const stateMachineArn = arns['Order'];
    const listed = (await states(server, 'ListExecutions', { stateMachineArn, statusFilter: 'SUCCEEDED' }))['executions'] as { name: string }[];
    expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(['twice', 'redriven', 'stopped']));

    const executionArn = `${stateMachineArn?.replace(':stateMachine:', ':execution:')}:twice`;
    const all = await history(server, executionArn);
    expect((await history(server, executionArn, { reverseOrder: true })).map((event) => event.id)).toEqual(all.map((event) => event.id).toReversed());
    expect(JSON.stringify(await history(server, executionArn, { includeExecutionData: false }))).not.toContain('answer');
    const first = await states(server, 'GetExecutionHistory', { executionArn, maxResults: 5 });
    const rest = await states(server, 'GetExecutionHistory', { executionArn, maxResults: 5, nextToken: first['nextToken'] });
    expect([...(first['events'] as unknown[]), ...(rest['events'] as unknown[])]).toEqual(all.slice(0, 10));
  });

  it('that takes longer than its state machine allows has timed out', async () => {
    const executionArn = await start(server, arns['Brief'] ?? '');
    expect(await ended(server, executionArn)).toMatchObject({ status: 'TIMED_OUT', redriveStatus: 'REDRIVABLE' });
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('goes on after %s where it was, and its token stays valid', async (signal) => {
    const executionArn = await begin(signal);
    const sleeping = await start(server, arns['Sleep'] ?? '', { seconds: 5 });
    const token = await tokenOf(signal);
    await put(signal);
    await eventually(async () => (await server.saved('stepfunctions')).includes(token) && (await server.saved('dynamodb')).includes(token));
    await server.restart(signal);

    expect(await describeExecution(server, executionArn)).toMatchObject({ status: 'RUNNING' });
    expect(await answer(token)).toEqual({});
    expect(await ended(server, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: expect.stringContaining('42') as string });
    expect((await item(`${signal}-count`))?.['entered']?.N).toBe('1');
    expect(await ended(server, sleeping)).toMatchObject({ status: 'SUCCEEDED' });
  });
});
