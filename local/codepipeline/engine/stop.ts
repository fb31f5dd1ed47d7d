import { ServiceError } from '../../aws/errors';
import { executionOf } from './find';
import { isActive, type ActionRun, type Clock, type Effect, type Execution, type PipelineState } from './model';

/**
 * Stops an execution: by waiting for what runs, or by abandoning it.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-stop.html
 */
export function stopExecution(state: PipelineState, id: string, stop: { abandon: boolean; reason?: string }, clock: Clock): Effect[] {
  const execution = executionOf(state, id);
  if (!isActive(execution)) throw new ServiceError('PipelineExecutionNotStoppableException', `Execution ${id} is ${execution.status}, not in progress.`);
  if (execution.status === 'Stopping' && !stop.abandon) throw new ServiceError('DuplicatedStopRequestException', `Execution ${id} is already stopping.`);
  execution.status = 'Stopping';
  execution.stop = stop;
  execution.updatedAt = clock.now();
  // Nobody can wait for a person who may never answer: AWS abandons approvals on either kind of stop.
  return abandon(execution, (run) => stop.abandon || isApproval(run), 'The execution was stopped.', clock);
}

/**
 * What a change of the structure does to executions under way: actions that run finish, then their executions are cancelled.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-edit.html
 */
export function cancelForUpdate(state: PipelineState, clock: Clock): Effect[] {
  return state.executions.filter(isActive).flatMap((execution) => {
    execution.cancelled = true;
    execution.summary = 'The pipeline was changed before the execution ended.';
    execution.updatedAt = clock.now();
    return abandon(execution, isApproval, 'The pipeline was changed.', clock);
  });
}

/** Ends runs without waiting for them. */
export function abandon(execution: Execution, which: (run: ActionRun) => boolean, summary: string, clock: Clock): Effect[] {
  const runs = execution.actions.filter((run) => run.status === 'InProgress' && which(run));
  for (const run of runs) {
    run.status = 'Abandoned';
    run.summary = summary;
    run.updatedAt = clock.now();
  }
  return runs.map((run) => ({ kind: 'abandon', execution, run }));
}

const isApproval = (run: ActionRun) => run.declaration.actionTypeId.category === 'Approval';
