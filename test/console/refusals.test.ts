import type { ActionDetail } from '../../console/action';
import type { Environment, Execution, PipelineSummary, Problem, UnreadPart } from '../../console/model';
import { Fault, type Operations } from './fakeAws';
import { fakeConsole, type FakeConsole } from './fakeConsole';
import { FAILED_RUN, fakePipeline, PIPELINE, WAITING_RUN } from './fakePipeline';
import { fakeRelease, RELEASED_RUN } from './fakeRelease';

let fake: FakeConsole | undefined;

afterEach(() => fake?.close());

const codepipeline = 'CodePipeline_20150709';
const BUILDS = 'CodeBuild_20161006.BatchGetBuilds';
const RUN = `/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}`;

/** What the console answers whose identity may not make these calls. */
async function without<T>(path: string, calls: readonly string[], operations: Operations = fakePipeline()): Promise<T> {
  const refused = Object.fromEntries(
    calls.map((call) => [
      call,
      () => {
        throw new Fault('AccessDeniedException', `ada is not authorized to perform ${call}`);
      },
    ]),
  );
  fake = await fakeConsole({ ...operations, ...refused });
  const answer = await fake.request(path);
  expect(answer.status).toBe(200);
  return answer.json();
}

const needed = (unread: readonly UnreadPart[]) => unread.map(({ needs }) => needs);

describe('a run', () => {
  const stages = ({ stages: found }: Execution) => found.map(({ name }) => name);

  test('is shown without what its gate measured, and names the permission', async () => {
    const run = await without<Execution>(RUN, [BUILDS]);
    expect(stages(run)).toEqual(['Source', 'Build', 'Dev', 'Approve', 'Prod']);
    expect(run.stages.flatMap(({ actions }) => actions.flatMap(({ hops = [] }) => hops))).toEqual([]);
    expect(run.unread).toEqual([{ what: 'What a gate measured', needs: 'codebuild:BatchGetBuilds', why: expect.stringContaining('ada is not authorized') }]);
  });

  test('whose state may not be read has the one of the list of runs', async () => {
    const run = await without<Execution>(`/api/pipelines/${PIPELINE}/executions/${FAILED_RUN}`, [`${codepipeline}.GetPipelineExecution`]);
    expect(run).toMatchObject({ status: 'Failed', commits: [{ id: '4f2a9d81c0ffee' }] });
    expect(needed(run.unread)).toEqual(['codepipeline:GetPipelineExecution']);
  });

  test('whose pipeline may not be read has the stages and actions that it went through or that wait for it', async () => {
    const run = await without<Execution>(RUN, [`${codepipeline}.GetPipeline`]);
    expect(new Set(stages(run))).toEqual(new Set(['Source', 'Build', 'Dev', 'Approve', 'Prod']));
    expect(run.stages.find(({ name }) => name === 'Approve')?.actions).toMatchObject([{ name: 'Release', approval: { token: 'token-1' } }]);
    expect(needed(run.unread)).toEqual(['codepipeline:GetPipeline']);
  });

  test('whose actions may not be listed has what the pipeline’s state tells of them, approvals above all', async () => {
    const run = await without<Execution>(RUN, [`${codepipeline}.ListActionExecutions`]);
    expect(run.stages.find(({ name }) => name === 'Approve')?.actions).toMatchObject([{ status: 'InProgress', approval: { token: 'token-1' } }]);
    expect(needed(run.unread)).toEqual(['codepipeline:ListActionExecutions']);
  });

  test('is shown where the pipeline’s state may not be read, with nothing to decide', async () => {
    const run = await without<Execution>(RUN, [`${codepipeline}.GetPipelineState`]);
    expect(run.stages.find(({ name }) => name === 'Dev')?.status).toBe('Succeeded');
    expect(run.stages.flatMap(({ actions }) => actions.flatMap(({ approval }) => approval ?? []))).toEqual([]);
    expect(needed(run.unread)).toEqual(['codepipeline:GetPipelineState']);
  });

  test('that was stopped is shown where the reason may not be read', async () => {
    const stopped = { [`${codepipeline}.GetPipelineExecution`]: () => ({ pipelineExecution: { pipelineVersion: 3, status: 'Stopped' } }) };
    const run = await without<Execution>(RUN, [`${codepipeline}.ListPipelineExecutions`], { ...fakePipeline(), ...stopped });
    expect(run.acts.map(({ what }) => what)).toContain('Stopped');
    expect(needed(run.unread)).toEqual(['codepipeline:ListPipelineExecutions']);
  });

  test('is asked for again where a call fails that may succeed the next time', async () => {
    fake = await fakeConsole({ ...fakePipeline(), [BUILDS]: () => { throw new Fault('ThrottlingException', 'Rate exceeded'); } });
    const problem: Problem = await (await fake.request(RUN)).json();
    expect(problem.status).toBe(429);
  });
});

describe('an action', () => {
  const ACTION = `${RUN}/stages/Dev/actions/Integration`;

  test.each([
    ['the run', 'GetPipelineExecution'],
    ['the pipeline', 'GetPipeline'],
  ])('is shown with its attempts where %s may not be read', async (_, call) => {
    const action = await without<ActionDetail>(ACTION, [`${codepipeline}.${call}`]);
    expect(action).toMatchObject({ variablesOut: [{ name: 'LONGEST' }], attempts: [{ status: 'Succeeded' }] });
    expect(needed(action.unread)).toEqual([`codepipeline:${call}`]);
  });

  test('is shown as it is declared where its attempts may not be listed, and what needs them says so', async () => {
    const action = await without<ActionDetail>(ACTION, [`${codepipeline}.ListActionExecutions`]);
    expect(action).toMatchObject({ provider: 'CodeBuild', namespace: 'Gate', attempts: [] });
    expect(needed(action.unread)).toEqual(['codepipeline:ListActionExecutions']);
    const problem: Problem | undefined = await (await fake?.request(`${RUN}/stages/Dev/actions/Shop.Deploy/stack-events`))?.json();
    expect(problem).toMatchObject({ status: 403, detail: expect.stringContaining('codepipeline:ListActionExecutions') });
  });
});

describe('the first page', () => {
  test.each([
    ['ListPipelineExecutions', { executions: [], waiting: [{ stage: 'Approve' }] }],
    ['GetPipelineState', { executions: [{ id: WAITING_RUN }, { id: FAILED_RUN }], waiting: [] }],
  ])('shows a pipeline whose identity may not call %s, without what that tells', async (call, shown) => {
    const [pipeline] = await without<PipelineSummary[]>('/api/pipelines', [`${codepipeline}.${call}`]);
    expect(pipeline).toMatchObject({ name: PIPELINE, ...shown });
    expect(needed(pipeline?.unread ?? [])).toEqual([`codepipeline:${call}`]);
  });

  test.each([
    ['ListPipelineExecutions', undefined],
    ['ListActionExecutions', RELEASED_RUN],
    ['GetPipelineState', RELEASED_RUN],
  ])('shows environments where %s may not be called', async (call, runs) => {
    const environments = await without<Environment[]>(`/api/pipelines/${PIPELINE}/environments`, [`${codepipeline}.${call}`], fakeRelease({ deployed: {}, next: { 'Prod-Shop': {} } }));
    expect(environments[1]).toMatchObject({ stage: 'Prod', addresses: [{ name: 'SiteUrl' }] });
    expect(environments[1]?.run?.id).toBe(runs);
    expect(needed(environments[1]?.unread ?? [])).toEqual([`codepipeline:${call}`]);
  });
});
