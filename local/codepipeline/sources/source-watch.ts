import { gitSourceOf, repositoryOf } from '../actions/git-source';
import { objectRevision } from '../actions/s3-source';
import { messageOf } from '../../aws/errors';
import type { Roles } from '../../aws/roles';
import type { PipelineState, TriggerType } from '../engine/model';
import type { Pipelines } from '../pipelines';
import type { ActionDeclaration } from '../structure/declaration';
import { pushRuleOf, triggerTypeOf } from './triggers';

const gitPause = 500;
const objectPause = 2_000;

/** Notices changes of the pipelines' sources, also those made while no runner was there, and starts executions for them. */
export class SourceWatch {
  readonly #pipelines: Pipelines;
  readonly #gitDir: string;
  readonly #roles: Roles;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #nextObjects = 0;

  constructor(options: { readonly pipelines: Pipelines; readonly gitDir: string; readonly roles: Roles }) {
    this.#pipelines = options.pipelines;
    this.#gitDir = options.gitDir;
    this.#roles = options.roles;
  }

  start(): void {
    const look = async () => {
      for (const state of this.#pipelines.all()) {
        await this.#look(state).catch((error: unknown) => console.error(`${state.declaration.name}: its sources could not be looked at: ${messageOf(error)}`));
      }
      if (Date.now() >= this.#nextObjects) this.#nextObjects = Date.now() + objectPause;
      if (!this.#stopped) this.#timer = setTimeout(() => void look(), gitPause);
    };
    void look();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /**
   * Starts a new pipeline's first execution, as CodePipeline does, unless a branch it needs does not exist yet: then the
   * first push starts it.
   */
  begin(state: PipelineState, trigger: { readonly type: TriggerType; readonly detail: string }): void {
    const missing = this.#missing(state);
    if (missing.length > 0) {
      console.log(`${state.declaration.name} waits for the first push to ${missing.join(', ')}.`);
      return;
    }
    this.remember(state);
    this.#pipelines.start(state, { trigger });
  }

  /** Takes the sources' branches as they are for seen. */
  remember(state: PipelineState): void {
    for (const action of sourcesOf(state)) {
      const source = gitSourceOf(action);
      const head = source === undefined ? undefined : repositoryOf(this.#gitDir, source).head(source.branch);
      if (source !== undefined && head !== undefined) state.heads[keyOf(action, source.branch)] = head;
    }
  }

  #missing(state: PipelineState): string[] {
    return sourcesOf(state).flatMap((action) => {
      const source = gitSourceOf(action);
      // Nobody would notice the first push to a source that is not watched: its action says what is missing.
      return source === undefined || pushRuleOf(action, state.declaration) === undefined || repositoryOf(this.#gitDir, source).head(source.branch) !== undefined ? [] : [`${source.fullName} (${source.branch})`];
    });
  }

  async #look(state: PipelineState): Promise<void> {
    for (const action of sourcesOf(state)) {
      if (gitSourceOf(action) !== undefined) await this.#lookAtRepository(state, action);
      else if (Date.now() >= this.#nextObjects && action.configuration['PollForSourceChanges'] !== 'false') await this.#lookAtObject(state, action);
    }
  }

  async #lookAtRepository(state: PipelineState, action: ActionDeclaration): Promise<void> {
    const source = gitSourceOf(action);
    const rule = pushRuleOf(action, state.declaration);
    if (source === undefined || rule === undefined) return;
    const repository = repositoryOf(this.#gitDir, source);
    if (!repository.exists()) return;
    const heads =
      rule.literalBranches === undefined
        ? [...(await repository.branches())]
        : rule.literalBranches.flatMap((branch) => {
            const head = repository.head(branch);
            return head === undefined ? [] : [[branch, head] as const];
          });
    for (const [branch, head] of heads) {
      const key = keyOf(action, branch);
      const before = state.heads[key];
      if (head === before || !rule.branch(branch)) continue;
      if (this.#missing(state).length > 0) return;
      const counts = rule.files === undefined || rule.files(branch, await repository.changedFiles(before, head));
      if (before === undefined && branch === source.branch) this.remember(state);
      state.heads[key] = head;
      if (!counts) this.#pipelines.change(state, () => undefined);
      else this.#start(state, action, { revisionId: head, branch });
    }
  }

  async #lookAtObject(state: PipelineState, action: ActionDeclaration): Promise<void> {
    const { S3Bucket = '', S3ObjectKey = '' } = action.configuration;
    const revision = await objectRevision(this.#roles.settings(this.#roles.ofAccount(state.account), state.region), S3Bucket, S3ObjectKey);
    const before = state.heads[action.name];
    if (revision === undefined || revision === before) return;
    state.heads[action.name] = revision;
    // The first look only tells what is there: the execution that CreatePipeline started takes it.
    if (before === undefined) this.#pipelines.change(state, () => undefined);
    else this.#start(state, action, undefined);
  }

  #start(state: PipelineState, action: ActionDeclaration, revision: { revisionId: string; branch: string } | undefined): void {
    const detail = action.configuration['ConnectionArn'] ?? action.name;
    const trigger = { type: triggerTypeOf(action), detail };
    this.#pipelines.start(state, { trigger, ...(revision !== undefined && { revisions: { [action.name]: revision } }) });
  }
}

const sourcesOf = ({ declaration }: PipelineState) => declaration.stages[0]?.actions ?? [];
const keyOf = (action: ActionDeclaration, branch: string) => `${action.name}@${branch}`;
