import {
  type Capability,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  type CloudFormationClient,
  type DescribeChangeSetCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { setTimeout as sleep } from 'node:timers/promises';
import { ActionFailure } from '../actions/provider';
import type { StackInput } from './stack-input';
import { describeStack, type StackOperation } from './stack-operation';

export interface ChangeSetTarget {
  readonly stackName: string;
  readonly changeSetName: string;
}

/** Makes a change set in the place of an earlier one of that name. @returns what it would do, in words */
export async function replaceChangeSet(
  client: CloudFormationClient,
  { stackName, changeSetName }: ChangeSetTarget,
  input: StackInput & { readonly Capabilities: Capability[]; readonly RoleARN?: string },
  signal: AbortSignal,
): Promise<string> {
  const stack = await describeStack(client, stackName);
  const isNew = stack === undefined || stack.StackStatus === 'REVIEW_IN_PROGRESS';
  const names = { StackName: stackName, ChangeSetName: changeSetName };
  if (stack !== undefined) await client.send(new DeleteChangeSetCommand(names)).catch(() => undefined);
  await client.send(new CreateChangeSetCommand({ ...names, ...withoutPolicy(input), ChangeSetType: isNew ? 'CREATE' : 'UPDATE' }));
  const made = await whenCreated(client, names, signal);
  if (made.Status === 'FAILED' && !isEmpty(made))
    throw new ActionFailure('JobFailed', `The change set ${changeSetName} of stack ${stackName} could not be created: ${made.StatusReason ?? 'no reason given'}`);
  return isEmpty(made) ? 'The change set holds no changes.' : `${made.Changes?.length ?? 0} changes`;
}

/** Executes a change set; one without changes is a success, as it is in CodePipeline. */
export async function executeChangeSet(client: CloudFormationClient, { stackName, changeSetName }: ChangeSetTarget, operation: StackOperation) {
  const names = { StackName: stackName, ChangeSetName: changeSetName };
  const changeSet = await client.send(new DescribeChangeSetCommand(names));
  if (isEmpty(changeSet)) return describeStack(client, stackName);
  if (changeSet.ExecutionStatus !== 'AVAILABLE')
    throw new ActionFailure('JobFailed', `The change set ${changeSetName} of stack ${stackName} cannot be executed: it is ${changeSet.ExecutionStatus} (${changeSet.StatusReason ?? changeSet.Status}).`);
  return operation.run(async (ClientRequestToken) => {
    await client.send(new ExecuteChangeSetCommand({ ...names, ClientRequestToken }));
    return changeSet.StackId;
  });
}

async function whenCreated(client: CloudFormationClient, names: { StackName: string; ChangeSetName: string }, signal: AbortSignal): Promise<DescribeChangeSetCommandOutput> {
  for (let pause = 25; ; pause = Math.min(pause * 1.5, 1_000)) {
    signal.throwIfAborted();
    const changeSet = await client.send(new DescribeChangeSetCommand(names));
    if (changeSet.Status !== 'CREATE_PENDING' && changeSet.Status !== 'CREATE_IN_PROGRESS') return changeSet;
    await sleep(pause);
  }
}

/** CloudFormation calls a change set without changes a failed one. */
function isEmpty({ Status, StatusReason = '' }: DescribeChangeSetCommandOutput): boolean {
  return Status === 'FAILED' && /didn't contain changes|no updates are to be performed/i.test(StatusReason);
}

function withoutPolicy<T extends StackInput>(input: T): Omit<T, 'StackPolicyBody'> {
  const { StackPolicyBody: _, ...rest } = input;
  return rest;
}
