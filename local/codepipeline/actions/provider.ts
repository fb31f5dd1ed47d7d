import type { ClientSettings } from '../../aws/roles';
import type { Execution, PipelineState, RequestedRevision, SourceRevision } from '../engine/model';
import type { ActionDeclaration } from '../structure/declaration';

/** What an action is given to work with. */
export interface ActionContext {
  readonly pipeline: PipelineState;
  readonly execution: Execution;
  readonly stage: string;
  readonly action: ActionDeclaration;
  /** With all variables resolved. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Where the action works: its own region, or the pipeline's. */
  readonly region: string;
  /** Account of the role it works under. */
  readonly account: string;
  /** How its clients reach AWS: under the action's role, else the pipeline's. */
  readonly settings: (region?: string) => Promise<ClientSettings>;
  /** CodePipeline itself in the action's account and region, for what the service keeps there. */
  readonly service: ClientSettings;
  /** Folder of an input artefact; it is not to be changed. */
  readonly input: (name: string) => string;
  /** A new, empty folder for an output artefact. */
  readonly output: (name: string) => Promise<string>;
  /** Appends to the action's own log. */
  readonly log: (line: string) => void;
  /** Aborted when the action is abandoned or the runner stops. */
  readonly signal: AbortSignal;
  readonly requestedRevision: RequestedRevision | undefined;
  /** Tells readers of the pipeline's state how far it is. */
  readonly progress: (update: { summary?: string; externalExecutionId?: string; externalExecutionUrl?: string; logStreamArn?: string }) => void;
}

export interface ActionResult {
  readonly variables?: Record<string, string>;
  readonly revision?: SourceRevision;
  readonly summary?: string;
}

/** An action that failed the way AWS names it, e.g. `JobFailed`, `ConfigurationError`, `PermissionError`. */
export class ActionFailure extends Error {
  readonly code: string;
  readonly variables: Record<string, string> | undefined;

  constructor(code: string, message: string, variables?: Record<string, string>) {
    super(message);
    this.code = code;
    this.variables = variables;
  }
}

/** One kind of action. */
export interface ActionProvider {
  readonly category: ActionDeclaration['actionTypeId']['category'];
  readonly provider: string;
  /** Configuration that must be there. */
  readonly required: readonly string[];
  /** Absent where a person does the work. */
  run?(context: ActionContext): Promise<ActionResult>;
}
