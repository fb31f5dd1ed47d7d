import { cancelForUpdate, stopExecution } from '../../../local/codepipeline/engine/stop';
import { markInterrupted } from '../../../local/codepipeline/engine/settle';
import { retryStage } from '../../../local/codepipeline/engine/retry';
import { rollBackStage } from '../../../local/codepipeline/engine/rollback';
import { SimulatedPipeline, sketch } from './simulatedPipeline';

const simple = { Source: { actions: ['Repo'] }, Build: { actions: ['Synth'] }, Dev: { actions: ['Deploy', 'Check@2'] } };

test('actions of one run order run at once, the next order waits for all of them', () => {
  const pipeline = new SimulatedPipeline(sketch({ Source: { actions: ['Repo'] }, Dev: { actions: ['A', 'B', 'C@3', 'D@2'] } }));
  const execution = pipeline.start();
  expect(pipeline.running(execution)).toEqual(['Repo']);
  pipeline.succeed(execution, 'Repo');
  expect(pipeline.running(execution)).toEqual(['A', 'B']);
  pipeline.succeed(execution, 'B');
  expect(pipeline.running(execution)).toEqual(['A']);
  pipeline.succeed(execution, 'A');
  expect(pipeline.running(execution)).toEqual(['D']);
  pipeline.succeed(execution, 'D', 'C');
  expect(execution).toMatchObject({ status: 'Succeeded', inStage: undefined });
  expect(pipeline.stages(execution)).toEqual({ Source: 'Succeeded', Dev: 'Succeeded' });
});

test('a failed action fails its stage once the actions beside it have ended, and nothing later runs', () => {
  const pipeline = new SimulatedPipeline(sketch({ Source: { actions: ['Repo'] }, Dev: { actions: ['A', 'B', 'C@2'] }, Prod: { actions: ['Deploy'] } }));
  const execution = pipeline.start();
  pipeline.succeed(execution, 'Repo');
  pipeline.fail(execution, 'A');
  expect(execution.status).toBe('InProgress');
  pipeline.succeed(execution, 'B');
  expect(execution).toMatchObject({ status: 'Failed', summary: 'Dev / A: it broke' });
  expect(pipeline.stages(execution)).toEqual({ Source: 'Succeeded', Dev: 'Failed' });
  expect(pipeline.runs(execution, 'Dev')).toEqual({ A: 'Failed', B: 'Succeeded' });
});

test('queued executions go through each stage one after the other, in the order they started', () => {
  const pipeline = new SimulatedPipeline(sketch(simple));
  const executions = [pipeline.start(), pipeline.start(), pipeline.start()];
  const [first, second, third] = executions;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three were started');
  expect(executions.map((one) => pipeline.running(one))).toEqual([['Repo'], [], []]);
  pipeline.succeed(first, 'Repo');
  expect(executions.map((one) => pipeline.running(one))).toEqual([['Synth'], ['Repo'], []]);
  pipeline.succeed(second, 'Repo');
  expect(executions.map((one) => pipeline.running(one))).toEqual([['Synth'], [], ['Repo']]);
  pipeline.finish(first);
  pipeline.finish(second);
  pipeline.finish(third);
  expect(executions.map(({ status }) => status)).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
});

test('superseded: of the executions that wait before a stage only the newest stays', () => {
  const pipeline = new SimulatedPipeline(sketch(simple, 'SUPERSEDED'));
  const [first, second, third] = [pipeline.start(), pipeline.start(), pipeline.start()];
  expect([first.status, second.status, third.status]).toEqual(['InProgress', 'Superseded', 'InProgress']);
  pipeline.succeed(first, 'Repo');
  pipeline.succeed(third, 'Repo');
  const fourth = pipeline.start();
  pipeline.succeed(fourth, 'Repo');
  expect([first.status, third.status, fourth.waitingFor]).toEqual(['InProgress', 'Superseded', 'Build']);
});

