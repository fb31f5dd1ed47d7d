import { AdminUserGlobalSignOutCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { SignedOutEverywhere } from '../../contracts/account';
import type { CustomerId } from '../../contracts/ids';
import { ProblemError } from '../shared/problem-error';

export interface Pool {
  readonly client: Pick<CognitoIdentityProviderClient, 'send'>;
  readonly userPoolId: string;
}

/**
 * Cognito renews no session of the customer's from now on. Access tokens stay what they are until they expire, since the
 * API goes by their signature alone, and browsers keep what Cognito's own pages know them by: see
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html
 * @throws ProblemError `not-signed-in` when there is no such customer any more; `try-again` while Cognito is too busy
 */
export async function endSessions({ client, userPoolId }: Pool, customerId: CustomerId): Promise<SignedOutEverywhere> {
  try {
    await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: userPoolId, Username: customerId }));
    return { signedOut: true };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'UserNotFoundException') throw new ProblemError('not-signed-in', undefined, { cause: error });
    if (name === 'TooManyRequestsException') throw new ProblemError('try-again', undefined, { cause: error, headers: { 'retry-after': '1' } });
    throw error;
  }
}
