import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { httpFunction, ok } from '../shared/http';
import { configuredPersonLimit } from '../shared/person-limit';
import { callerOf } from '../shared/request';
import { endSessions } from './sessions';

const { USER_POOL_ID: userPoolId } = readEnvironment(z.object({ USER_POOL_ID: z.string() }));
const pool = { client: new CognitoIdentityProviderClient({ maxAttempts: 3 }), userPoolId };
const limit = configuredPersonLimit('signOutEverywhere');

/**
 * `POST /api/account/sign-out-everywhere`.
 * Needs: cognito-idp:AdminUserGlobalSignOut on the pool, dynamodb:UpdateItem on the call counts table,
 * secretsmanager:GetSecretValue.
 * Environment: USER_POOL_ID, CALL_COUNTS_TABLE_NAME, CALLS_A_MINUTE, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const { customerId } = callerOf(event);
  await limit.require(customerId);
  return ok(await endSessions(pool, customerId));
});
