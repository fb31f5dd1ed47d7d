import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { messageOf, ServiceError } from '../aws/errors';
import type { Roles } from '../aws/roles';
import type { ServicePermissions } from '../aws/servicePermissions';
import { needsOfAction } from './actions/permissions';
import { ActionFailure, type ActionContext, type ActionProvider } from './actions/provider';
import { advance } from './engine/advance';
import { isActive, type ActionRun, type Clock, type Effect, type Execution, type PipelineState } from './engine/model';
import { markInterrupted, settle, type Outcome } from './engine/settle';
import { startExecution, type StartRequest } from './engine/start';
import { abandon, cancelForUpdate } from './engine/stop';
import { resolveConfiguration } from './engine/variables';
import type { LogStreams, LogWriter } from './logs/log-streams';
import type { ArtifactFolders } from './store/artifact-folders';
import type { PipelineStore } from './store/pipeline-store';
import type { PipelineDeclaration } from './structure/declaration';
import { validateStructure } from './structure/validate';

export interface PipelinesOptions {
  readonly store: PipelineStore;
  readonly artifacts: ArtifactFolders;
  readonly providers: readonly ActionProvider[];
  readonly roles: Roles;
  readonly permissions: ServicePermissions;
  readonly logs: LogStreams;
}

/** All pipelines of the machine: keeps their state, and does what the engine decides. */
export class Pipelines {
  readonly #options: PipelinesOptions;
  readonly #states: PipelineState[];
  readonly #running = new Map<string, AbortController>();
  /** Nothing is started any more: it would be cut off at once. */
  #stopped = false;
  readonly clock: Clock = { now: () => Date.now(), id: () => randomUUID() };

  /** Loads what is on disk; what was running when the last runner ended is marked so. */
  constructor(options: PipelinesOptions) {
    this.#options = options;
    this.#states = options.store.load();
  }

