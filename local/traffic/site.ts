import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod/mini';
import type { WebsiteEnvironment } from '../../stages/environments';
import type { Ask } from './requests';

const Sites = z.array(z.object({ account: z.string(), origin: z.url() }));

/** Where nobody made up is to go: it is no site of this machine's. */
export class Elsewhere extends Error {
  override readonly name = 'Elsewhere';
}

export interface SiteProps {
  readonly environment: Pick<WebsiteEnvironment, 'name' | 'account' | 'region'>;
  /** The one AWS endpoint of this machine. */
  readonly gatewayUrl: string;
  readonly ask: Ask;
}

/**
 * The address of an environment's site, without a slash at its end, or undefined while it is not deployed.
 *
 * @throws Elsewhere when it is none of the sites that this machine's gateway has opened
 */
export async function deployedSite({ environment: { name, account, region }, gatewayUrl, ask }: SiteProps): Promise<string | undefined> {
  const client = new CloudFormationClient({ endpoint: gatewayUrl, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } });
  const url = await outputOf(client, `${name}-Edge`, 'SiteUrl').finally(() => client.destroy());
  if (url === undefined) return undefined;
  const { origin } = new URL(url);
  const sites = Sites.parse(await (await ask(`${gatewayUrl}/_local/sites`)).json());
  if (!sites.some((site) => site.account === account && site.origin === origin)) throw new Elsewhere(`${url} is no site of this machine's: traffic is for those only.`);
  return origin;
}

/** An output of a stack, or undefined while there is none. */
export async function outputOf(client: CloudFormationClient, stack: string, output: string): Promise<string | undefined> {
  try {
    const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    return found?.Outputs?.find(({ OutputKey }) => OutputKey === output)?.OutputValue;
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return undefined;
    throw error;
  }
}
