import { QuickSightClient } from '@aws-sdk/client-quicksight';
import { assumeRole } from './aws';
import { readConfiguration, SubscriptionConfiguration } from './configuration';
import { checkSubscription } from './subscription';

/** The step before an environment with dashboards: looks at its account, as a role there that may do just that. */
async function main(): Promise<void> {
  const { SUBSCRIPTION_ROLE_ARN, ENVIRONMENT_NAME, ENVIRONMENT_ACCOUNT, ENVIRONMENT_REGION: region } = readConfiguration(SubscriptionConfiguration, process.env);
  const client = new QuickSightClient({ region, credentials: await assumeRole(SUBSCRIPTION_ROLE_ARN, region, 'subscription') });
  await checkSubscription(client, { account: ENVIRONMENT_ACCOUNT, environment: ENVIRONMENT_NAME });
  console.log(`Account ${ENVIRONMENT_ACCOUNT} is subscribed to QuickSight.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
