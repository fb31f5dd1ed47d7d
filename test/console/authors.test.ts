import type { Execution, ExecutionPage, PipelineSummary, Release } from '../../console/model';
import { Fault, type Operations } from './fakeAws';
import { fakeConsole, type FakeConsole } from './fakeConsole';
import { FAILED_RUN, fakePipeline, PIPELINE, WAITING_RUN } from './fakePipeline';
import { fakeRelease } from './fakeRelease';

const LIST = 'CodePipeline_20150709.ListPipelineExecutions';
const ACTIONS = 'CodePipeline_20150709.ListActionExecutions';
const AUTHOR = 'Ada <b>Lovelace</b>';
let fake: FakeConsole;

afterEach(() => fake.close());

async function start(operations: Operations = {}): Promise<Operations> {
  const all = { ...fakePipeline(), ...operations };
  fake = await fakeConsole(all);
  return all;
}

const runs = async () => (await fake.get<ExecutionPage>(`/api/pipelines/${PIPELINE}/executions`)).executions;
const authors = async () => (await runs()).map(({ commits }) => commits[0]?.author);
const asked = () => fake.aws.calls.filter(({ operation }) => operation === 'ListActionExecutions').length;
/** A source action that put out these variables. */
const source = (outputVariables: Record<string, string>, category = 'Source') => () => ({
  actionExecutionDetails: [{ stageName: 'Source', actionName: 'Repository', status: 'Succeeded', input: { actionTypeId: { category } }, output: { outputVariables: { CommitId: '4f2a9d81c0ffee', ...outputVariables } } }],
});

test('a commit comes with its author: first of all, in the list of runs and in a run', async () => {
  await start();
  const [pipeline] = await fake.get<PipelineSummary[]>('/api/pipelines');
  expect(pipeline?.executions.map(({ commits }) => commits[0]?.author)).toEqual([AUTHOR, AUTHOR]);
  expect(await authors()).toEqual([AUTHOR, AUTHOR]);
  expect((await fake.get<Execution>(`/api/pipelines/${PIPELINE}/executions/${FAILED_RUN}`)).commits).toMatchObject([{ author: AUTHOR }]);
});

test('an approver reads who wrote each commit that the run brings', async () => {
  fake = await fakeConsole(fakeRelease({ deployed: {}, next: {} }));
  const { commits } = await fake.get<Release>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Approve/actions/Release/release`);
  expect(commits.find(({ id }) => id === '4f2a9d81c0ffee')?.author).toBe(AUTHOR);
});

test.each([
  ['the name is missing', { AuthorEmail: 'ada@example.com', AuthorId: 'ada' }, 'ada@example.com'],
  ['only an id is told', { AuthorId: 'ada' }, 'ada'],
  ['nothing is told, as CodeCommit does', { AuthorDate: '2026-11-20T07:58:00Z' }, undefined],
])('where %s, the author is what there is', async (_, variables, author) => {
  await start({ [ACTIONS]: source(variables) });
  expect(await authors()).toEqual([author, author]);
});

test('what another action than a source puts out is nobody’s name', async () => {
  await start({ [ACTIONS]: source({ AuthorDisplayName: 'Mallory' }, 'Build') });
  expect(await authors()).toEqual([undefined, undefined]);
});

test('each run is asked for once, however often its list is looked at', async () => {
  await start();
  await runs();
  expect(asked()).toBe(2);
  await runs();
  await fake.get('/api/pipelines');
  expect(asked()).toBe(2);
});

test('a run whose source is still being read is not asked for, and has its author afterwards', async () => {
  const finished = fakePipeline()[LIST];
  const operations = await start({ [LIST]: () => ({ pipelineExecutionSummaries: [{ pipelineExecutionId: WAITING_RUN, status: 'InProgress' }] }) });
  expect((await runs())[0]?.commits).toEqual([]);
  expect(asked()).toBe(0);
  if (finished) operations[LIST] = finished;
  expect(await authors()).toEqual([AUTHOR, AUTHOR]);
});

test('actions that may not be listed cost the author alone, and are not asked for again at each look', async () => {
  await start({ [ACTIONS]: () => { throw new Fault('AccessDeniedException', 'not for you'); } });
  expect(await authors()).toEqual([undefined, undefined]);
  await runs();
  expect(asked()).toBe(2);
});
