import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { CLICK_TYPES } from '../../contracts/click';
import { DAY } from './rawClicks';

const quoted = (text: string): string => `'${text}'`;

/** Unlike Spark, which needs 3 GB for any day, it has to have the clicks of a day in memory: 5 GB for 16 million. */
const MEMORY = '8GB';

/** What app/lake/jobs makes of a day of clicks, in DuckDB's SQL. @returns seconds */
export async function makeDayInSql(raw: string, processed: string, threads: number): Promise<number> {
  mkdirSync(processed, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads), memory_limit: MEMORY, preserve_insertion_order: 'false', temp_directory: join(processed, 'spill') });
  const connection = await instance.connect();
  const start = performance.now();
  try {
    for (const statement of statements(raw, processed)) await connection.run(statement);
    return (performance.now() - start) / 1_000;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const statements = (raw: string, processed: string): string[] => {
  const written = (table: string, query: string): string => `COPY (${query}) TO '${join(processed, `${table}.parquet`)}' (FORMAT parquet)`;
  const clicks = `read_parquet('${join(processed, 'clicks.parquet')}')`;
  return [
    written(
      'clicks',
      `SELECT * FROM (
        SELECT *, CAST(eventTime AS TIMESTAMPTZ) AS happened FROM read_json('${join(raw, '**/*.gz')}', format = 'newline_delimited', ignore_errors = true, hive_partitioning = false, columns = {
          eventId: 'VARCHAR', type: 'VARCHAR', eventTime: 'VARCHAR', anonymousId: 'VARCHAR', sessionId: 'VARCHAR', page: 'VARCHAR', productId: 'VARCHAR', quantity: 'BIGINT',
          price: 'STRUCT(amount BIGINT, currency VARCHAR)', orderId: 'VARCHAR', searchText: 'VARCHAR', resultCount: 'BIGINT', recommendationId: 'VARCHAR', synthetic: 'BOOLEAN', receiveTime: 'VARCHAR', userId: 'VARCHAR'})
        WHERE type IN (${CLICK_TYPES.map(quoted).join(', ')}) AND eventTime LIKE '${DAY}%') QUALIFY row_number() OVER (PARTITION BY eventId ORDER BY receiveTime) = 1`,
    ),
    written(
      'sessions',
      `SELECT sessionId, min(anonymousId), min(happened), max(happened), epoch(max(happened)) - epoch(min(happened)), count(*) FILTER (type = 'View'), count(*) FILTER (type = 'AddToCart'), count(DISTINCT orderId) FILTER (type = 'Purchase')
       FROM ${clicks} WHERE NOT synthetic GROUP BY sessionId ORDER BY sessionId`,
    ),
    written(
      'product_hours',
      `SELECT productId, hour(happened), count(*) FILTER (type = 'View'), count(DISTINCT sessionId) FILTER (type = 'View'), count(*) FILTER (type = 'AddToCart')
       FROM ${clicks} WHERE NOT synthetic AND productId IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
    written(
      'similar_items',
      `WITH interests AS (SELECT DISTINCT sessionId, productId FROM ${clicks} WHERE NOT synthetic AND type IN ('View', 'AddToCart', 'Purchase') AND productId IS NOT NULL),
        alone AS (SELECT productId, count(*) AS sessions FROM interests GROUP BY 1),
        together AS (SELECT one.productId, other.productId AS similar_, count(*) AS sessions FROM interests one JOIN interests other USING (sessionId) WHERE one.productId <> other.productId GROUP BY 1, 2)
       SELECT productId, similar_, together.sessions, together.sessions / sqrt(a.sessions * b.sessions) AS score
       FROM together JOIN alone a USING (productId) JOIN alone b ON b.productId = similar_ QUALIFY row_number() OVER (PARTITION BY productId ORDER BY score DESC, similar_) <= 20`,
    ),
  ];
};
