import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { Items } from './datasets';
import { patientClient } from './events-client';
import { follow } from './following';
import type { ProductStreamRecord } from './following';

const { ITEMS_DATASET_ARN: real, SYNTHETIC_ITEMS_DATASET_ARN: synthetic } = readEnvironment(z.object({ ITEMS_DATASET_ARN: z.string(), SYNTHETIC_ITEMS_DATASET_ARN: z.string() }));
const items = new Items({ client: patientClient(), datasetArns: [real, synthetic] });

/**
 * Reads the products table's stream and tells Personalize of products that have become others.
 * Needs: personalize:PutItems on the items datasets. Environment: ITEMS_DATASET_ARN, SYNTHETIC_ITEMS_DATASET_ARN.
 */
export const handler = async ({ Records: records }: { readonly Records: readonly ProductStreamRecord[] }, context: Context): Promise<DynamoDBBatchResponse> => {
  logger.addContext(context);
  const failed = await follow(items, records);
  logger.info('followed', { records: records.length, failed: failed.length });
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