  /** Goes on where the last runner ended. */
  resume(): void {
    for (const state of this.#states) this.change(state, () => markInterrupted(state, this.clock));
  }

  all(): readonly PipelineState[] {
    return this.#states;
  }

  list(account: string, region: string): PipelineState[] {
    return this.#states.filter((state) => state.account === account && state.region === region);
  }

  /** @throws ServiceError PipelineNotFoundException */
  get(account: string, region: string, name: string): PipelineState {
    const found = this.list(account, region).find(({ declaration }) => declaration.name === name);
    if (found === undefined) throw new ServiceError('PipelineNotFoundException', `Account '${account}' does not have a pipeline with name '${name}' in Region ${region}`);
    return found;
  }

  create(account: string, region: string, declaration: PipelineDeclaration, tags: Record<string, string>): PipelineState {
    validateStructure(declaration, this.#options.providers);
    if (this.list(account, region).some((state) => state.declaration.name === declaration.name))
      throw new ServiceError('PipelineNameInUseException', `A pipeline with the name '${declaration.name}' already exists in account '${account}'`);
    const now = this.clock.now();
    const state: PipelineState = { account, region, declaration, version: 1, createdAt: now, updatedAt: now, tags, transitions: {}, heads: {}, nextSequence: 1, executions: [] };
    this.#states.push(state);
    this.#options.store.saveVersion(state);
    this.#options.store.save(state);
    return state;
  }

  /** Takes a new structure; executions under way on the old one are cancelled. */
  update(state: PipelineState, declaration: PipelineDeclaration): void {
    validateStructure(declaration, this.#options.providers);
    this.change(state, (effects) => {
      effects.push(...cancelForUpdate(state, this.clock));
      state.declaration = declaration;
      state.version += 1;
      state.updatedAt = this.clock.now();
    });
    this.#options.store.saveVersion(state);
  }

  delete(state: PipelineState): void {
    for (const execution of state.executions.filter(isActive)) this.#perform(state, abandon(execution, () => true, 'The pipeline was deleted.', this.clock));
    this.#states.splice(this.#states.indexOf(state), 1);
    this.#options.store.remove(state);
    this.#options.artifacts.removeAll(state);
  }

  start(state: PipelineState, request: StartRequest): Execution {
    return this.change(state, () => startExecution(state, request, this.clock));
  }

  /** Changes a pipeline's state, then lets everything go on that can, and keeps the result. The work adds effects of its own. */
  change<T>(state: PipelineState, work: (effects: Effect[]) => T): T {
    const effects: Effect[] = [];
    const result = work(effects);
    if (!this.#stopped) effects.push(...advance(state, this.clock));
    this.#options.store.save(state);
    this.#perform(state, effects);
    this.#options.artifacts.prune(state);
    return result;
  }

  version(state: PipelineState, version: number): PipelineDeclaration | undefined {
    return this.#options.store.version(state, version);
  }

  /** Ends all actions; what ran is shown as interrupted and can be retried. */
  stop(): void {
    this.#stopped = true;
    for (const state of this.#states) {
      markInterrupted(state, this.clock);
      this.#options.store.save(state);
    }
    for (const controller of this.#running.values()) controller.abort();
  }

  #perform(state: PipelineState, effects: readonly Effect[]): void {
    for (const { kind, execution, run } of effects) {
      if (kind === 'abandon') this.#running.get(run.id)?.abort();
      else void this.#run(state, execution, run);
    }
  }

  async #run(state: PipelineState, execution: Execution, run: ActionRun): Promise<void> {
    const { actionTypeId } = run.declaration;
    const provider = this.#options.providers.find((one) => one.category === actionTypeId.category && one.provider === actionTypeId.provider);
    const controller = new AbortController();
    const log = new ActionLog(() => this.#openLog(state, run));
    this.#running.set(run.id, controller);
    let outcome: Outcome | undefined;
    try {
      run.resolvedConfiguration = resolveOrFail(run, execution);
      const made: Record<string, string> = {};
      const context = this.#context(state, execution, run, run.resolvedConfiguration, { signal: controller.signal, log, made });
      await context.settings();
      await this.#options.permissions.demand(roleOf(state, run), execution.id, context.region, needsOfAction(state, run.declaration, context.configuration, context));
      if (provider?.run === undefined) return;
      outcome = { status: 'Succeeded', ...(await provider.run(context)), artifacts: made };
    } catch (error) {
      const code = error instanceof ActionFailure ? error.code : error instanceof ServiceError ? 'PermissionError' : 'InternalError';
      outcome = { status: 'Failed', error: { code, message: messageOf(error) }, variables: error instanceof ActionFailure ? error.variables : undefined };
      log.write(messageOf(error));
    } finally {
      this.#running.delete(run.id);
      log.close();
      const settled = outcome;
      if (settled !== undefined && this.#states.includes(state)) this.change(state, () => settle(execution, run, settled, this.clock));
    }
  }

  #context(state: PipelineState, execution: Execution, run: ActionRun, configuration: Record<string, string>, tools: { signal: AbortSignal; log: ActionLog; made: Record<string, string> }): ActionContext {
    const { roles, artifacts, store } = this.#options;
    const { declaration: action } = run;
    const region = action.region ?? state.region;
    const account = roleOf(state, run).split(':')[4] ?? state.account;
    return {
      pipeline: state,
      execution,
      stage: run.stage,
      action,
      configuration,
      region,
      account,
      service: roles.settings(roles.ofAccount(account), region),
      signal: tools.signal,
      requestedRevision: execution.requestedRevisions[action.name],
      settings: async (where = region) => {
        const pipelineRole = await roles.assume(state.declaration.roleArn, state.declaration.name, where, roles.ofService('codepipeline.amazonaws.com', state.account));
        const credentials = action.roleArn === undefined ? pipelineRole : await roles.assume(action.roleArn, execution.id, where, pipelineRole);
        return roles.settings(credentials, where);
      },
      input: (name) => {
        const folder = execution.artifacts[name];
        if (folder === undefined || !artifacts.exists(folder)) throw new ActionFailure('ConfigurationError', `The artifact ${name} of this execution is no longer kept.`);
        return folder;
      },
      output: async (name) => {
        const folder = artifacts.folder(execution.id, run.id, name);
        await mkdir(folder, { recursive: true });
        tools.made[name] = folder;
        return folder;
      },
      log: (line) => tools.log.write(line),
      progress: (update) => {
        if (run.status !== 'InProgress') return;
        Object.assign(run, update);
        run.updatedAt = this.clock.now();
        store.save(state);
      },
    };
  }

  /** CodePipeline's own log group for what its actions say. */
  #openLog(state: PipelineState, run: ActionRun): LogWriter {
    const { account, region, declaration } = state;
    const group = `/aws/codepipeline/${declaration.name}`;
    run.logStreamArn ??= `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:${run.id}`;
    return this.#options.logs.writer({ account, region, group, stream: run.id });
  }
}

/** A log that exists only once something was said. */
class ActionLog {
  readonly #open: () => LogWriter;
  #writer: LogWriter | undefined;

  constructor(open: () => LogWriter) {
    this.#open = open;
  }

  write(line: string): void {
    this.#writer ??= this.#open();
    this.#writer.write(line.split('\n'));
  }

  close(): void {
    this.#writer?.close();
  }
}

/** Whom an action acts as: its own role, else the pipeline's. */
const roleOf = (state: PipelineState, run: ActionRun): string => run.declaration.roleArn ?? state.declaration.roleArn;

function resolveOrFail(run: ActionRun, execution: Execution): Record<string, string> {
  try {
    return resolveConfiguration(run.declaration.configuration, execution);
  } catch (error) {
    throw new ActionFailure('ConfigurationError', messageOf(error));
  }
}
