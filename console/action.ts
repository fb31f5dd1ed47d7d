import type { ActionExecutionStatus } from '@aws-sdk/client-codepipeline';
import type { UnreadPart } from './model';

/** What the console's server tells its page of one action of one run. Times are ISO 8601 instants. */
export interface ActionDetail {
  name: string;
  stage: string;
  provider: string;
  category: string;
  runOrder: number;
  region?: string;
  /** The role that the pipeline assumes for it. */
  roleArn?: string;
  /** What its output variables are called by in later actions. */
  namespace?: string;
  /** Absent while the action has not run. */
  status?: ActionExecutionStatus;
  configuration: Setting[];
  variablesIn: Variable[];
  variablesOut: Variable[];
  artefactsIn: Artefact[];
  artefactsOut: Artefact[];
  /** Newest first. */
  attempts: Attempt[];
  /** The stack that it deploys. */
  stackName?: string;
  unread: UnreadPart[];
}

export interface Setting {
  name: string;
  value: string;
  /** As it is written in the pipeline, where variables of earlier actions stood in it. */
  written?: string;
}

export interface Variable {
  name: string;
  value: string;
  /** Where a build takes the value from, when it is not the value itself. */
  type?: string;
}

export interface Artefact {
  name: string;
  bucket?: string;
  key?: string;
}

export interface Attempt {
  id: string;
  status?: ActionExecutionStatus;
  startedAt?: string;
  endedAt?: string;
  by?: string;
  summary?: string;
  error?: string;
  buildId?: string;
  /** The action writes a log of its own, without a build. */
  hasLog: boolean;
}

export interface Change {
  action: string;
  logicalId: string;
  type: string;
  /** Whether the resource is made anew: `True`, `False`, or `Conditional` where only the deployment can tell. */
  replacement?: string;
  /** Which of its properties change. */
  properties: string[];
}

/** What an action's change set would change or has changed, as far as CloudFormation still knows. */
export type Changes =
  | { kind: 'direct' }
  | { kind: 'gone'; changeSetName: string; why: string }
  | { kind: 'known'; changeSetName: string; createdAt: string; changes: Change[] };
