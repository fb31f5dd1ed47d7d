import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { WebsiteEnvironment } from '../../stages/environments';
import { outputOf } from './site';

const EVERY_SECONDS = 20;

export interface FreshReportsProps {
  readonly environment: Pick<WebsiteEnvironment, 'name' | 'account' | 'region' | 'redshift'>;
  /** The one AWS endpoint of this machine. */
  readonly gatewayUrl: string;
  readonly say: (line: string) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Has Redshift read every few seconds what has come in, as anybody may by calling the stack's function for it, so that reports and
 * dashboards show what shoppers do while one looks. By themselves most environments do that now and then: being awake is what
 * Redshift costs, which on one machine is nothing.
 */
export async function keepReportsFresh({ environment: { name, redshift, ...place }, gatewayUrl, say, signal }: FreshReportsProps): Promise<void> {
  if (redshift.refresh === 'by itself') return;
  const settings = { endpoint: gatewayUrl, region: place.region, credentials: { accessKeyId: place.account, secretAccessKey: 'local' } };
  const [stacks, functions] = [new CloudFormationClient(settings), new LambdaClient(settings)];
  for (let said = false; !signal.aborted; await sleep(EVERY_SECONDS * 1_000, undefined, { signal }).catch(() => undefined)) {
    // While it is being released, or its parts come up, the next time will do.
    // oxlint-disable-next-line no-await-in-loop
    const refreshed = await refresh(stacks, functions, name).catch(() => false);
    if (refreshed && !said) say(`${name}'s Redshift reads every ${EVERY_SECONDS} seconds what they do, by itself every ${redshift.refresh.everyMinutes} minutes`);
    said ||= refreshed;
  }
  stacks.destroy();
  functions.destroy();
}

/** @returns whether it has read */
async function refresh(stacks: CloudFormationClient, functions: LambdaClient, name: string): Promise<boolean> {
  const FunctionName = await outputOf(stacks, `${name}-Redshift`, 'RefresherArn');
  if (FunctionName === undefined) return false;
  const { FunctionError: failed } = await functions.send(new InvokeCommand({ FunctionName }));
  return failed === undefined;
}
