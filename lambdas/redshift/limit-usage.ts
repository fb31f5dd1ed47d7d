import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { logger } from '../shared/logger';
import { parse } from '../shared/parse';
import { keepUsageLimit } from './usage-limit';

const client = new RedshiftServerlessClient({ maxAttempts: 5 });
// A custom resource's properties arrive as texts.
const Limit = z.object({ workgroupArn: z.string(), rpuHoursADay: z.pipe(z.string(), z.pipe(z.transform(Number), z.int().check(z.gte(1)))) });

/**
 * The `onEvent` handler of a custom resource (CDK's Provider framework): how many RPU-hours a day the workgroup may use before
 * it is switched off until the next day. CloudFormation has no type for it; the limit goes with its workgroup.
 * Needs: redshift-serverless:ListUsageLimits, CreateUsageLimit and UpdateUsageLimit on any usage limit.
 */
export const handler = async (event: CloudFormationCustomResourceEvent): Promise<{ PhysicalResourceId: string }> => {
  const PhysicalResourceId = 'usage-limit';
  if (event.RequestType === 'Delete') return { PhysicalResourceId };
  const limit = parse(Limit, event.ResourceProperties);
  if (!limit.ok) throw new Error('workgroupArn and rpuHoursADay are required');
  await keepUsageLimit(client, limit.value);
  logger.info('limited', limit.value);
  return { PhysicalResourceId };
};
