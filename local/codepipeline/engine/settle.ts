import type { ActionRun, Clock, Execution, PipelineState, SourceRevision } from './model';

/** How a run ended. */
export type Outcome =
  | {
      readonly status: 'Succeeded';
      readonly variables?: Record<string, string>;
      readonly artifacts?: Record<string, string>;
      readonly revision?: SourceRevision;
      readonly summary?: string;
      readonly by?: string;
    }
  | { readonly status: 'Failed'; readonly error: { readonly code: string; readonly message: string }; readonly variables?: Record<string, string>; readonly by?: string };

/** Records how a run ended; what it leaves becomes visible to later actions. A run that was abandoned stays so. */
export function settle(execution: Execution, run: ActionRun, outcome: Outcome, clock: Clock): void {
  if (run.status !== 'InProgress') return;
  run.status = outcome.status;
  run.updatedAt = clock.now();
  run.updatedBy = outcome.by ?? run.updatedBy;
  execution.updatedAt = clock.now();
  if (outcome.variables !== undefined) run.outputVariables = outcome.variables;
  if (outcome.status === 'Failed') {
    run.error = outcome.error;
    return;
  }
  run.summary = outcome.summary ?? run.summary;
  const { namespace } = run.declaration;
  if (namespace !== undefined) execution.namespaces[namespace] = outcome.variables ?? {};
  Object.assign(execution.artifacts, outcome.artifacts);
  const { revision } = outcome;
  if (revision !== undefined) execution.revisions = [...execution.revisions.filter(({ action }) => action !== revision.action), revision];
}

export const interrupted = 'The runner stopped while this action ran. Retry the stage to go on.';

/**
 * Marks what was running when the machine stopped. Approvals go on waiting: no process was doing them.
 * Nothing is retried or rolled back by itself, since it is not the revision that failed.
 */
export function markInterrupted(state: PipelineState, clock: Clock): void {
  for (const execution of state.executions) {
    const { inStage } = execution;
    const cut = execution.actions.filter(({ status, token }) => status === 'InProgress' && token === undefined);
    if (inStage === undefined || cut.length === 0) continue;
    for (const run of cut) {
      run.status = 'Failed';
      run.error = { code: 'InternalError', message: interrupted };
      run.updatedAt = clock.now();
    }
    for (const run of execution.actions.filter(({ status }) => status === 'InProgress')) {
      run.status = 'Abandoned';
      run.updatedAt = clock.now();
    }
    const stage = execution.stages[inStage];
    if (stage !== undefined) {
      stage.status = 'Failed';
      stage.endedAt = clock.now();
    }
    execution.summary = cut.map(({ action }) => `${inStage} / ${action}: ${interrupted}`).join('\n');
    execution.status = 'Failed';
    execution.inStage = undefined;
    execution.updatedAt = clock.now();
  }
}
