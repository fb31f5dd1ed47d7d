import type { Execution, PipelineSummary, Problem } from '../../console/model';
import { fakeConsole, type FakeConsole } from './fakeConsole';
import { FAILED_RUN, fakePipeline, PIPELINE, WAITING_RUN } from './fakePipeline';

let fake: FakeConsole;

beforeEach(async () => {
  fake = await fakeConsole(fakePipeline());
});
afterEach(() => fake.close());

const run = (id: string) => fake.get<Execution>(`/api/pipelines/${PIPELINE}/executions/${id}`);
const acts = () => fake.aws.calls.filter(({ operation }) => /^(Put|Retry|Start|Stop)/.test(operation));

describe('what the console shows', () => {
  test('the pipelines come with their latest runs, the commit of each, and what waits for a person', async () => {
    const [pipeline] = await fake.get<PipelineSummary[]>('/api/pipelines');
    expect(pipeline).toMatchObject({ name: PIPELINE, waiting: [{ stage: 'Approve', action: 'Release', executionId: WAITING_RUN }] });
    expect(pipeline?.executions[0]).toMatchObject({ id: WAITING_RUN, status: 'InProgress', commits: [{ id: '4f2a9d81c0ffee', message: 'Show delivery times\n\nAnd why.', author: 'Ada <b>Lovelace</b>' }] });
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

  test('an unknown run and an unknown build are not found', async () => {
    expect((await fake.request(`/api/pipelines/${PIPELINE}/executions/unknown`)).status).toBe(404);
    expect((await fake.request('/api/builds/unknown/log/file')).status).toBe(404);
    expect((await fake.request('/api/unknown')).status).toBe(404);
  });

  test('when the API is away the answer says so', async () => {
    fake.aws.available = false;
    const response = await fake.request('/api/pipelines');
    const problem: Problem = await response.json();
    expect(problem).toMatchObject({ status: 502, title: 'The AWS API does not answer' });
  });
});

describe('what a person can do', () => {
  const approval = { stage: 'Approve', action: 'Release', token: 'token-1', decision: 'Approved', comment: '' };

  test('an approval without a comment is still given, with a summary the API accepts', async () => {
    expect((await fake.post(`/api/pipelines/${PIPELINE}/approval`, approval)).status).toBe(204);
    expect(acts()).toEqual([
      {
        operation: 'PutApprovalResult',
        input: { pipelineName: PIPELINE, stageName: 'Approve', actionName: 'Release', token: 'token-1', result: { status: 'Approved', summary: 'Approved on the console' } },
      },
    ]);
  });

  test('an approval of something that is no longer asked is refused in words', async () => {
    const response = await fake.post(`/api/pipelines/${PIPELINE}/approval`, { ...approval, token: 'of yesterday' });
    const problem: Problem = await response.json();
    expect(problem).toMatchObject({ status: 409, detail: expect.stringContaining('superseded by a newer one') });
  });

  test('failed actions are retried, runs are started and stopped', async () => {
    expect((await fake.post(`/api/pipelines/${PIPELINE}/executions/${FAILED_RUN}/retry`, { stage: 'Dev' })).status).toBe(204);
    expect(await (await fake.post(`/api/pipelines/${PIPELINE}/executions`, {})).json()).toEqual({ executionId: WAITING_RUN });
    expect((await fake.post(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stop`, { reason: '', abandon: false })).status).toBe(204);
    expect(acts().map(({ operation }) => operation)).toEqual(['RetryStageExecution', 'StartPipelineExecution', 'StopPipelineExecution']);
    expect((await run(FAILED_RUN)).stages[2]?.actions[0]).toMatchObject({ status: 'InProgress', attempts: 2 });
  });

  test.each([
    ['another decision', { ...approval, decision: 'Perhaps' }],
    ['a field nobody knows', { ...approval, force: true }],
    ['a comment longer than the API takes', { ...approval, comment: 'x'.repeat(513) }],
    ['no object', 'Approved'],
  ])('%s is refused and nothing is sent to AWS', async (_, body) => {
    expect((await fake.post(`/api/pipelines/${PIPELINE}/approval`, body)).status).toBe(400);
    expect(acts()).toEqual([]);
  });
});
