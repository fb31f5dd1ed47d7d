import type { Hop } from '../contracts/evidence';
import type { ActionExecutionStatus, PipelineExecutionStatus, StageExecutionStatus } from '@aws-sdk/client-codepipeline';

/** What the console's server tells its page. Times are ISO 8601 instants. */

export interface Commit {
  id: string;
  message?: string;
  /** Where the source tells it. */
  author?: string;
  url?: string;
}

export interface ExecutionSummary {
  id: string;
  status: PipelineExecutionStatus;
  /** Why it has this status, in the service's words. */
  reason?: string;
  commits: Commit[];
  trigger?: string;
  startedAt?: string;
  updatedAt?: string;
  /** `in Staging`, `before Prod`: while the pipeline still knows. */
  stands?: string;
}

/** What is missing in an answer, and why. */
export interface UnreadPart {
  what: string;
  why: string;
  /** The permission that is missing, where that is why: `codebuild:BatchGetBuilds`. */
  needs?: string;
}

export interface ExecutionPage {
  executions: ExecutionSummary[];
  next?: string;
}

export interface WaitingApproval {
  executionId?: string;
  stage: string;
  action: string;
}

export interface PipelineSummary extends ExecutionPage {
  name: string;
  waiting: WaitingApproval[];
  unread: UnreadPart[];
}

export interface PendingApproval {
  /** Names this one request for approval; a token of an earlier one is refused. */
  token: string;
  /** What the pipeline's author wants the approver to know. */
  note?: string;
  link?: string;
}

export interface Action {
  name: string;
  provider: string;
  runOrder: number;
  /** Absent while the action has not run. */
  status?: ActionExecutionStatus;
  startedAt?: string;
  endedAt?: string;
  summary?: string;
  error?: string;
  /** How often this execution has tried the action. */
  attempts: number;
  updatedBy?: string;
  buildId?: string;
  stackName?: string;
  approval?: PendingApproval;
  /** What its build measured, where that is a deployment's evidence. */
  hops?: Hop[];
}

export interface Stage {
  name: string;
  status?: StageExecutionStatus;
  /** The failed actions of this stage can be tried again. */
  retryable: boolean;
  /** Why nothing may enter the stage at present. */
  closed?: string;
  actions: Action[];
}

export interface Execution extends ExecutionSummary {
  pipeline: string;
  stages: Stage[];
  acts: Act[];
  unread: UnreadPart[];
}

/** What was done to a run, as far as AWS keeps it. */
export interface Act {
  at?: string;
  what: string;
  /** An ARN of IAM. */
  who?: string;
  /** In the words of whoever did it. */
  why?: string;
}

/** What a stage can be taken back to, newest first, or why it cannot. */
export interface RollbackTargets {
  targets: ExecutionSummary[];
  whyNot?: string;
}

/** A source action, and what its revisions are called. */
export interface Source {
  action: string;
  revision: string;
}

export interface BuildLog {
  project: string;
  status: string;
  phase?: string;
  startedAt?: string;
  endedAt?: string;
  events: { at: string; text: string }[];
  /** Where to read on. */
  next?: string;
  /** Nothing more will come. */
  complete: boolean;
}

export interface StackEvent {
  id: string;
  at: string;
  logicalId: string;
  type: string;
  status: string;
  reason?: string;
}

export interface StackEvents {
  stackName: string;
  actionStatus?: ActionExecutionStatus;
  /** Oldest first. */
  events: StackEvent[];
}

/** A stage that deploys stacks. */
export interface Environment {
  stage: string;
  status?: StageExecutionStatus;
  /** The run that last went through it: what it runs. */
  run?: ExecutionSummary;
  /** When that was. */
  at?: string;
  addresses: Address[];
  unread: UnreadPart[];
}

export interface Address {
  stack: string;
  name: string;
  url: string;
}

/** What approving would bring, as far as it can be read. */
export interface Release {
  /** The stages that the approval opens the way to. */
  into: string[];
  /** The run that last went through them. */
  last?: ExecutionSummary;
  /** The newest run behind this one, which brings more. */
  newer?: ExecutionSummary;
  /** Of each run since the last one, newest first. */
  commits: Commit[];
  /** `the same`, `earlier`: it has been there before. Absent where the runs could not be read. */
  revision?: 'new' | 'the same' | 'earlier';
  /** Those that change; absent where nothing could be compared. */
  stacks?: StackChange[];
  /** How many stacks stay as they are. */
  unchanged: number;
  /** What the gate measured of the last release, by stage. */
  before: { stage: string; hops: Hop[] }[];
  unread: UnreadPart[];
}

export interface StackChange {
  stage: string;
  name: string;
  kind: 'added' | 'changed' | 'no longer deployed';
  resources: ResourceChange[];
  widenings: Widening[];
}

/** `left behind`: it is no longer part of the stack, and stays. */
export type ChangeKind = 'added' | 'changed' | 'perhaps replaced' | 'replaced' | 'removed' | 'left behind';

export interface ResourceChange {
  logicalId: string;
  name: string;
  type: string;
  kind: ChangeKind;
  /** It holds data, or its author wants it kept. */
  stateful: boolean;
  /** What differs of a resource that stays. */
  properties: string[];
}

/** Something that nobody could do, or reach, before. */
export interface Widening {
  kind: 'permission' | 'network';
  who: string;
  what: string;
  where: string;
  condition?: string;
}

/** RFC 9457, with the AWS error's name as `code`. */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  code?: string;
}
