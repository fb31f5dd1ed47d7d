import type { ActionDeclaration, StageDeclaration } from '@aws-sdk/client-codepipeline';

/** What an approval opens the way to: a stage and the stacks that are deployed there. */
export interface GuardedStage {
  readonly name: string;
  readonly deployments: ActionDeclaration[];
}

/** The deployments that follow an approval, up to the next one. */
export function stagesBehind(stages: readonly StageDeclaration[], stage: string, action: string): GuardedStage[] {
  const index = stages.findIndex(({ name }) => name === stage);
  const own = stages[index];
  const approval = own?.actions?.find(({ name }) => name === action);
  if (!own || !approval) return [];
  const later = stages.slice(index + 1);
  const nextApproval = later.findIndex(hasApproval);
  const following = nextApproval < 0 ? later : later.slice(0, nextApproval + 1);
  return [
    guarded(own, (deployment) => (deployment.runOrder ?? 1) > (approval.runOrder ?? 1)),
    // Of the stage of the next approval, what comes before it.
    ...following.map((one) => guarded(one, (deployment) => (deployment.runOrder ?? 1) < firstApproval(one))),
  ].filter(({ deployments }) => deployments.length > 0);
}

const isApproval = ({ actionTypeId }: ActionDeclaration): boolean => actionTypeId?.category === 'Approval';
const hasApproval = ({ actions = [] }: StageDeclaration): boolean => actions.some(isApproval);
const firstApproval = ({ actions = [] }: StageDeclaration): number => Math.min(...actions.filter(isApproval).map(({ runOrder = 1 }) => runOrder));

const guarded = ({ name = '', actions = [] }: StageDeclaration, isBehind: (action: ActionDeclaration) => boolean): GuardedStage => ({
  name,
  deployments: actions.filter((action) => action.actionTypeId?.provider === 'CloudFormation' && action.configuration?.TemplatePath !== undefined && isBehind(action)),
});