test('parallel executions do not wait for one another', () => {
  const pipeline = new SimulatedPipeline(sketch(simple, 'PARALLEL'));
  const [first, second] = [pipeline.start(), pipeline.start()];
  expect([pipeline.running(first), pipeline.running(second)]).toEqual([['Repo'], ['Repo']]);
});

test('a disabled transition holds executions before the stage until it is enabled', () => {
  const pipeline = new SimulatedPipeline(sketch(simple));
  pipeline.state.transitions['Build'] = { enabled: false, changedAt: 0, changedBy: 'a person', reason: 'a freeze' };
  const execution = pipeline.start();
  pipeline.succeed(execution, 'Repo');
  expect(execution).toMatchObject({ status: 'InProgress', waitingFor: 'Build' });
  pipeline.change(() => delete pipeline.state.transitions['Build']);
  expect(pipeline.running(execution)).toEqual(['Synth']);
});

describe('retry', () => {
  const stages = { Source: { actions: ['Repo'] }, Dev: { actions: ['A', 'B', 'C@2'] } };
  const failed = () => {
    const pipeline = new SimulatedPipeline(sketch(stages));
    const execution = pipeline.start();
    pipeline.succeed(execution, 'Repo');
    pipeline.fail(execution, 'A');
    pipeline.succeed(execution, 'B');
    return { pipeline, execution };
  };

  test('repeats the failed actions only and goes on in the same execution', () => {
    const { pipeline, execution } = failed();
    pipeline.change(() => retryStage(pipeline.state, 'Dev', execution.id, 'FAILED_ACTIONS', pipeline.clock));
    expect(pipeline.running(execution)).toEqual(['A']);
    pipeline.succeed(execution, 'A', 'C');
    expect(execution).toMatchObject({ status: 'Succeeded', summary: undefined });
    expect(execution.actions.map(({ action, status }) => `${action} ${status}`)).toEqual(['Repo Succeeded', 'A Failed', 'B Succeeded', 'A Succeeded', 'C Succeeded']);
  });

  test('repeats all actions when asked to', () => {
    const { pipeline, execution } = failed();
    pipeline.change(() => retryStage(pipeline.state, 'Dev', execution.id, 'ALL_ACTIONS', pipeline.clock));
    expect(pipeline.running(execution)).toEqual(['A', 'B']);
  });

  test('is refused once a later execution has entered the stage, the structure has changed, or nothing has failed', () => {
    const { pipeline, execution } = failed();
    const retry = (stage: string) => () => retryStage(pipeline.state, stage, execution.id, 'FAILED_ACTIONS', pipeline.clock);
    expect(retry('Source')).toThrow(expect.objectContaining({ name: 'StageNotRetryableException' }));
    pipeline.state.version = 2;
    expect(retry('Dev')).toThrow(expect.objectContaining({ name: 'StageNotRetryableException' }));
    pipeline.state.version = 1;
    pipeline.finish(pipeline.start());
    expect(retry('Dev')).toThrow(expect.objectContaining({ name: 'NotLatestPipelineExecutionException' }));
  });

  test('happens once by itself where OnFailure says RETRY', () => {
    const pipeline = new SimulatedPipeline(sketch({ Source: { actions: ['Repo'] }, Dev: { actions: ['A', 'B'], onFailure: { result: 'RETRY' } } }));
    const execution = pipeline.start();
    pipeline.succeed(execution, 'Repo', 'B');
    pipeline.fail(execution, 'A');
    expect(pipeline.running(execution)).toEqual(['A']);
    pipeline.fail(execution, 'A');
    expect(execution.status).toBe('Failed');
    expect(execution.stages['Dev']).toMatchObject({ automaticRetries: 1, latestRetry: 'AutomatedStageRetry' });
  });
});

