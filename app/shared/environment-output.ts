import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/**
 * What a stack of an environment says of itself, to commands in the account and region of somebody's AWS credentials.
 * @throws Error when there is no such environment, or its release says nothing of the kind
 */
export async function environmentOutput(environment: string, stackName: string, output: string): Promise<string> {
  const client = new CloudFormationClient({});
  const name = `${environment}-${stackName}`;
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name })).catch(async (error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'ValidationError') throw error;
    throw new Error(`There is no environment ${environment} in ${await client.config.region()} of this account: it has no stack ${name}.`, { cause: error });
  });
  const value = stack?.Outputs?.find(({ OutputKey: key }) => key === output)?.OutputValue;
  if (value === undefined) throw new Error(`Stack ${name} has no output ${output}: its release is older than this command.`);
  return value;
}
