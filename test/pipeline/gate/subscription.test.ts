import { ResourceNotFoundException } from '@aws-sdk/client-quicksight';
import type { QuickSightClient } from '@aws-sdk/client-quicksight';
import { checkSubscription } from '../../../pipeline/gate/subscription';

const answering = (answer: () => object): Pick<QuickSightClient, 'send'> => ({ send: async () => answer() });
const subscribed = (AccountSubscriptionStatus: string, Edition: string) => answering(() => ({ AccountInfo: { AccountSubscriptionStatus, Edition } }));
const check = (client: Pick<QuickSightClient, 'send'>) => checkSubscription(client, { account: '222222222222', environment: 'Dev' });

it.each(['ENTERPRISE', 'ENTERPRISE_AND_Q'])('lets an account pass that is subscribed to the %s edition', async (edition) => {
  await expect(check(subscribed('ACCOUNT_CREATED', edition))).resolves.toBeUndefined();
});

it('names an account that never was subscribed, and what to do about it', async () => {
  const client = answering(() => {
    throw new ResourceNotFoundException({ message: 'Account not found', $metadata: {} });
  });
  await expect(check(client)).rejects.toThrow(/^Account 222222222222 has no subscription to QuickSight\. Nothing is deployed to Dev: subscribe .* or take `quicksight` out of Dev in stages\/environments\.ts/);
});

it('names one whose subscription has ended, and one whose edition reaches into no VPC', async () => {
  await expect(check(subscribed('UNSUBSCRIBED', 'ENTERPRISE'))).rejects.toThrow('has no working subscription to QuickSight: it is UNSUBSCRIBED');
  await expect(check(subscribed('ACCOUNT_CREATED', 'STANDARD'))).rejects.toThrow('has the STANDARD edition of QuickSight');
  await expect(check(answering(() => ({})))).rejects.toThrow('it is unknown');
});

it('says itself what else went wrong', async () => {
  const client = answering(() => {
    throw new Error('AccessDeniedException');
  });
  await expect(check(client)).rejects.toThrow(/^AccessDeniedException$/);
});
