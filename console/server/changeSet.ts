import { type Change as ChangeOfStack, paginateDescribeChangeSet } from '@aws-sdk/client-cloudformation';
import type { ActionExecutionDetail } from '@aws-sdk/client-codepipeline';
import type { Change, Changes } from '../action';
import { type ActionAddress, findAction } from './action';
import type { AwsClients } from './awsClients';
import { Refusal } from './problems';

/** CodePipeline and CloudFormation each keep their own clock. */
const CLOCK_MS = 2_000;

/**
 * What the change set of an action changes. One action of a run makes it and another executes it, both by the same
 * name, which the next run uses again: what has been made outside of this run says nothing about it.
 */
export async function readChanges(clients: AwsClients, address: ActionAddress): Promise<Changes> {
  const { declared, attempts, run } = await findAction(clients.codepipeline, address);
  if (!run) throw new Refusal(403, 'It needs codepipeline:ListActionExecutions, which tells what run made a change set.');
  const { StackName, ChangeSetName: changeSetName } = configurationOf(attempts[0]) ?? declared.configuration ?? {};
  if (!StackName || !changeSetName) return { kind: 'direct' };
  const client = clients.cloudformation({ region: declared.region, roleArn: declared.roleArn });
  const changes: Change[] = [];
  let created: Date | undefined;
  try {
    for await (const page of paginateDescribeChangeSet({ client }, { StackName, ChangeSetName: changeSetName })) {
      created ??= page.CreationTime;
      changes.push(...(page.Changes ?? []).map(changeOf));
    }
  } catch (error) {
    if (!isGone(error)) throw error;
    return { kind: 'gone', changeSetName, why: 'CloudFormation no longer has it: it removes a change set when another one is executed.' };
  }
  const made = created && run.some((attempt) => makes(attempt, StackName, changeSetName) && within(attempt, created.getTime()));
  if (!created || !made) return { kind: 'gone', changeSetName, why: 'The one of that name which CloudFormation has now was made by another run.' };
  return { kind: 'known', changeSetName, createdAt: created.toISOString(), changes: changes.toSorted((one, other) => weight(other) - weight(one)) };
}

const configurationOf = (attempt: ActionExecutionDetail | undefined) => attempt?.input?.resolvedConfiguration ?? attempt?.input?.configuration;

function makes(attempt: ActionExecutionDetail, stackName: string, changeSetName: string): boolean {
  const configuration = configurationOf(attempt);
  return configuration?.StackName === stackName && configuration.ChangeSetName === changeSetName && configuration.ActionMode === 'CHANGE_SET_REPLACE';
}

function within({ startTime, lastUpdateTime, status }: ActionExecutionDetail, instant: number): boolean {
  const until = status === 'InProgress' ? Number.POSITIVE_INFINITY : (lastUpdateTime?.getTime() ?? 0);
  return instant >= (startTime?.getTime() ?? 0) - CLOCK_MS && instant <= until + CLOCK_MS;
}

const isGone = (error: unknown) =>
  error instanceof Error && (error.name.startsWith('ChangeSetNotFound') || (error.name === 'ValidationError' && error.message.includes('does not exist')));

/** What may lose something first. */
const weight = ({ action, replacement }: Change) => (action === 'Remove' ? 3 : replacement === 'True' ? 2 : replacement === 'Conditional' ? 1 : 0);

function changeOf({ ResourceChange: change }: ChangeOfStack): Change {
  const named = (change?.Details ?? []).map(({ Target }) => Target?.Name ?? Target?.Attribute);
  return {
    action: change?.Action ?? '',
    logicalId: change?.LogicalResourceId ?? '',
    type: change?.ResourceType ?? '',
    replacement: change?.Replacement,
    properties: [...new Set(named.filter((name) => name !== undefined))],
  };
}
