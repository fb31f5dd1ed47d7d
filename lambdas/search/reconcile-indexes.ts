import { setTimeout as pause } from 'node:timers/promises';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { logger } from '../shared/logger';
import { IndexAlias, INDEXED } from './indexed';
import { configuredOpenSearch } from './open-search';
import { repair } from './repairing';
import { SearchedIndex } from './searched-index';
import { configuredTables } from './searched-table';

const openSearch = configuredOpenSearch(20_000);
const tables = configuredTables();
const metrics = new Metrics();
const Asked = z.object({ index: IndexAlias });

/** Longer than an indexer waits for a domain that is away before its records are tried anew. */
const GRACE_MS = 60_000;
/** Left for what is under way when the time to begin more is over. */
const LAST_MILLISECONDS = 60_000;
/** Who has lost an index has lost all of it, and needs no list. */
const MOST_TOLD = 100;

/**
 * Compares a table with its index, has the index hold what the table holds, and reports what had drifted. Runs on a schedule;
 * differences that a run has no time for are left to the next. Both are read whole and in one run, which is meant for up to two
 * million items.
 * Needs: dynamodb:Scan and BatchGetItem on the products table, dynamodb:Scan and BatchGetItem on the orders table,
 * es:ESHttpPost on searches of products, es:ESHttpPost on searches of orders, es:ESHttpPost on look-ups of products,
 * es:ESHttpPost on look-ups of orders, es:ESHttpPost on the bulk of products, es:ESHttpPost on the bulk of orders.
 * Environment: PRODUCTS_TABLE_NAME, ORDERS_TABLE_NAME, SEARCH_ENDPOINT, INDEX_PREFIX. Time-out: 15 minutes.
 */
export const handler = async (event: unknown, context: Context): Promise<{ readonly repaired: number; readonly raised: number; readonly left: number }> => {
  logger.addContext(context);
  const { index: alias } = z.parse(Asked, event);
  const { repaired, raised, left, ...counts } = await repair({
    table: tables[alias],
    index: new SearchedIndex(openSearch, alias, INDEXED[alias].key),
    grace: () => pause(GRACE_MS),
    hasTime: () => context.getRemainingTimeInMillis() > LAST_MILLISECONDS,
  });
  for (const finding of repaired.slice(0, MOST_TOLD)) logger.warn('repaired', { index: alias, finding });
  for (const finding of raised.slice(0, MOST_TOLD)) logger.error('raised', { index: alias, finding });
  const report = { repaired: repaired.length, raised: raised.length, left };
  logger.info('reconciled', { index: alias, ...counts, ...report });
  const metric = metrics.singleMetric();
  metric.addDimension('index', alias);
  metric.addMetric('Drift', MetricUnit.Count, repaired.length + raised.length);
  return report;
};
