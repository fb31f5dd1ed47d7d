import { ServiceError } from '../../aws/errors';
import type { RetryMode } from '../structure/declaration';
import { isActive, runsIn, type Clock, type Execution, type PipelineState } from './model';
import { executionOf, stageOf } from './find';

/**
 * Runs a failed or stopped stage again, in the same execution.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-retry.html
 */
export function retryStage(state: PipelineState, stageName: string, executionId: string, mode: RetryMode, clock: Clock): Execution {
  stageOf(state, stageName);
  const execution = executionOf(state, executionId);
  const stage = execution.stages[stageName];
  if (execution.version !== state.version)
    throw notRetryable(`The pipeline has changed since execution ${executionId} started (version ${execution.version}, now ${state.version}); start a new execution.`);
  if (stage === undefined || (stage.status !== 'Failed' && stage.status !== 'Stopped'))
    throw notRetryable(`Stage ${stageName} has not failed in execution ${executionId}.`);
  if (isActive(execution)) throw notRetryable(`Execution ${executionId} is still running.`);
  const later = state.executions.some((other) => other.sequence > execution.sequence && other.stages[stageName] !== undefined);
  if (later && execution.mode !== 'PARALLEL')
    throw new ServiceError('NotLatestPipelineExecutionException', `Stage ${stageName} has been entered by a later execution than ${executionId}.`);
  if (state.executions.some((other) => isActive(other) && other.inStage === stageName))
    throw new ServiceError('ConflictException', `Stage ${stageName} is busy with another execution.`);

  stage.manualRetries += 1;
  stage.latestRetry = 'ManualStageRetry';
  stage.status = 'InProgress';
  stage.endedAt = undefined;
  resetForRetry(execution, stageName, mode, clock);
  execution.status = 'InProgress';
  execution.summary = undefined;
  execution.stop = undefined;
  execution.inStage = stageName;
  return execution;
}

/** Forgets the runs that are to be repeated; their history stays in the execution. */
export function resetForRetry(execution: Execution, stageName: string, mode: RetryMode, clock: Clock): void {
  const stage = execution.stages[stageName];
  if (stage === undefined) return;
  const kept = mode === 'ALL_ACTIONS' ? [] : runsIn(execution, stageName).filter(({ status }) => status === 'Succeeded');
  stage.runs = Object.fromEntries(kept.map(({ action, id }) => [action, id]));
  execution.updatedAt = clock.now();
}

const notRetryable = (message: string) => new ServiceError('StageNotRetryableException', message);
