import type { ActionDeclaration, PipelineDeclaration } from '../structure/declaration';

export type ExecutionStatus = 'InProgress' | 'Stopping' | 'Stopped' | 'Succeeded' | 'Superseded' | 'Failed' | 'Cancelled';
export type StageStatus = 'InProgress' | 'Stopping' | 'Stopped' | 'Succeeded' | 'Failed' | 'Cancelled';
export type ActionStatus = 'InProgress' | 'Abandoned' | 'Succeeded' | 'Failed';
export type TriggerType = 'CreatePipeline' | 'StartPipelineExecution' | 'PollForSourceChanges' | 'WebhookV2' | 'CloudWatchEvent' | 'Webhook' | 'ManualRollback' | 'AutomatedRollback';

/** Milliseconds since 1970, everywhere but in the API's answers. */
export type Instant = number;

/** The revision a source action took. */
export interface SourceRevision {
  readonly action: string;
  readonly artifact: string;
  readonly revisionId: string;
  readonly summary?: string;
  readonly url?: string;
}

/** One run of one action; a retry makes another. */
export interface ActionRun {
  readonly id: string;
  readonly stage: string;
  readonly action: string;
  readonly declaration: ActionDeclaration;
  readonly startedAt: Instant;
  updatedAt: Instant;
  updatedBy?: string;
  status: ActionStatus;
  /** What an approval must be answered with. */
  readonly token?: string;
  resolvedConfiguration?: Record<string, string>;
  summary?: string;
  externalExecutionId?: string;
  externalExecutionUrl?: string;
  logStreamArn?: string;
  error?: { readonly code: string; readonly message: string };
  outputVariables?: Record<string, string>;
}

/** An execution's way through one stage. */
export interface StageRun {
  status: StageStatus;
  readonly enteredAt: Instant;
  endedAt?: Instant;
  /** The latest run of each action, by action name. */
  runs: Record<string, string>;
  automaticRetries: number;
  manualRetries: number;
  latestRetry?: 'AutomatedStageRetry' | 'ManualStageRetry';
}

export interface Execution {
  readonly id: string;
  /** Order in which executions of a pipeline started. */
  readonly sequence: number;
  /** The pipeline's structure version that it started on. */
  readonly version: number;
  readonly type: 'STANDARD' | 'ROLLBACK';
  readonly rollbackTarget?: string;
  readonly mode: PipelineDeclaration['executionMode'];
  readonly trigger: { readonly type: TriggerType; readonly detail: string };
  readonly startedAt: Instant;
  updatedAt: Instant;
  status: ExecutionStatus;
  summary?: string;
  /** The stage it is in, or the one at whose door it waits; neither once it has ended. */
  inStage?: string;
  waitingFor?: string;
  /** The structure changed under it: what runs may finish, nothing else starts. */
  cancelled?: boolean;
  stop?: { readonly abandon: boolean; readonly reason?: string };
  stages: Record<string, StageRun>;
  actions: ActionRun[];
  variables: Record<string, string>;
  /** Output variables by namespace. */
  namespaces: Record<string, Record<string, string>>;
  /** Folder of each artefact, by artefact name. */
  artifacts: Record<string, string>;
  revisions: SourceRevision[];
  /** Revisions that were asked for or that triggered it, by source action. */
  requestedRevisions: Record<string, RequestedRevision>;
}

export interface RequestedRevision {
  readonly revisionId: string;
  readonly branch?: string;
}

export interface Transition {
  readonly enabled: boolean;
  readonly changedAt: Instant;
  readonly changedBy: string;
  readonly reason?: string;
}

/** A pipeline with all its executions, oldest first: what the engine's functions work on. */
export interface PipelineState {
  readonly account: string;
  readonly region: string;
  declaration: PipelineDeclaration;
  version: number;
  readonly createdAt: Instant;
  updatedAt: Instant;
  tags: Record<string, string>;
  /** Inbound transitions that were ever changed, by stage. */
  transitions: Record<string, Transition>;
  /** Last seen revision of each source action that is watched. */
  heads: Record<string, string>;
  nextSequence: number;
  executions: Execution[];
}

/** Where the engine takes time and names from, so that it can be tested without either. */
export interface Clock {
  now(): Instant;
  id(): string;
}

/** What the engine wants done outside of it. */
export type Effect =
  | { readonly kind: 'start'; readonly execution: Execution; readonly run: ActionRun }
  | { readonly kind: 'abandon'; readonly execution: Execution; readonly run: ActionRun };

export function isActive(execution: Execution): boolean {
  return execution.status === 'InProgress' || execution.status === 'Stopping';
}

export function pipelineArn(pipeline: Pick<PipelineState, 'account' | 'region' | 'declaration'>): string {
  return `arn:aws:codepipeline:${pipeline.region}:${pipeline.account}:${pipeline.declaration.name}`;
}

/** The runs an execution has in a stage now: the latest of each action. */
export function runsIn(execution: Execution, stage: string): ActionRun[] {
  const ids = new Set(Object.values(execution.stages[stage]?.runs ?? {}));
  return execution.actions.filter((run) => ids.has(run.id));
}