describe('rollback', () => {
  const stages = { Source: { actions: ['Repo'] }, Dev: { actions: ['Deploy'], onFailure: { result: 'ROLLBACK' } }, Prod: { actions: ['Release'] } } as const;
  const failAgain = (pipeline: SimulatedPipeline) => {
    const execution = pipeline.start();
    pipeline.succeed(execution, 'Repo');
    pipeline.fail(execution, 'Deploy');
    return execution;
  };

  test('repeats the failed stage, and only it, with the revisions and variables of the last good execution', () => {
    const pipeline = new SimulatedPipeline(sketch(stages));
    const good = pipeline.start();
    good.artifacts['Source'] = '/good';
    pipeline.finish(good);
    const failed = failAgain(pipeline);
    const rollback = pipeline.state.executions.at(-1);
    expect(rollback).toMatchObject({ type: 'ROLLBACK', rollbackTarget: good.id, artifacts: { Source: '/good' }, trigger: { type: 'AutomatedRollback', detail: failed.id } });
    if (rollback === undefined) throw new Error('there is none');
    expect(pipeline.running(rollback)).toEqual(['Deploy']);
    pipeline.finish(rollback);
    expect(pipeline.stages(rollback)).toEqual({ Dev: 'Succeeded' });
    expect(rollback.status).toBe('Succeeded');
  });

  test('goes before executions that wait for the stage', () => {
    const pipeline = new SimulatedPipeline(sketch(stages));
    pipeline.finish(pipeline.start());
    const failing = pipeline.start();
    pipeline.succeed(failing, 'Repo');
    const next = pipeline.start();
    pipeline.succeed(next, 'Repo');
    pipeline.fail(failing, 'Deploy');
    expect(pipeline.running(next)).toEqual([]);
    expect(pipeline.state.executions.filter(({ inStage }) => inStage === 'Dev').map(({ type }) => type)).toEqual(['ROLLBACK']);
  });

  test.each([
    ['nothing has succeeded in the stage', () => undefined, 'no execution has succeeded in stage Dev before'],
    ['what succeeded there started on an earlier version of the pipeline', (pipeline: SimulatedPipeline) => (pipeline.state.version = 2), 'started on an earlier version'],
  ])('does not happen when %s: the stage stays failed and says why', (_, change, reason) => {
    const pipeline = new SimulatedPipeline(sketch(stages));
    if (reason.includes('earlier')) pipeline.finish(pipeline.start());
    change(pipeline);
    const failed = failAgain(pipeline);
    expect(failed.status).toBe('Failed');
    expect(failed.summary).toContain(reason);
    expect(pipeline.state.executions.some(({ type }) => type === 'ROLLBACK')).toBe(false);
  });

  test('never takes a rollback for its target, and a rollback that fails is not rolled back', () => {
    const pipeline = new SimulatedPipeline(sketch(stages));
    const good = pipeline.start();
    pipeline.finish(good);
    failAgain(pipeline);
    const rollback = pipeline.state.executions.at(-1);
    if (rollback === undefined) throw new Error('there is none');
    pipeline.finish(rollback);
    failAgain(pipeline);
    const second = pipeline.state.executions.at(-1);
    expect(second).toMatchObject({ type: 'ROLLBACK', rollbackTarget: good.id });
    if (second === undefined) throw new Error('there is none');
    pipeline.fail(second, 'Deploy');
    expect(second).toMatchObject({ status: 'Failed', summary: expect.stringContaining('The rollback itself failed') });
    expect(pipeline.state.executions.at(-1)).toBe(second);
  });

  test('by hand is refused for targets that AWS refuses', () => {
    const pipeline = new SimulatedPipeline(sketch(stages));
    const good = pipeline.start();
    pipeline.finish(good);
    const failed = failAgain(pipeline);
    const rollback = pipeline.state.executions.at(-1);
    pipeline.finish(rollback ?? failed);
    const by = (stage: string, target: string) => () => rollBackStage(pipeline.state, stage, target, 'a person', pipeline.clock);
    expect(by('Source', good.id)).toThrow(expect.objectContaining({ name: 'UnableToRollbackStageException' }));
    expect(by('Dev', failed.id)).toThrow(expect.objectContaining({ name: 'UnableToRollbackStageException' }));
    expect(by('Dev', rollback?.id ?? '')).toThrow('is itself a rollback');
    expect(by('Dev', 'unknown')).toThrow(expect.objectContaining({ name: 'PipelineExecutionNotFoundException' }));
    pipeline.state.version = 2;
    expect(by('Dev', good.id)).toThrow(expect.objectContaining({ name: 'PipelineExecutionOutdatedException' }));
  });
});

