import type { StageDeclaration } from '../structure/declaration';
import { isActive, runsIn, type ActionRun, type Clock, type Effect, type Execution, type PipelineState, type StageRun } from './model';
import { rollBackAutomatically } from './rollback';
import { resetForRetry } from './retry';

/**
 * Moves every execution as far as it can go now and says what must be started for it. Call it after anything has changed.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
export function advance(state: PipelineState, clock: Clock): Effect[] {
  const effects: Effect[] = [];
  const step = (execution: Execution): boolean => {
    if (execution.inStage !== undefined) return goOnInStage(state, execution, execution.inStage, clock, effects);
    return execution.waitingFor !== undefined && enterStage(state, execution, execution.waitingFor, clock);
  };
  // After every step the order is asked for anew: a stage that fails may bring a rollback, which goes first.
  while (inOrder(state).some(step));
  return effects;
}

/** Active executions, rollbacks first: the next execution must not take the failed stage before its rollback does. */
function inOrder({ executions }: PipelineState): Execution[] {
  return executions.filter(isActive).toSorted((a, b) => Number(b.type === 'ROLLBACK') - Number(a.type === 'ROLLBACK') || a.sequence - b.sequence);
}

function enterStage(state: PipelineState, execution: Execution, stage: string, clock: Clock): boolean {
  if (execution.cancelled === true || execution.status === 'Stopping') {
    end(execution, execution.cancelled === true ? 'Cancelled' : 'Stopped', clock);
    return true;
  }
  if (isOvertaken(state, execution, stage)) {
    end(execution, 'Superseded', clock);
    return true;
  }
  if (execution.type === 'STANDARD' && state.transitions[stage]?.enabled === false) return false;
  if (execution.mode !== 'PARALLEL' && state.executions.some((other) => isActive(other) && other.inStage === stage)) return false;

  execution.waitingFor = undefined;
  execution.inStage = stage;
  execution.stages[stage] = { status: 'InProgress', enteredAt: clock.now(), runs: {}, automaticRetries: 0, manualRetries: 0 };
  execution.updatedAt = clock.now();
  return true;
}

function isOvertaken(state: PipelineState, execution: Execution, stage: string): boolean {
  return (
    execution.mode === 'SUPERSEDED' &&
    execution.type === 'STANDARD' &&
    state.executions.some((other) => isActive(other) && other.type === 'STANDARD' && other.waitingFor === stage && other.sequence > execution.sequence)
  );
}

function goOnInStage(state: PipelineState, execution: Execution, stageName: string, clock: Clock, effects: Effect[]): boolean {
  const declared = state.declaration.stages.find(({ name }) => name === stageName);
  const stage = execution.stages[stageName];
  if (stage === undefined) throw new Error(`Execution ${execution.id} is in stage ${stageName}, which it has not entered.`);
  const runs = runsIn(execution, stageName);
  const running = runs.some(({ status }) => status === 'InProgress');

  if (execution.cancelled === true || declared === undefined || execution.status === 'Stopping') {
    if (running) return false;
    const status = execution.status === 'Stopping' ? 'Stopped' : 'Cancelled';
    leave(stage, status, clock);
    end(execution, status, clock);
    return true;
  }
  const failed = runs.filter(({ status }) => status === 'Failed' || status === 'Abandoned');
  if (failed.length > 0) {
    if (running) return false;
    failStage(state, execution, declared, stage, failed, clock);
    return true;
  }
  const group = nextGroup(declared, runs);
  if (group === undefined) {
    leave(stage, 'Succeeded', clock);
    goToNextStage(state, execution, stageName, clock);
    return true;
  }
  const missing = group.filter(({ name }) => stage.runs[name] === undefined);
  for (const declaration of missing) {
    const run: ActionRun = {
      id: clock.id(),
      stage: stageName,
      action: declaration.name,
      declaration,
      status: 'InProgress',
      startedAt: clock.now(),
      updatedAt: clock.now(),
      ...(declaration.actionTypeId.category === 'Approval' && { token: clock.id() }),
    };
    execution.actions.push(run);
    stage.runs[declaration.name] = run.id;
    execution.updatedAt = clock.now();
    effects.push({ kind: 'start', execution, run });
  }
  return missing.length > 0;
}

/** The actions of the lowest run order that are not all done. */
function nextGroup({ actions }: StageDeclaration, runs: readonly ActionRun[]) {
  const done = new Set(runs.filter(({ status }) => status === 'Succeeded').map(({ action }) => action));
  const order = Math.min(...actions.filter(({ name }) => !done.has(name)).map(({ runOrder }) => runOrder));
  return Number.isFinite(order) ? actions.filter(({ runOrder }) => runOrder === order) : undefined;
}

function failStage(state: PipelineState, execution: Execution, declared: StageDeclaration, stage: StageRun, failed: readonly ActionRun[], clock: Clock): void {
  const { onFailure } = declared;
  if (onFailure?.result === 'RETRY' && stage.automaticRetries === 0 && execution.type === 'STANDARD') {
    stage.automaticRetries += 1;
    stage.latestRetry = 'AutomatedStageRetry';
    resetForRetry(execution, declared.name, onFailure.retryConfiguration?.retryMode ?? 'FAILED_ACTIONS', clock);
    return;
  }
  const reasons = failed.map(({ action, error }) => `${declared.name} / ${action}: ${error?.message ?? 'failed'}`);
  execution.summary = reasons.join('\n');
  leave(stage, 'Failed', clock);
  end(execution, 'Failed', clock);
  if (onFailure?.result === 'ROLLBACK') rollBackAutomatically(state, execution, declared.name, clock);
}

function goToNextStage(state: PipelineState, execution: Execution, stageName: string, clock: Clock): void {
  const { stages } = state.declaration;
  const next = stages[stages.findIndex(({ name }) => name === stageName) + 1];
  // A rollback repeats one stage and goes no further.
  if (next === undefined || execution.type === 'ROLLBACK') return end(execution, 'Succeeded', clock);
  execution.inStage = undefined;
  execution.waitingFor = next.name;
  execution.updatedAt = clock.now();
}

function leave(stage: StageRun, status: StageRun['status'], clock: Clock): void {
  stage.status = status;
  stage.endedAt = clock.now();
}

function end(execution: Execution, status: Execution['status'], clock: Clock): void {
  execution.status = status;
  execution.inStage = undefined;
  execution.waitingFor = undefined;
  execution.updatedAt = clock.now();
}
