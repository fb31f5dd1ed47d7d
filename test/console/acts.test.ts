import type { Execution, Problem, RollbackTargets, Source } from '../../console/model';
import { Fault, type Operations } from './fakeAws';
import { fakeConsole, type FakeConsole } from './fakeConsole';
import { FAILED_RUN, fakePipeline, PIPELINE, WAITING_RUN } from './fakePipeline';

const codepipeline = 'CodePipeline_20150709';
const person = 'arn:aws:iam::111111111111:user/ada';
const EARLIER_RUN = '3c3c3c3c-5f7e-4a0e-8a63-90b1c1f0e6d2';
let running: FakeConsole | undefined;

afterEach(() => running?.close());

const start = async (operations: Operations = {}): Promise<FakeConsole> => (running = await fakeConsole({ ...fakePipeline(), ...operations }));
const acts = ({ aws }: FakeConsole) => aws.calls.filter(({ operation }) => /^(Start|Stop|Rollback)/.test(operation));
const told = async (execution: object, details: object[] = [], more: Operations = {}) => {
  const fake = await start({
    [`${codepipeline}.GetPipelineExecution`]: () => ({ pipelineExecution: { pipelineVersion: 3, ...execution } }),
    [`${codepipeline}.ListActionExecutions`]: () => ({ actionExecutionDetails: details }),
    ...more,
  });
  return (await fake.get<Execution>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}`)).acts;
};
const attempt = (stageName: string, actionName: string, at: number, more: object = {}) => ({ stageName, actionName, startTime: at, lastUpdateTime: at + 5, status: 'Succeeded', ...more });

describe('who did what', () => {
  test('a run that a person started says who', async () => {
    expect(await told({ trigger: { triggerType: 'StartPipelineExecution', triggerDetail: person } })).toMatchObject([{ what: 'Started by hand', who: person }]);
  });

  test('an approval and a rejection are told with who and why, in the order in which they were given', async () => {
    const given = (at: number, status: string, why: string) => attempt('Approve', 'Release', at, { status, updatedBy: person, input: { actionTypeId: { category: 'Approval' } }, output: { executionResult: { externalExecutionSummary: why } } });
    expect(await told({ trigger: { triggerType: 'WebhookV2' } }, [given(200, 'Succeeded', 'Now it is <b>good</b>'), given(100, 'Failed', 'Not yet')])).toMatchObject([
      { what: 'Started by a push' },
      { what: 'Rejected Approve / Release', who: person, why: 'Not yet' },
      { what: 'Tried Approve again: Release' },
      { what: 'Approved Approve / Release', who: person, why: 'Now it is <b>good</b>' },
    ]);
  });

  test('a retry is one act, however many actions it tried', async () => {
    const details = [attempt('Dev', 'One', 30), attempt('Dev', 'Two', 30), attempt('Dev', 'One', 10), attempt('Dev', 'Two', 10)];
    expect((await told({}, details)).map(({ what }) => what)).toEqual(['Started', 'Tried Dev again: Two, One']);
  });

  test('a stop is told with its reason and with what was abandoned', async () => {
    const summaries = [{ pipelineExecutionId: WAITING_RUN, status: 'Stopped', stopTrigger: { reason: 'Wrong branch' } }];
    const list = { [`${codepipeline}.ListPipelineExecutions`]: () => ({ pipelineExecutionSummaries: summaries }) };
    expect(await told({ status: 'Stopped' }, [attempt('Dev', 'One', 10, { status: 'Abandoned' })], list)).toMatchObject([{}, { what: 'Stopped, abandoning One', why: 'Wrong branch' }]);
  });

  test('a rollback names the run that it goes back to', async () => {
    const back = { executionType: 'ROLLBACK', rollbackMetadata: { rollbackTargetPipelineExecutionId: EARLIER_RUN } };
    expect(await told({ ...back, trigger: { triggerType: 'ManualRollback', triggerDetail: person } })).toMatchObject([{ what: 'Started to take a stage back to run 3c3c3c3c', who: person }]);
    await running?.close();
    expect(await told({ ...back, trigger: { triggerType: 'AutomatedRollback', triggerDetail: FAILED_RUN } })).toMatchObject([{ what: 'Started by itself to take a stage back to run 3c3c3c3c, after run 2b9d2c70 failed' }]);
  });
});

describe('starting and stopping', () => {
  test('a run is started with the revision that somebody names', async () => {
    const fake = await start();
    expect(await fake.get<Source[]>(`/api/pipelines/${PIPELINE}/sources`)).toEqual([{ action: 'Repository', revision: 'commit' }]);
    expect((await fake.post(`/api/pipelines/${PIPELINE}/executions`, { revisions: { Repository: ' 4f2a9d8 ' } })).status).toBe(201);
    expect(acts(fake)[0]?.input).toMatchObject({ sourceRevisions: [{ actionName: 'Repository', revisionType: 'COMMIT_ID', revisionValue: '4f2a9d8' }] });
  });

  test.each([{ Synth: '4f2a9d8' }, { Repository: '  ' }, { Nothing: 'x' }])('a revision of something that has none (%j) is refused', async (revisions) => {
    const fake = await start();
    expect((await fake.post(`/api/pipelines/${PIPELINE}/executions`, { revisions })).status).toBe(400);
    expect(acts(fake)).toEqual([]);
  });

  test('a stop hands its reason on and abandons only where that was chosen', async () => {
    const fake = await start();
    await fake.post(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stop`, { reason: 'Wrong "branch" 🌿', abandon: true });
    expect(acts(fake)[0]?.input).toMatchObject({ reason: 'Wrong "branch" 🌿', abandon: true });
  });
});

