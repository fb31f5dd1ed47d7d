import { ServiceError } from '../../aws/errors';
import type { Clock, Execution, PipelineState, RequestedRevision } from './model';

export interface StartRequest {
  readonly trigger: Execution['trigger'];
  /** Values of pipeline variables; the others take their defaults. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly revisions?: Readonly<Record<string, RequestedRevision>>;
}

/**
 * Queues a new execution before the first stage.
 *
 * @throws ServiceError ValidationException when a variable is unknown or has no value
 */
export function startExecution(state: PipelineState, request: StartRequest, clock: Clock): Execution {
  const execution = newExecution(state, request, clock);
  state.executions.push(execution);
  return execution;
}

/** An execution that has not been queued yet. */
export function newExecution(state: PipelineState, { trigger, variables = {}, revisions = {} }: StartRequest, clock: Clock): Execution {
  const { declaration, version } = state;
  const sequence = state.nextSequence++;
  return {
    id: clock.id(),
    sequence,
    version,
    type: 'STANDARD',
    mode: declaration.executionMode,
    trigger,
    startedAt: clock.now(),
    updatedAt: clock.now(),
    status: 'InProgress',
    waitingFor: declaration.stages[0]?.name,
    stages: {},
    actions: [],
    variables: trigger.type.endsWith('Rollback') ? {} : valuesOf(declaration.variables ?? [], variables),
    namespaces: {},
    artifacts: {},
    revisions: [],
    requestedRevisions: { ...revisions },
  };
}

function valuesOf(declared: readonly { name: string; defaultValue?: string }[], given: Readonly<Record<string, string>>): Record<string, string> {
  const unknown = Object.keys(given).filter((name) => !declared.some((one) => one.name === name));
  if (unknown.length > 0) throw new ServiceError('ValidationException', `The pipeline declares no variable ${unknown.join(', ')}.`);
  return Object.fromEntries(
    declared.map(({ name, defaultValue }) => {
      const value = given[name] ?? defaultValue;
      if (value === undefined) throw new ServiceError('ValidationException', `The pipeline variable ${name} has neither a value nor a default.`);
      return [name, value];
    }),
  );
}
