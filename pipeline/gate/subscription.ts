import { DescribeAccountSubscriptionCommand, ResourceNotFoundException } from '@aws-sdk/client-quicksight';
import type { QuickSightClient } from '@aws-sdk/client-quicksight';

/** Editions that reach into a VPC and read OpenSearch; the standard one does neither. */
const EDITIONS = ['ENTERPRISE', 'ENTERPRISE_AND_Q'];

/**
 * @returns when the account has what the dashboards need
 * @throws Error that names the account and what to do about it
 */
export async function checkSubscription(client: Pick<QuickSightClient, 'send'>, { account, environment }: { readonly account: string; readonly environment: string }): Promise<void> {
  const lack = await lackOf(client, account);
  if (lack === undefined) return;
  throw new Error(`Account ${account} ${lack}. Nothing is deployed to ${environment}: subscribe the account to QuickSight (Enterprise edition), or take \`quicksight\` out of ${environment} in stages/environments.ts, and it is deployed without dashboards.`);
}

async function lackOf(client: Pick<QuickSightClient, 'send'>, account: string): Promise<string | undefined> {
  try {
    const { AccountInfo: info } = await client.send(new DescribeAccountSubscriptionCommand({ AwsAccountId: account }));
    if (info?.AccountSubscriptionStatus !== 'ACCOUNT_CREATED') return `has no working subscription to QuickSight: it is ${info?.AccountSubscriptionStatus ?? 'unknown'}`;
    return EDITIONS.includes(info.Edition ?? '') ? undefined : `has the ${info.Edition ?? 'unknown'} edition of QuickSight, which has no VPC connections`;
  } catch (error) {
    // So it answers for an account that never was subscribed.
    if (error instanceof ResourceNotFoundException) return 'has no subscription to QuickSight';
    throw error;
  }
}
