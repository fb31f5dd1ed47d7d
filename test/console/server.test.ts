import type { ActionDetail } from '../../console/action';
import type { BuildLog, Execution, PipelineSummary, Problem } from '../../console/model';
import { fakeConsole, type FakeConsole } from './fakeConsole';
import { BUILD_ID, FAILED_RUN, fakePipeline, LONG_BUILD_ID, LONG_LINES, PIPELINE, WAITING_RUN } from './fakePipeline';

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

  test('a build log is read to its end and then said to be complete', async () => {
    const path = `/api/builds/${encodeURIComponent(BUILD_ID)}/log`;
    const first = await fake.get<BuildLog>(path);
    expect(first).toMatchObject({ project: 'Website-Synth', status: 'SUCCEEDED', next: 'f/5', complete: false });
    expect(first.events).toHaveLength(5);
    expect(await fake.get<BuildLog>(`${path}?from=${encodeURIComponent('f/5')}`)).toMatchObject({ events: [], complete: true });
  });

  test('a log is handed out whole as a file, each line with its instant and without colours', async () => {
    const answer = await fake.request(`/api/builds/${encodeURIComponent(LONG_BUILD_ID)}/log/file`);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="Website-Long-6f2d44b1-1111-4222-8333-944455556666.log"');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const lines = (await answer.text()).split('\n');
    expect(lines).toHaveLength(LONG_LINES + 1);
    expect(lines[0]).toBe('2026-11-20T08:00:06.000Z  line 1 says nothing new');
  });

  test('an action that is no build shows the log that the pipeline names for it', async () => {
    const { attempts } = await fake.get<ActionDetail>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Dev/actions/Lint`);
    expect(attempts).toMatchObject([{ hasLog: true }]);
    const path = `/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/attempts/${attempts[0]?.id}/log`;
    expect(await fake.get<BuildLog>(path)).toMatchObject({ project: 'Lint', status: 'Succeeded', events: [{ text: 'oxlint finds nothing' }] });
    expect(await (await fake.request(`${path}/file`)).text()).toContain('oxlint finds nothing\n');
    expect(fake.aws.calls.find(({ operation }) => operation === 'GetLogEvents')?.input).toMatchObject({ logGroupName: '/aws/codepipeline/Website', logStreamName: 'lint' });
  });

  test('an unknown run and an unknown build are not found', async () => {
    expect((await fake.request(`/api/pipelines/${PIPELINE}/executions/unknown`)).status).toBe(404);
    expect((await fake.request('/api/builds/unknown/log')).status).toBe(404);
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
