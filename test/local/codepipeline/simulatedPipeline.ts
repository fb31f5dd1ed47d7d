import { advance } from '../../../local/codepipeline/engine/advance';
import { runsIn, type ActionRun, type Clock, type Execution, type PipelineState } from '../../../local/codepipeline/engine/model';
import { settle, type Outcome } from '../../../local/codepipeline/engine/settle';
import { startExecution, type StartRequest } from '../../../local/codepipeline/engine/start';
import { pipelineDeclaration, type PipelineDeclaration } from '../../../local/codepipeline/structure/declaration';

interface StageSketch {
  /** Actions as `name` or `name@runOrder`; a name that begins with `Approve` is an approval. */
  readonly actions: readonly string[];
  readonly onFailure?: { readonly result: 'ROLLBACK' | 'RETRY'; readonly retryConfiguration?: { readonly retryMode: 'FAILED_ACTIONS' | 'ALL_ACTIONS' } };
}

/** A structure from sketches of its stages. */
export function sketch(stages: Readonly<Record<string, StageSketch>>, executionMode: PipelineDeclaration['executionMode'] = 'QUEUED'): PipelineDeclaration {
  return pipelineDeclaration.parse({
    name: 'simulated',
    roleArn: 'arn:aws:iam::111111111111:role/pipeline',
    artifactStore: { type: 'S3', location: 'bucket' },
    pipelineType: 'V2',
    executionMode,
    stages: Object.entries(stages).map(([name, { actions, onFailure }]) => ({
      name,
      onFailure,
      actions: actions.map((action) => {
        const [actionName = '', runOrder = '1'] = action.split('@');
        const category = name === 'Source' ? 'Source' : actionName.startsWith('Approve') ? 'Approval' : 'Build';
        return { name: actionName, runOrder: Number(runOrder), namespace: actionName, actionTypeId: { category, owner: 'AWS', provider: 'Any', version: '1' } };
      }),
    })),
  });
}

/** The engine with nothing around it: a test decides how each action ends. */
export class SimulatedPipeline {
  readonly state: PipelineState;
  /** Runs that were told to stop. */
  readonly abandoned: ActionRun[] = [];
  readonly clock: Clock;

  constructor(declaration: PipelineDeclaration) {
    let ticks = 0;
    this.clock = { now: () => ++ticks, id: () => `id-${++ticks}` };
    this.state = { account: '111111111111', region: 'us-east-1', declaration, version: 1, createdAt: 0, updatedAt: 0, tags: {}, transitions: {}, heads: {}, nextSequence: 1, executions: [] };
  }

  start(request: Partial<StartRequest> = {}): Execution {
    return this.change(() => startExecution(this.state, { trigger: { type: 'StartPipelineExecution', detail: 'a person' }, ...request }, this.clock));
  }

  change<T>(work: () => T): T {
    const result = work();
    for (const { kind, run } of advance(this.state, this.clock)) if (kind === 'abandon') this.abandoned.push(run);
    return result;
  }

  /** Names of the actions of an execution that run now. */
  running(execution: Execution): string[] {
    return execution.actions.filter(({ status }) => status === 'InProgress').map(({ action }) => action);
  }

  succeed(execution: Execution, ...actions: string[]): void {
    for (const action of actions) this.#settle(execution, action, { status: 'Succeeded' });
  }

  fail(execution: Execution, action: string): void {
    this.#settle(execution, action, { status: 'Failed', error: { code: 'JobFailed', message: 'it broke' } });
  }

  /** Status of each stage an execution has entered. */
  stages(execution: Execution): Record<string, string> {
    return Object.fromEntries(Object.entries(execution.stages).map(([name, { status }]) => [name, status]));
  }

  /** Status of the current run of each action in a stage. */
  runs(execution: Execution, stage: string): Record<string, string> {
    return Object.fromEntries(runsIn(execution, stage).map(({ action, status }) => [action, status]));
  }

  /** Takes an execution through every action until it waits or has ended. */
  finish(execution: Execution): void {
    for (let names = this.running(execution); names.length > 0; names = this.running(execution)) this.succeed(execution, ...names);
  }

  #settle(execution: Execution, action: string, outcome: Outcome): void {
    const run = execution.actions.find((one) => one.action === action && one.status === 'InProgress');
    if (run === undefined) throw new Error(`${action} does not run in execution ${execution.id}.`);
    this.change(() => settle(execution, run, outcome, this.clock));
  }
}
