import { GetFunctionConfigurationCommand, LambdaClient, ListAliasesCommand, PublishVersionCommand, UpdateAliasCommand, UpdateEventSourceMappingCommand, UpdateFunctionConfigurationCommand, waitUntilFunctionUpdatedV2 } from '@aws-sdk/client-lambda';
import type { DevEnvironment } from '../devEnvironment';

/** What puts right again what was broken. */
export type Mend = () => Promise<unknown>;

/** Somebody paused the event source of a consumer, and forgot it. */
export async function pausedConsumer(dev: DevEnvironment, stack: string, id: string): Promise<Mend> {
  const lambda = new LambdaClient(dev.settings);
  const UUID = await dev.resource(stack, 'AWS::Lambda::EventSourceMapping', id);
  const enable = async (Enabled: boolean): Promise<unknown> => lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  await enable(false);
  return () => enable(true);
}

/** A policy that somebody put on a role by hand takes an action from it, or gives it one. */
export async function policyByHand(dev: DevEnvironment, stack: string, roleId: string, Effect: 'Allow' | 'Deny', Action: string): Promise<Mend> {
  const role = await dev.resource(stack, 'AWS::IAM::Role', roleId);
  const policy = ['--role-name', role, '--policy-name', 'ByHand'] as const;
  await dev.aws('iam', 'put-role-policy', ...policy, '--policy-document', JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] }));
  return () => dev.aws('iam', 'delete-role-policy', ...policy);
}

/** A rule that somebody switched off: what it heard of goes nowhere. */
export async function silencedRule(dev: DevEnvironment, stack: string, id: string): Promise<Mend> {
  const rule = await dev.resource(stack, 'AWS::Events::Rule', id);
  await dev.aws('events', 'disable-rule', '--name', rule);
  return () => dev.aws('events', 'enable-rule', '--name', rule);
}

/** The function works on a resource that nobody looks at: a variable was changed by hand. */
async function misledFunction(dev: DevEnvironment, stack: string, id: string, variables: Readonly<Record<string, string>>): Promise<Mend> {
  const lambda = new LambdaClient(dev.settings);
  const FunctionName = await dev.resource(stack, 'AWS::Lambda::Function', id);
  const { Aliases: [alias] = [] } = await lambda.send(new ListAliasesCommand({ FunctionName }));
  const { Environment: before } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { ...before?.Variables, ...variables } } }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60 }, { FunctionName });
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  const point = (FunctionVersion: string | undefined): Promise<unknown> => lambda.send(new UpdateAliasCommand({ FunctionName, Name: alias?.Name, FunctionVersion }));
  await point(Version);
  return () => point(alias?.FunctionVersion);
}

/** Clicks are put into a stream that nothing reads, which their function may write to. */
export async function otherStream(dev: DevEnvironment): Promise<Mend> {
  const name = 'elsewhere';
  await dev.aws('kinesis', 'create-stream', '--stream-name', name, '--shard-count', '1');
  await dev.aws('kinesis', 'wait', 'stream-exists', '--stream-name', name);
  const mends = [await policyByHand(dev, 'Clickstream', 'RecordClicks', 'Allow', 'kinesis:PutRecords'), await misledFunction(dev, 'Clickstream', 'RecordClicks', { CLICK_STREAM_NAME: name })];
  return () => Promise.all(mends.map((mend) => mend()));
}
