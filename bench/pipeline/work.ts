import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { BatchGetBuildsCommand, CodeBuildClient } from '@aws-sdk/client-codebuild';
import type { ActionExecutionDetail } from '@aws-sdk/client-codepipeline';
import { within, type Interval } from './intervals';

/** Phases in which a build runs the commands of its buildspec. */
const COMMANDS: readonly string[] = ['INSTALL', 'PRE_BUILD', 'BUILD', 'POST_BUILD'];

export interface Clients {
  readonly codeBuild: CodeBuildClient;
  /** CloudFormation of the account that a role is in. */
  readonly cloudFormation: (roleArn: string) => CloudFormationClient;
}

export const duration = ({ startTime, lastUpdateTime }: ActionExecutionDetail): Interval => ({ from: startTime?.getTime() ?? Number.NaN, to: lastUpdateTime?.getTime() ?? Number.NaN });

/** When something else than the runner was at work, or waited for, in an action: the commands of its build, CloudFormation, a person. */
export async function workOf(action: ActionExecutionDetail, { codeBuild, cloudFormation }: Clients): Promise<Interval[]> {
  const whole = duration(action);
  switch (action.input?.actionTypeId?.provider) {
    case 'Manual':
      return [whole];
    case 'CodeBuild': {
      const { builds: [build] = [] } = await codeBuild.send(new BatchGetBuildsCommand({ ids: [action.output?.executionResult?.externalExecutionId ?? ''] }));
      return (build?.phases ?? [])
        .filter(({ phaseType }) => phaseType !== undefined && COMMANDS.includes(phaseType))
        .map(({ startTime, endTime }) => within({ from: startTime?.getTime() ?? whole.to, to: endTime?.getTime() ?? whole.to }, whole));
    }
    case 'CloudFormation': {
      const { StackName: stack, RoleArn: role = '' } = action.input.resolvedConfiguration ?? {};
      const { StackEvents: events = [] } = await cloudFormation(role).send(new DescribeStackEventsCommand({ StackName: stack }));
      const times = events.map(({ Timestamp: at }) => at?.getTime() ?? Number.NaN).filter((at) => at >= whole.from && at <= whole.to);
      return times.length === 0 ? [] : [{ from: Math.min(...times), to: Math.max(...times) }];
    }
    default:
      return [];
  }
}
