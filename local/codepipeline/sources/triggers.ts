import picomatch from 'picomatch';
import type { TriggerType } from '../engine/model';
import { gitSourceOf } from '../actions/git-source';
import type { ActionDeclaration, PipelineDeclaration } from '../structure/declaration';

type Push = NonNullable<NonNullable<PipelineDeclaration['triggers']>[number]['gitConfiguration']['push']>[number];

/** When a push starts the pipeline. */
export interface PushRule {
  /** Whether pushes to a branch count. */
  readonly branch: (name: string) => boolean;
  /** Names of the branches when all of them are known, else every branch is looked at. */
  readonly literalBranches: readonly string[] | undefined;
  /** Whether the files that a push to a branch changed count; absent when all do. */
  readonly files: ((branch: string, changed: readonly string[]) => boolean) | undefined;
}

/**
 * What of a git source starts the pipeline: its triggers, else every push to its branch, unless it asks for none.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html
 */
export function pushRuleOf(action: ActionDeclaration, { triggers = [] }: PipelineDeclaration): PushRule | undefined {
  const source = gitSourceOf(action);
  if (source === undefined) return undefined;
  const pushes = triggers.filter(({ gitConfiguration }) => gitConfiguration.sourceActionName === action.name).flatMap(({ gitConfiguration }) => gitConfiguration.push ?? []);
  if (pushes.length === 0) {
    if (action.configuration['DetectChanges'] === 'false') return undefined;
    return { branch: (name) => name === source.branch, literalBranches: [source.branch], files: undefined };
  }
  const withDefault = pushes.map((push) => ({ ...push, branches: push.branches ?? { includes: [source.branch] } }));
  const includes = withDefault.map(({ branches }) => branches.includes);
  const literal = includes.every((patterns) => patterns?.every((pattern) => !/[*?{[!(]/.test(pattern)) === true);
  return {
    branch: (name) => withDefault.some(({ branches }) => matches(branches, name)),
    literalBranches: literal ? includes.flatMap((patterns) => patterns ?? []) : undefined,
    files: withDefault.every(({ filePaths }) => filePaths === undefined)
      ? undefined
      : (branch, changed) => withDefault.some((push) => matches(push.branches, branch) && (push.filePaths === undefined || changed.some((file) => matches(push.filePaths, file)))),
  };
}

/** Excludes win over includes; without includes, everything is included. */
function matches(filter: Push['branches'], name: string): boolean {
  const { includes, excludes = [] } = filter ?? {};
  const fits = (pattern: string) => picomatch.isMatch(name, pattern, { dot: true });
  return !excludes.some(fits) && (includes === undefined || includes.some(fits));
}

/** How the service itself would have noticed a change. */
export function triggerTypeOf({ actionTypeId }: ActionDeclaration): TriggerType {
  const types: Record<string, TriggerType> = { CodeStarSourceConnection: 'WebhookV2', CodeCommit: 'CloudWatchEvent', GitHub: 'Webhook' };
  return types[actionTypeId.provider] ?? 'PollForSourceChanges';
}
