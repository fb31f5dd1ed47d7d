import { ServiceError } from '../../aws/errors';
import { executionOf, stageOf } from './find';
import { isActive, type Clock, type Execution, type PipelineState } from './model';
import { newExecution } from './start';

/**
 * Starts an execution that repeats a stage with the revisions, variables and artefacts of an earlier one.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
 */
export function rollBackStage(state: PipelineState, stageName: string, targetId: string, caller: string, clock: Clock): Execution {
  const stage = stageOf(state, stageName);
  const target = executionOf(state, targetId);
  if (state.declaration.stages[0] === stage) throw unable(`${stageName} is the source stage, which cannot be rolled back.`);
  if (target.version !== state.version)
    throw new ServiceError('PipelineExecutionOutdatedException', `Execution ${targetId} started on version ${target.version} of the pipeline, which is now at version ${state.version}.`);
  if (target.type === 'ROLLBACK') throw unable(`Execution ${targetId} is itself a rollback.`);
  if (target.stages[stageName]?.status !== 'Succeeded') throw unable(`Execution ${targetId} has not succeeded in stage ${stageName}.`);
  if (state.executions.some((other) => isActive(other) && other.inStage === stageName)) throw unable(`Stage ${stageName} is running.`);
  return startRollback(state, stageName, target, { type: 'ManualRollback', detail: caller }, clock);
}

/** What `OnFailure: ROLLBACK` does. Without a target the stage stays failed, and the execution's summary says why. */
export function rollBackAutomatically(state: PipelineState, failed: Execution, stageName: string, clock: Clock): void {
  if (failed.type === 'ROLLBACK') {
    failed.summary = `${failed.summary ?? ''}\nThe rollback itself failed, so stage ${stageName} stays failed.`;
    return;
  }
  const earlier = state.executions.filter((one) => one !== failed && one.stages[stageName]?.status === 'Succeeded');
  const target = earlier.filter(({ type, version }) => type === 'STANDARD' && version === state.version).at(-1);
  if (target !== undefined) {
    const rollback = startRollback(state, stageName, target, { type: 'AutomatedRollback', detail: failed.id }, clock);
    failed.summary = `${failed.summary ?? ''}\nStage ${stageName} is rolled back to execution ${target.id} by execution ${rollback.id}.`;
    return;
  }
  const why =
    earlier.length === 0
      ? `no execution has succeeded in stage ${stageName} before`
      : `every execution that succeeded in stage ${stageName} is a rollback or started on an earlier version of the pipeline than ${state.version}`;
  failed.summary = `${failed.summary ?? ''}\nStage ${stageName} was not rolled back: ${why}. Push a fix or a git revert.`;
}

function startRollback(state: PipelineState, stageName: string, target: Execution, trigger: Execution['trigger'], clock: Clock): Execution {
  const execution: Execution = {
    ...newExecution(state, { trigger }, clock),
    type: 'ROLLBACK',
    rollbackTarget: target.id,
    waitingFor: stageName,
    variables: { ...target.variables },
    namespaces: structuredClone(target.namespaces),
    artifacts: { ...target.artifacts },
    revisions: [...target.revisions],
  };
  state.executions.push(execution);
  return execution;
}

const unable = (message: string) => new ServiceError('UnableToRollbackStageException', message);
