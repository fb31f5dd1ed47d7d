import type { Hono } from 'hono';
import type { ActionDetail, Changes } from '../../console/action';
import type { BuildLog, Execution, PipelineSummary, Problem, StackEvents } from '../../console/model';
import { consoleApp } from '../../console/server/app';
import { awsClients } from '../../console/server/awsClients';
import { type FakeAws, fakeAws, Fault, type Operations } from './fakeAws';
import { BUILD_ID, FAILED_RUN, fakePipeline, LONG_BUILD_ID, LONG_LINES, PIPELINE, WAITING_RUN } from './fakePipeline';

const origin = 'http://localhost:4700';
const environment = { ...process.env };
let operations: Operations;
let aws: FakeAws;
let app: Hono;

beforeEach(async () => {
  operations = fakePipeline();
  aws = await fakeAws(operations);
  process.env.AWS_ENDPOINT_URL = aws.url;
  process.env.AWS_ACCESS_KEY_ID = '111111111111';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  app = consoleApp({ clients: awsClients({ region: 'us-east-1' }), pageDirectory: 'dist/console' });
});

afterEach(async () => {
  await aws.close();
  process.env = { ...environment };
});

interface Request {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

const request = (path: string, { headers, ...init }: Request = {}) => app.request(`${origin}${path}`, { ...init, headers: { host: 'localhost:4700', ...headers } });

async function get<T>(path: string): Promise<T> {
  const answer: T = await (await request(path)).json();
  return answer;
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const { token } = await get<{ token: string }>('/api/session');
  return request(path, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', 'x-console-token': token, ...headers },
    body: JSON.stringify(body),
  });
}

const run = (id: string) => get<Execution>(`/api/pipelines/${PIPELINE}/executions/${id}`);
const acts = () => aws.calls.filter(({ operation }) => /^(Put|Retry|Start|Stop)/.test(operation));

