import { Capability, CloudFormationClient, CreateStackCommand, DeleteStackCommand, UpdateStackCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../aws/errors';
import { executeChangeSet, replaceChangeSet } from '../cloudformation/change-set';
import { stackInput } from '../cloudformation/stack-input';
import { describeStack, StackOperation } from '../cloudformation/stack-operation';
import { ActionFailure, type ActionContext, type ActionProvider, type ActionResult } from './provider';

/** Deploys a stack, directly or by change sets: https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html */
export const cloudFormation: ActionProvider = { category: 'Deploy', provider: 'CloudFormation', required: ['ActionMode', 'StackName'], run: deploy };

/** States a stack cannot be updated from, only replaced. */
const failedStates = /^(CREATE_FAILED|ROLLBACK_COMPLETE|ROLLBACK_FAILED|DELETE_FAILED|UPDATE_ROLLBACK_FAILED)$/;

async function deploy(context: ActionContext): Promise<ActionResult> {
  const { configuration, region, signal, log, progress } = context;
  const stackName = configuration['StackName'] ?? '';
  const client = new CloudFormationClient({ ...(await context.settings()), maxAttempts: 5 });
  const operation = new StackOperation(client, { log, signal, onProgress: (summary) => progress({ summary }) });
  try {
    const { stack, summary } = await inMode(context, client, stackName, operation);
    if (stack?.StackId !== undefined) {
      const id = encodeURIComponent(stack.StackId);
      progress({ externalExecutionId: stack.StackId, externalExecutionUrl: `https://${region}.console.aws.amazon.com/cloudformation/home?region=${region}#/stacks/stackinfo?stackId=${id}` });
    }
    if (stack !== undefined && !succeeded(stack)) throw new ActionFailure('JobFailed', inWords(stackName, stack, operation));
    const variables = Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
    await writeOutputs(context, variables);
    return { variables, summary };
  } catch (error) {
    throw error instanceof ActionFailure || signal.aborted ? error : new ActionFailure('JobFailed', `Stack ${stackName}: ${messageOf(error)}`);
  } finally {
    client.destroy();
  }
}

async function inMode(context: ActionContext, client: CloudFormationClient, stackName: string, operation: StackOperation): Promise<{ stack?: Stack; summary?: string }> {
  const { configuration, signal } = context;
  const changeSetName = configuration['ChangeSetName'] ?? '';
  switch (configuration['ActionMode']) {
    case 'CREATE_UPDATE':
      return { stack: await createOrUpdate(context, client, stackName, operation) };
    case 'REPLACE_ON_FAILURE': {
      const stack = await describeStack(client, stackName);
      if (failedStates.test(stack?.StackStatus ?? '')) await remove(client, stackName, operation);
      return { stack: await createOrUpdate(context, client, stackName, operation) };
    }
    case 'CHANGE_SET_REPLACE': {
      const summary = await replaceChangeSet(client, { stackName, changeSetName }, { ...(await stackInput(context)), ...execution(context) }, signal);
      return { summary };
    }
    case 'CHANGE_SET_EXECUTE':
      return { stack: await executeChangeSet(client, { stackName, changeSetName }, operation) };
    case 'DELETE_ONLY':
      await remove(client, stackName, operation);
      return { summary: `Stack ${stackName} is deleted.` };
    default:
      throw new ActionFailure('ConfigurationError', `ActionMode ${configuration['ActionMode']} is not supported on this machine.`);
  }
}

async function createOrUpdate(context: ActionContext, client: CloudFormationClient, stackName: string, operation: StackOperation): Promise<Stack | undefined> {
  const input = { StackName: stackName, ...(await stackInput(context)), ...execution(context) };
  const existing = await describeStack(client, stackName);
  return operation.run(async (ClientRequestToken) => {
    if (existing === undefined) return (await client.send(new CreateStackCommand({ ...input, ClientRequestToken }))).StackId;
    await client.send(new UpdateStackCommand({ ...input, ClientRequestToken })).catch((error: unknown) => {
      if (!/no updates are to be performed/i.test(messageOf(error))) throw error;
    });
    return existing.StackId;
  });
}

async function remove(client: CloudFormationClient, stackName: string, operation: StackOperation): Promise<void> {
  const existing = await describeStack(client, stackName);
  if (existing === undefined) return;
  const left = await operation.run(async (ClientRequestToken) => {
    await client.send(new DeleteStackCommand({ StackName: existing.StackId, ClientRequestToken }));
    return existing.StackId;
  });
  if (left !== undefined) throw new ActionFailure('JobFailed', inWords(stackName, left, operation));
}

function execution({ configuration }: ActionContext) {
  const named = (configuration['Capabilities'] ?? '').split(',');
  return { Capabilities: Object.values(Capability).filter((capability) => named.includes(capability)), RoleARN: configuration['RoleArn'] };
}

const succeeded = ({ StackStatus }: Stack) => /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(StackStatus ?? '');

function inWords(stackName: string, { StackStatus, StackStatusReason }: Stack, operation: StackOperation): string {
  const failures = operation.failures();
  const why = failures.length > 0 ? failures : StackStatusReason === undefined ? [] : [StackStatusReason];
  return [`Stack ${stackName} could not be deployed, it is ${StackStatus}.`, ...why].join('\n');
}

async function writeOutputs(context: ActionContext, variables: Record<string, string>): Promise<void> {
  const artifact = context.action.outputArtifacts[0]?.name;
  const file = context.configuration['OutputFileName'];
  if (artifact === undefined || file === undefined) return;
  await writeFile(path.join(await context.output(artifact), file), JSON.stringify(variables));
}
