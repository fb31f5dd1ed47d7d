import type { ActionDetail, Changes } from '../../console/action';
import type { StackEvents } from '../../console/model';
import { Fault, type Operations } from './fakeAws';
import { fakeConsole, type FakeConsole } from './fakeConsole';
import { FAILED_RUN, fakePipeline, PIPELINE, WAITING_RUN } from './fakePipeline';

let operations: Operations;
let fake: FakeConsole;

beforeEach(async () => {
  operations = fakePipeline();
  fake = await fakeConsole(operations);
});
afterEach(() => fake.close());

test('an action tells what went into it, what came out, and each attempt with who made it', async () => {
  const detail = await fake.get<ActionDetail>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Dev/actions/Integration`);
  expect(detail).toMatchObject({
    provider: 'CodeBuild',
    runOrder: 3,
    namespace: 'Gate',
    status: 'Succeeded',
    variablesIn: [{ name: 'SITE', value: 'https://dev.example.com' }],
    variablesOut: [{ name: 'LONGEST', value: '<i>3.4</i> s' }],
    artefactsIn: [{ name: 'Synth_Output', bucket: 'artefacts', key: 'Website/Synth_Outp/9oK2' }],
    artefactsOut: [],
    attempts: [{ status: 'Succeeded', by: 'arn:aws:sts::111111111111:assumed-role/pipeline/1', hasLog: false }],
  });
  expect(detail.configuration).toContainEqual(expect.objectContaining({ name: 'EnvironmentVariables', written: expect.stringContaining('#{Shop.Site}') }));
  expect((await fake.request(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Dev/actions/Nothing`)).status).toBe(404);
});

test('an action that has not run tells how it will', async () => {
  const detail = await fake.get<ActionDetail>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Prod/actions/Shop.Deploy`);
  expect(detail).toMatchObject({ attempts: [], stackName: 'Prod-Shop', configuration: [{ name: 'StackName', value: 'Prod-Shop' }] });
  expect(detail.status).toBeUndefined();
});

const changes = (run: string, action: string) => fake.get<Changes>(`/api/pipelines/${PIPELINE}/executions/${run}/stages/Dev/actions/${action}/changes`);

test.each(['Shop.Prepare', 'Shop.Deploy'])('what %s changes is told by the change set that the run made, the losses first', async (action) => {
  expect(await changes(WAITING_RUN, action)).toMatchObject({
    kind: 'known',
    changeSetName: 'PipelineChange',
    changes: [
      { action: 'Remove', logicalId: 'Logs' },
      { action: 'Modify', logicalId: 'Orders', replacement: 'True', properties: ['KeySchema'] },
      { action: 'Add', logicalId: 'Queue', properties: [] },
    ],
  });
});

test('a change set of the same name that another run made says nothing about this one', async () => {
  expect(await changes(FAILED_RUN, 'Shop.Deploy')).toMatchObject({ kind: 'gone', why: expect.stringContaining('another run') });
});

test('a change set that CloudFormation has removed is said to be gone', async () => {
  operations.DescribeChangeSet = () => {
    throw new Fault('ChangeSetNotFound', 'ChangeSet [PipelineChange] does not exist', 404);
  };
  expect(await changes(WAITING_RUN, 'Shop.Deploy')).toMatchObject({ kind: 'gone', changeSetName: 'PipelineChange', why: expect.stringContaining('no longer has it') });
});

test('an action without a change set deploys directly', async () => {
  expect(await changes(WAITING_RUN, 'Auth.Deploy')).toEqual({ kind: 'direct' });
});

test('stack events are those of the action, read as the role that deploys', async () => {
  const { stackName, events } = await fake.get<StackEvents>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Dev/actions/Shop.Deploy/stack-events`);
  expect(stackName).toBe('Dev-Shop');
  expect(events.map(({ status }) => status)).toEqual(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
  expect(fake.aws.calls.find(({ operation }) => operation === 'AssumeRole')?.input.RoleArn).toBe('arn:aws:iam::222222222222:role/cdk-deploy-role');
});

test('of a stack that failed for one inside of it, the events of the inner one are told as well', async () => {
  const event = (stack: string, logicalId: string, type: string, physicalId: string, second: number) =>
    `<StackEvents><member><StackId>${stack}</StackId><EventId>${logicalId}</EventId><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${physicalId}</PhysicalResourceId><ResourceType>${type}</ResourceType><Timestamp>2026-11-20T08:00:${second}Z</Timestamp><ResourceStatus>CREATE_FAILED</ResourceStatus></member></StackEvents>`;
  operations.DescribeStackEvents = ({ StackName }) =>
    StackName === 'inner' ? event('inner', 'Orders', 'AWS::DynamoDB::Table', 'orders', 48) : event('outer', 'Inner', 'AWS::CloudFormation::Stack', 'inner', 50);
  const { events } = await fake.get<StackEvents>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Dev/actions/Shop.Deploy/stack-events`);
  expect(events.map(({ logicalId }) => logicalId)).toEqual(['Orders', 'Inner']);
});