describe('what the console shows', () => {
  test('the pipelines come with their latest runs, the commit of each, and what waits for a person', async () => {
    const [pipeline] = await get<PipelineSummary[]>('/api/pipelines');
    expect(pipeline).toMatchObject({ name: PIPELINE, waiting: [{ stage: 'Approve', action: 'Release', executionId: WAITING_RUN }] });
    expect(pipeline?.executions[0]).toMatchObject({ id: WAITING_RUN, status: 'InProgress', commits: [{ id: '4f2a9d81c0ffee', message: 'Show delivery times\n\nAnd why.' }] });
  });

  test('a run that waits shows the note for the approver, its token and the link', async () => {
    const { stages } = await run(WAITING_RUN);
    expect(stages.map(({ name }) => name)).toEqual(['Source', 'Build', 'Dev', 'Approve', 'Prod']);
    expect(stages[3]?.actions[0]?.approval).toEqual({ token: 'token-1', note: 'Look at staging <b>first</b>.', link: 'https://staging.example.com/' });
    expect(stages[4]).toMatchObject({ closed: 'Release freeze', retryable: false });
    expect(stages[4]?.actions[0]?.status).toBeUndefined();
  });

  test('a failed action says why, and only the latest run in its stage may be retried', async () => {
    const failed = (await run(FAILED_RUN)).stages[2];
    expect(failed).toMatchObject({ status: 'Failed', retryable: true });
    expect(failed?.actions[0]).toMatchObject({ status: 'Failed', error: 'Orders: Table already exists', attempts: 1 });
    expect((await run(WAITING_RUN)).stages[2]).toMatchObject({ status: 'Succeeded', retryable: false });
  });

  test('a deployment shows how long each hop took, also where one was not in time, and nothing that another application exports', async () => {
    const [, integration, foreign] = (await run(WAITING_RUN)).stages[2]?.actions ?? [];
    expect(integration?.hops).toMatchObject([{ from: 'click', to: 'S3', sent: 20, arrived: 20, p50: 1_250, max: 3_400 }, { to: 'search' }]);
    expect(foreign?.name).toBe('Foreign');
    expect(foreign?.hops).toBeUndefined();
    const failed = (await run(FAILED_RUN)).stages[2]?.actions[1];
    expect(failed).toMatchObject({ status: 'Failed', hops: [{ from: 'order', to: 'search', sent: 2, arrived: 1 }] });
  });

  test('a build log is read to its end and then said to be complete', async () => {
    const path = `/api/builds/${encodeURIComponent(BUILD_ID)}/log`;
    const first = await get<BuildLog>(path);
    expect(first).toMatchObject({ project: 'Website-Synth', status: 'SUCCEEDED', next: 'f/5', complete: false });
    expect(first.events).toHaveLength(5);
    expect(await get<BuildLog>(`${path}?from=${encodeURIComponent('f/5')}`)).toMatchObject({ events: [], complete: true });
  });

  test('a log is handed out whole as a file, each line with its instant and without colours', async () => {
    const answer = await request(`/api/builds/${encodeURIComponent(LONG_BUILD_ID)}/log/file`);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="Website-Long-6f2d44b1-1111-4222-8333-944455556666.log"');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const lines = (await answer.text()).split('\n');
    expect(lines).toHaveLength(LONG_LINES + 1);
    expect(lines[0]).toBe('2026-11-20T08:00:06.000Z  line 1 says nothing new');
  });

  test('an action that is no build shows the log that the pipeline names for it', async () => {
    const { attempts } = await get<ActionDetail>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Dev/actions/Lint`);
    expect(attempts).toMatchObject([{ hasLog: true }]);
    const path = `/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/attempts/${attempts[0]?.id}/log`;
    expect(await get<BuildLog>(path)).toMatchObject({ project: 'Lint', status: 'Succeeded', events: [{ text: 'oxlint finds nothing' }] });
    expect(await (await request(`${path}/file`)).text()).toContain('oxlint finds nothing\n');
    expect(aws.calls.find(({ operation }) => operation === 'GetLogEvents')?.input).toMatchObject({ logGroupName: '/aws/codepipeline/Website', logStreamName: 'lint' });
  });

  test('an action tells what went into it, what came out, and each attempt with who made it', async () => {
    const detail = await get<ActionDetail>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Dev/actions/Integration`);
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
    expect((await request(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Dev/actions/Nothing`)).status).toBe(404);
  });

  test('an action that has not run tells how it will', async () => {
    const detail = await get<ActionDetail>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Prod/actions/Shop.Deploy`);
    expect(detail).toMatchObject({ attempts: [], stackName: 'Prod-Shop', configuration: [{ name: 'StackName', value: 'Prod-Shop' }] });
    expect(detail.status).toBeUndefined();
  });

  const changes = (run: string, action: string) => get<Changes>(`/api/pipelines/${PIPELINE}/executions/${run}/stages/Dev/actions/${action}/changes`);

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
    const { stackName, events } = await get<StackEvents>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Dev/actions/Shop.Deploy/stack-events`);
    expect(stackName).toBe('Dev-Shop');
    expect(events.map(({ status }) => status)).toEqual(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
    expect(aws.calls.find(({ operation }) => operation === 'AssumeRole')?.input.RoleArn).toBe('arn:aws:iam::222222222222:role/cdk-deploy-role');
  });

  test('of a stack that failed for one inside of it, the events of the inner one are told as well', async () => {
    const event = (stack: string, logicalId: string, type: string, physicalId: string, second: number) =>
      `<StackEvents><member><StackId>${stack}</StackId><EventId>${logicalId}</EventId><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${physicalId}</PhysicalResourceId><ResourceType>${type}</ResourceType><Timestamp>2026-11-20T08:00:${second}Z</Timestamp><ResourceStatus>CREATE_FAILED</ResourceStatus></member></StackEvents>`;
    operations.DescribeStackEvents = ({ StackName }) =>
      StackName === 'inner' ? event('inner', 'Orders', 'AWS::DynamoDB::Table', 'orders', 48) : event('outer', 'Inner', 'AWS::CloudFormation::Stack', 'inner', 50);
    const { events } = await get<StackEvents>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Dev/actions/Shop.Deploy/stack-events`);
    expect(events.map(({ logicalId }) => logicalId)).toEqual(['Orders', 'Inner']);
  });

  test('an unknown run and an unknown build are not found', async () => {
    expect((await request(`/api/pipelines/${PIPELINE}/executions/unknown`)).status).toBe(404);
    expect((await request('/api/builds/unknown/log')).status).toBe(404);
    expect((await request('/api/unknown')).status).toBe(404);
  });

  test('when the API is away the answer says so', async () => {
    aws.available = false;
    const response = await request('/api/pipelines');
    const problem: Problem = await response.json();
    expect(problem).toMatchObject({ status: 502, title: 'The AWS API does not answer' });
  });
});