describe('rolling a stage back', () => {
  const at = (stage: string) => `/api/pipelines/${PIPELINE}/stages/${stage}/rollback`;
  const summary = (id: string, more: object = {}) => ({ pipelineExecutionId: id, status: 'Succeeded', executionType: 'STANDARD', ...more });
  const succeeded = (runs: object[], versions: Record<string, number> = {}): Operations => ({
    [`${codepipeline}.ListPipelineExecutions`]: () => ({ pipelineExecutionSummaries: runs }),
    [`${codepipeline}.GetPipelineExecution`]: ({ pipelineExecutionId }) => ({ pipelineExecution: { pipelineExecutionId, pipelineVersion: versions[String(pipelineExecutionId)] ?? 3 } }),
    [`${codepipeline}.GetPipelineState`]: () => ({ stageStates: [{ stageName: 'Prod', latestExecution: { pipelineExecutionId: WAITING_RUN, status: 'Succeeded' } }] }),
  });

  test('an earlier run that succeeded there on the same structure can be gone back to', async () => {
    const fake = await start(succeeded([summary(WAITING_RUN), summary('roll', { executionType: 'ROLLBACK' }), summary(EARLIER_RUN)]));
    expect((await fake.get<RollbackTargets>(at('Prod'))).targets.map(({ id }) => id)).toEqual([EARLIER_RUN]);
  });

  test.each([
    ['Source', [], {}, /source stage/],
    ['Prod', [summary(WAITING_RUN)], {}, /No other run has succeeded in Prod/],
    ['Prod', [summary(EARLIER_RUN)], { [EARLIER_RUN]: 2 }, /The pipeline has changed since/],
  ])('where %s has no run to go back to, that is said', async (stage, runs, versions, why) => {
    const fake = await start(succeeded(runs, versions));
    expect(await fake.get<RollbackTargets>(at(stage))).toMatchObject({ targets: [], whyNot: expect.stringMatching(why) });
  });

  test('a stage that is at work is not rolled back', async () => {
    const fake = await start({ [`${codepipeline}.GetPipelineState`]: () => ({ stageStates: [{ stageName: 'Prod', latestExecution: { pipelineExecutionId: WAITING_RUN, status: 'InProgress' } }] }) });
    expect((await fake.get<RollbackTargets>(at('Prod'))).whyNot).toMatch(/Prod is at work/);
  });

  test('what AWS answers to it is handed on, a run or a refusal', async () => {
    const fake = await start({ [`${codepipeline}.RollbackStage`]: ({ targetPipelineExecutionId }) => {
      if (targetPipelineExecutionId !== EARLIER_RUN) throw new Fault('UnableToRollbackStageException', 'It has not succeeded there.');
      return { pipelineExecutionId: WAITING_RUN };
    } });
    expect(await (await fake.post(at('Prod'), { target: EARLIER_RUN })).json()).toEqual({ executionId: WAITING_RUN });
    const problem: Problem = await (await fake.post(at('Prod'), { target: FAILED_RUN })).json();
    expect(problem).toMatchObject({ status: 409, detail: 'It has not succeeded there.' });
  });
});
