import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { countOrders, countRawClicks } from './counting';
import { faultsOf } from './judging';
import { Queries } from './query';
import { readSummary, RunName } from './run-summary';

const config = readEnvironment(z.object({ PROCESSED_BUCKET_NAME: z.string(), WORKGROUP_NAME: z.string(), DATABASE_NAME: z.string(), ORDERS_TABLE_NAME: z.string() }));
const s3 = new S3Client({ maxAttempts: 5 });
const queries = new Queries(new AthenaClient({ maxAttempts: 5 }), { workGroup: config.WORKGROUP_NAME, database: config.DATABASE_NAME });
const dynamodb = new DynamoDBClient({ maxAttempts: 5 });

const Asked = z.object({ run: RunName, began: z.iso.datetime() });

export interface Checked {
  readonly passed: boolean;
  /** As sentences. */
  readonly faults: readonly string[];
  readonly days: readonly string[];
  readonly clicks: number;
  readonly orders: number;
  /** Lines that arrived on the day and are no events. */
  readonly quarantined: number;
  /** Whether Athena could count the raw clicks beside; it cannot where a file is damaged. */
  readonly rawCounted: boolean;
  readonly brokenFiles: number;
}

/**
 * Compares what a run made of its days with what the raw zone and the table of orders have. What came while the run began may be
 * in it or not.
 * Needs: s3:GetObject on runs, athena:StartQueryExecution, GetQueryExecution and GetQueryResults on the query workgroup,
 * dynamodb:Scan on the orders table, and what Athena asks of whoever has it read raw clicks.
 * Environment: PROCESSED_BUCKET_NAME, WORKGROUP_NAME, DATABASE_NAME, ORDERS_TABLE_NAME.
 * @throws Error when they could not be compared
 */
export const handler = async (event: unknown): Promise<Checked> => {
  const { run, began } = z.parse(Asked, event);
  const summary = await readSummary(s3, config.PROCESSED_BUCKET_NAME, run);
  const { days, clicks, orders } = summary;
  const rawClicks = await countRawClicks(queries, summary, began);
  const faults = faultsOf(summary, { rawClicks, orders: await countOrders(dynamodb, config.ORDERS_TABLE_NAME, days, began) });
  const rows = (table: 'clicks' | 'orders'): number => days.reduce((sum, day) => sum + (summary.tables[day]?.[table].rows ?? 0), 0);
  const quarantined = [clicks, orders].flatMap(({ quarantined: reasons }) => Object.values(reasons)).reduce((sum, count) => sum + count, 0);
  const checked = { passed: faults.length === 0, faults, days, clicks: rows('clicks'), orders: rows('orders'), quarantined, rawCounted: rawClicks !== undefined, brokenFiles: clicks.brokenFiles.length + orders.brokenFiles.length };
  logger.info('checked', { run, ...checked });
  return checked;
};