describe('what a person can do', () => {
  const approval = { stage: 'Approve', action: 'Release', token: 'token-1', decision: 'Approved', comment: '' };

  test('an approval without a comment is still given, with a summary the API accepts', async () => {
    expect((await post(`/api/pipelines/${PIPELINE}/approval`, approval)).status).toBe(204);
    expect(acts()).toEqual([
      {
        operation: 'PutApprovalResult',
        input: { pipelineName: PIPELINE, stageName: 'Approve', actionName: 'Release', token: 'token-1', result: { status: 'Approved', summary: 'Approved on the console' } },
      },
    ]);
  });

  test('an approval of something that is no longer asked is refused in words', async () => {
    const response = await post(`/api/pipelines/${PIPELINE}/approval`, { ...approval, token: 'of yesterday' });
    const problem: Problem = await response.json();
    expect(problem).toMatchObject({ status: 409, detail: expect.stringContaining('superseded by a newer one') });
  });

  test('failed actions are retried, runs are started and stopped', async () => {
    expect((await post(`/api/pipelines/${PIPELINE}/executions/${FAILED_RUN}/retry`, { stage: 'Dev' })).status).toBe(204);
    expect(await (await post(`/api/pipelines/${PIPELINE}/executions`, {})).json()).toEqual({ executionId: WAITING_RUN });
    expect((await post(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stop`, { reason: '', abandon: false })).status).toBe(204);
    expect(acts().map(({ operation }) => operation)).toEqual(['RetryStageExecution', 'StartPipelineExecution', 'StopPipelineExecution']);
    expect((await run(FAILED_RUN)).stages[2]?.actions[0]).toMatchObject({ status: 'InProgress', attempts: 2 });
  });

  test.each([
    ['another decision', { ...approval, decision: 'Perhaps' }],
    ['a field nobody knows', { ...approval, force: true }],
    ['a comment longer than the API takes', { ...approval, comment: 'x'.repeat(513) }],
    ['no object', 'Approved'],
  ])('%s is refused and nothing is sent to AWS', async (_, body) => {
    expect((await post(`/api/pipelines/${PIPELINE}/approval`, body)).status).toBe(400);
    expect(acts()).toEqual([]);
  });
});

describe('who may act', () => {
  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://localhost:8080' }],
    ['a form', { 'content-type': 'text/plain' }],
    ['somebody without the token of the page', { 'x-console-token': 'guessed' }],
  ])('%s may not', async (_, headers) => {
    expect((await post(`/api/pipelines/${PIPELINE}/executions`, {}, headers)).status).toBe(403);
    expect(acts()).toEqual([]);
  });

  test('a name that somebody pointed at the loopback is answered nothing', async () => {
    const response = await request('/api/session', { headers: { host: 'evil.example:4700' } });
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('token');
  });

  test.each([
    ['the page', '/index.html', {}],
    ['what the page reads', '/api/pipelines', {}],
    ['nothing', '/api/unknown', {}],
    ['a refusal', '/', { host: 'evil.example:4700' }],
  ])('%s is answered with a policy that lets nothing in from elsewhere', async (_, path, headers) => {
    const answer = await request(path, { headers });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-|\*|data:|blob:|https?:/);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    });
  });
});
