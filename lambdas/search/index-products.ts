import { setTimeout as pause } from 'node:timers/promises';
import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import { logger } from '../shared/logger';
import { indexRecords } from './indexing';
import type { StreamRecord } from './indexing';
import { configuredOpenSearch } from './open-search';

const openSearch = configuredOpenSearch(10_000);
/** Lambda counts attempts, not time: while the domain is away each is to last. */
const PAUSES = [1_000, 2_000, 4_000, 8_000, 8_000];

/**
 * Reads the products table's stream and brings each change into the index.
 * Needs: es:ESHttpPost on the bulk of products. Environment: SEARCH_ENDPOINT, INDEX_PREFIX.
 */
export const handler = async ({ Records: records }: { readonly Records: readonly StreamRecord[] }, context: Context): Promise<DynamoDBBatchResponse> => {
  logger.addContext(context);
  const onFailure = (record: string, reason: string): void => logger.error('A record is not indexed', { record, reason });
  const failed = await indexRecords({ openSearch, onFailure, pauses: PAUSES, pause }, records);
  logger.info('indexed', { records: records.length, failed: failed.length });
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
