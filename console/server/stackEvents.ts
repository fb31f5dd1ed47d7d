import { type CloudFormationClient, type StackEvent as CloudFormationEvent, paginateDescribeStackEvents } from '@aws-sdk/client-cloudformation';
import type { StackEvent, StackEvents } from '../model';
import { type ActionAddress, findAction } from './action';
import type { AwsClients } from './awsClients';
import { Refusal } from './problems';

const MOST_EVENTS = 1_000;

/**
 * What CloudFormation did to the stack of one deploy action while the action ran. It is read with the role the
 * pipeline itself uses in the target account; CDK's deploy role may describe stack events.
 *
 * @throws Refusal (404) when the execution has not run such an action
 */
export async function readStackEvents(clients: AwsClients, address: ActionAddress): Promise<StackEvents> {
  const { declared, attempts, run } = await findAction(clients.codepipeline, address);
  if (!run) throw new Refusal(403, 'It needs codepipeline:ListActionExecutions, which tells what events are of this run.');
  const [latest] = attempts;
  const stackName = latest?.input?.resolvedConfiguration?.StackName ?? latest?.input?.configuration?.StackName;
  if (!latest?.startTime || !stackName) throw new Refusal(404, `This run has not deployed a stack in ${address.stage}/${address.action}.`);

  const cloudformation = clients.cloudformation({ region: declared.region, roleArn: declared.roleArn });
  const until = latest.status === 'InProgress' ? undefined : latest.lastUpdateTime;
  return {
    stackName,
    actionStatus: latest.status,
    events: await eventsWithNested(cloudformation, stackName, latest.startTime, until),
  };
}

/** A stack that failed for a stack inside of it says no more than that; why, the inner one's events say. */
async function eventsWithNested(client: CloudFormationClient, stack: string, from: Date, until: Date | undefined): Promise<StackEvent[]> {
  const events = await eventsBetween(client, stack, from, until);
  const inner = new Set(events.filter(isFailedInnerStack).map(({ PhysicalResourceId }) => PhysicalResourceId));
  const nested = await Promise.all([...inner].map((id) => eventsWithNested(client, id ?? '', from, until)));
  return [...events.map(stackEventOf), ...nested.flat()].sort((one, other) => one.at.localeCompare(other.at));
}

const isFailedInnerStack = ({ ResourceType, ResourceStatus, PhysicalResourceId, StackId }: CloudFormationEvent) =>
  ResourceType === 'AWS::CloudFormation::Stack' && ResourceStatus?.endsWith('_FAILED') && Boolean(PhysicalResourceId) && PhysicalResourceId !== StackId;

async function eventsBetween(client: CloudFormationClient, StackName: string, from: Date, until: Date | undefined): Promise<CloudFormationEvent[]> {
  const events: CloudFormationEvent[] = [];
  try {
    for await (const page of paginateDescribeStackEvents({ client }, { StackName })) {
      for (const event of page.StackEvents ?? []) {
        const at = event.Timestamp;
        if (!at || (until && at > until)) continue;
        if (at < from || events.length === MOST_EVENTS) return events.toReversed();
        events.push(event);
      }
    }
  } catch (error) {
    // A stack that the action is about to create is not there yet.
    if (!(error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist'))) throw error;
  }
  return events.toReversed();
}

function stackEventOf(event: CloudFormationEvent): StackEvent {
  return {
    id: event.EventId ?? '',
    at: event.Timestamp?.toISOString() ?? '',
    logicalId: event.LogicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason,
  };
}
