import { DescribeStacksCommand, CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';
import type { Environment } from '../application/assembly';

export interface Address {
  readonly account: string;
  readonly stack: string;
  readonly output: string;
  readonly url: string;
}

/** The addresses on this machine among the outputs of all deployed stacks, e.g. the site of each environment, by port. */
export async function addressesOf(environments: readonly Environment[], gatewayUrl: string): Promise<Address[]> {
  const perEnvironment = await Promise.all(
    environments.map(async ({ account, region }) => {
      const client = new CloudFormationClient({ endpoint: gatewayUrl, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } });
      const { Stacks: stacks = [] } = await client.send(new DescribeStacksCommand({}));
      return stacks.flatMap((stack) => addressesIn(account, stack));
    }),
  );
  return perEnvironment.flat().toSorted((a, b) => a.url.localeCompare(b.url));
}

function addressesIn(account: string, { StackName: stack = '', Outputs: outputs = [] }: Stack): Address[] {
  return outputs.flatMap(({ OutputKey: output = '', OutputValue: url = '' }) => (/^http:\/\/localhost:\d+\/?$/.test(url) ? [{ account, stack, output, url }] : []));
}
