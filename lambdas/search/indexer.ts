import { setTimeout as pause } from 'node:timers/promises';
import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import { logger } from '../shared/logger';
import type { Indexed, StreamRecord } from './indexed';
import { indexRecords } from './indexing';
import { configuredOpenSearch } from './open-search';

/** Lambda counts attempts, not time: while the domain is away each is to last. */
const PAUSES = [1_000, 2_000, 4_000, 8_000, 8_000];

/** A function that brings what its table's stream tells into the index. */
export function indexer(indexed: Indexed): (event: { readonly Records: readonly StreamRecord[] }, context: Context) => Promise<DynamoDBBatchResponse> {
  const openSearch = configuredOpenSearch(10_000);
  const onFailure = (record: string, reason: string): void => logger.error('A record is not indexed', { record, reason });
  return async ({ Records: records }, context) => {
    logger.addContext(context);
    const failed = await indexRecords({ openSearch, indexed, onFailure, pauses: PAUSES, pause }, records);
    logger.info('indexed', { records: records.length, failed: failed.length });
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