describe('stop', () => {
  test('waits for running actions, then nothing else starts', () => {
    const pipeline = new SimulatedPipeline(sketch(simple));
    const execution = pipeline.start();
    pipeline.change(() => stopExecution(pipeline.state, execution.id, { abandon: false }, pipeline.clock));
    expect(execution.status).toBe('Stopping');
    expect(() => stopExecution(pipeline.state, execution.id, { abandon: false }, pipeline.clock)).toThrow(expect.objectContaining({ name: 'DuplicatedStopRequestException' }));
    pipeline.succeed(execution, 'Repo');
    expect(execution.status).toBe('Stopped');
    expect(pipeline.stages(execution)).toEqual({ Source: 'Stopped' });
  });

  test('abandons running actions when told to, and the stage can be retried', () => {
    const pipeline = new SimulatedPipeline(sketch(simple));
    const execution = pipeline.start();
    const effects = pipeline.change(() => stopExecution(pipeline.state, execution.id, { abandon: true, reason: 'a mistake' }, pipeline.clock));
    expect(effects.map(({ kind, run }) => [kind, run.action, run.status])).toEqual([['abandon', 'Repo', 'Abandoned']]);
    expect(execution.status).toBe('Stopped');
    expect(() => stopExecution(pipeline.state, execution.id, { abandon: true }, pipeline.clock)).toThrow(expect.objectContaining({ name: 'PipelineExecutionNotStoppableException' }));
    pipeline.change(() => retryStage(pipeline.state, 'Source', execution.id, 'FAILED_ACTIONS', pipeline.clock));
    expect(pipeline.running(execution)).toEqual(['Repo']);
  });
});

test('a change of the structure lets running actions finish, then cancels their executions and all that wait', () => {
  const pipeline = new SimulatedPipeline(sketch(simple));
  const [running, waiting] = [pipeline.start(), pipeline.start()];
  pipeline.change(() => cancelForUpdate(pipeline.state, pipeline.clock));
  pipeline.state.version = 2;
  expect([running.status, waiting.status]).toEqual(['InProgress', 'Cancelled']);
  const restarted = pipeline.start();
  pipeline.succeed(running, 'Repo');
  expect([running.status, pipeline.running(running)]).toEqual(['Cancelled', []]);
  expect(pipeline.running(restarted)).toEqual(['Repo']);
});

test('what ran when the machine stopped has failed and can be retried, while an approval goes on waiting', () => {
  const pipeline = new SimulatedPipeline(sketch({ Source: { actions: ['Repo'] }, Dev: { actions: ['Deploy'], onFailure: { result: 'ROLLBACK' } }, Approve: { actions: ['Approve'] } }));
  const [approving, deploying] = [pipeline.start(), pipeline.start()];
  pipeline.succeed(approving, 'Repo', 'Deploy');
  pipeline.succeed(deploying, 'Repo');
  pipeline.change(() => markInterrupted(pipeline.state, pipeline.clock));
  expect([approving.status, pipeline.running(approving)]).toEqual(['InProgress', ['Approve']]);
  expect(deploying).toMatchObject({ status: 'Failed', summary: expect.stringContaining('The runner stopped while this action ran') });
  expect(pipeline.state.executions).toHaveLength(2);
  pipeline.change(() => retryStage(pipeline.state, 'Dev', deploying.id, 'FAILED_ACTIONS', pipeline.clock));
  expect(pipeline.running(deploying)).toEqual(['Deploy']);
});
