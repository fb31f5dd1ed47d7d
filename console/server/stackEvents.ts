import { type CloudFormationClient, type StackEvent as CloudFormationEvent, paginateDescribeStackEvents } from '@aws-sdk/client-cloudformation';
import { GetPipelineCommand, GetPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import type { StackEvent, StackEvents } from '../model';
import type { AwsClients } from './awsClients';
import { actionExecutions } from './pipelines';
import { Refusal } from './problems';

const MOST_EVENTS = 1_000;

/**
 * What CloudFormation did to the stack of one deploy action while the action ran. It is read with the role the
 * pipeline itself uses in the target account; CDK's deploy role may describe stack events.
 *
 * @throws Refusal (404) when the execution has not run such an action
 */
export async function readStackEvents(
  clients: AwsClients,
  { pipeline, executionId, stage, action }: { pipeline: string; executionId: string; stage: string; action: string },
): Promise<StackEvents> {
  const { codepipeline } = clients;
  const attempts = await actionExecutions(codepipeline, pipeline, executionId);
  const latest = attempts
    .filter(({ stageName, actionName }) => stageName === stage && actionName === action)
    .sort((one, other) => (other.startTime?.getTime() ?? 0) - (one.startTime?.getTime() ?? 0))[0];
  const stackName = latest?.input?.resolvedConfiguration?.StackName ?? latest?.input?.configuration?.StackName;
  if (!latest?.startTime || !stackName) throw new Refusal(404, `This run has not deployed a stack in ${stage}/${action}.`);

  const cloudformation = clients.cloudformation(await targetOf(clients, pipeline, executionId, stage, action));
  const until = latest.status === 'InProgress' ? undefined : latest.lastUpdateTime;
  return {
    stackName,
    actionStatus: latest.status,
    events: await eventsBetween(cloudformation, stackName, latest.startTime, until),
  };
}

async function targetOf({ codepipeline }: AwsClients, pipelineName: string, pipelineExecutionId: string, stage: string, action: string) {
  const { pipelineExecution } = await codepipeline.send(new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId }));
  const { pipeline } = await codepipeline.send(new GetPipelineCommand({ name: pipelineName, version: pipelineExecution?.pipelineVersion }));
  const declared = pipeline?.stages?.find(({ name }) => name === stage)?.actions?.find(({ name }) => name === action);
  return { region: declared?.region, roleArn: declared?.roleArn };
}

async function eventsBetween(client: CloudFormationClient, StackName: string, from: Date, until: Date | undefined): Promise<StackEvent[]> {
  const events: StackEvent[] = [];
  try {
    for await (const page of paginateDescribeStackEvents({ client }, { StackName })) {
      for (const event of page.StackEvents ?? []) {
        const at = event.Timestamp;
        if (!at || (until && at > until)) continue;
        if (at < from || events.length === MOST_EVENTS) return events.toReversed();
        events.push(stackEventOf(event, at));
      }
    }
  } catch (error) {
    // A stack that the action is about to create is not there yet.
    if (!(error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist'))) throw error;
  }
  return events.toReversed();
}

function stackEventOf(event: CloudFormationEvent, at: Date): StackEvent {
  return {
    id: event.EventId ?? '',
    at: at.toISOString(),
    logicalId: event.LogicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason,
  };
}
