import { CloudFormationClient, CreateStackCommand, DeleteStackCommand, DescribeStackEventsCommand, DescribeStacksCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { eventually } from '../../support/eventually';

export type Resources = Readonly<Record<string, object>>;

export interface StackResult {
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** `<logical id>: <reason>` of each resource that failed. */
  readonly failures: readonly string[];
}

/** Creates the stack, or updates it when it is there, and waits for the end, whichever it is. */
export async function deploy(client: CloudFormationClient, name: string, resources: Resources, outputs: Readonly<Record<string, unknown>> = {}): Promise<StackResult> {
  const template = { Resources: resources, Outputs: Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, { Value: value }])) };
  const input = { StackName: name, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
  const exists = await client.send(new DescribeStacksCommand({ StackName: name })).then(() => true, () => false);
  await client.send(exists ? new UpdateStackCommand(input) : new CreateStackCommand(input));
  return ended(client, name);
}

/**
 * The outputs of a stack that a test only builds upon.
 *
 * @throws Error with the reasons, when the stack does not come about
 */
export async function outputsOf(client: CloudFormationClient, name: string, resources: Resources, outputs: Readonly<Record<string, unknown>>): Promise<StackResult['outputs']> {
  const result = await deploy(client, name, resources, outputs);
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(result.status)) throw new Error(`${name} is ${result.status}: ${result.failures.join('; ')}`);
  return result.outputs;
}

export async function remove(client: CloudFormationClient, name: string): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName: name }));
  await eventually(() => client.send(new DescribeStacksCommand({ StackName: name })).then(({ Stacks = [] }) => Stacks[0]?.StackStatus === 'DELETE_COMPLETE', () => true));
}

async function ended(client: CloudFormationClient, name: string): Promise<StackResult> {
  const stack = await eventually(async () => {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks[0]?.StackStatus?.endsWith('_IN_PROGRESS') === false && Stacks[0];
  });
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
  return {
    status: stack.StackStatus ?? '',
    outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
    failures: StackEvents.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED')).map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`),
  };
}

/** A function's role and the function, from one line of code for `exports.handler`; `Ref` it by `id`. */
export function functionOf(id: string, code: string, more: object = {}): Resources {
  return {
    [`${id}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] } },
    },
    [id]: {
      Type: 'AWS::Lambda::Function',
      Properties: { Runtime: 'nodejs24.x', Handler: 'index.handler', Timeout: 30, Role: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] }, Code: { ZipFile: `exports.handler = ${code};` }, ...more },
    },
  };
}

