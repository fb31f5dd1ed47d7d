import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { ORIGIN_SECRET_HEADER } from '../../contracts/headers';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { distributionHeader } from './distribution-header';
import { STEPS } from './origin-rotation';
import { secretVersions } from './secret-versions';

const { DISTRIBUTION_ID, API_URL } = readEnvironment(z.object({ DISTRIBUTION_ID: z.string(), API_URL: z.url() }));
const secrets = new SecretsManagerClient({ maxAttempts: 5 });
const cloudFront = new CloudFrontClient({ maxAttempts: 5 });

const Request = z.object({ Step: z.enum(['createSecret', 'setSecret', 'testSecret', 'finishSecret']), SecretId: z.string(), ClientRequestToken: z.string() });

/**
 * Secrets Manager's rotation function for what CloudFront proves itself with to the API.
 * Needs: secretsmanager:DescribeSecret, GetSecretValue, PutSecretValue and UpdateSecretVersionStage on the origin
 * secret, cloudfront:GetDistribution, GetDistributionConfig and UpdateDistribution on the distribution, which asks
 * whoever updates it for s3:GetBucketAcl and PutBucketAcl on the bucket of its logs, wafv2:GetWebACL on the web ACL.
 * Environment: DISTRIBUTION_ID, API_URL.
 */
export const handler = async (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
  const { Step: step, SecretId: secretId, ClientRequestToken: token } = Request.parse(event);
  const rotation = {
    versions: secretVersions(secrets, secretId),
    sender: distributionHeader(cloudFront, DISTRIBUTION_ID),
    isAccepted,
    sleep: (milliseconds: number) => sleep(milliseconds),
    remaining: () => context.getRemainingTimeInMillis(),
  };
  await STEPS[step](rotation, token);
  logger.info('done', { step, version: token });
};

/** A path that no route has: who shows the right secret is told so, and who does not is not let in. */
async function isAccepted(text: string): Promise<boolean> {
  const { status } = await fetch(`${API_URL}/api/origin-rotation`, { headers: { [ORIGIN_SECRET_HEADER]: text }, signal: AbortSignal.timeout(10_000) });
  return status === 404;
}
