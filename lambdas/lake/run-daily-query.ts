import { AthenaClient } from '@aws-sdk/client-athena';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { dailyQuery } from './daily-query';
import { Queries } from './query';
import { Day } from './run-summary';

const config = readEnvironment(z.object({ WORKGROUP_NAME: z.string(), DATABASE_NAME: z.string(), RESULTS_BUCKET_NAME: z.string() }));
const s3 = new S3Client({ maxAttempts: 5 });
const queries = new Queries(new AthenaClient({ maxAttempts: 5 }), { workGroup: config.WORKGROUP_NAME, database: config.DATABASE_NAME });

/** By its time from a schedule, which means the day before; or by its day from a person. */
const Asked = z.union([z.object({ day: Day }), z.object({ time: z.iso.datetime() })]);
const DAY_MS = 24 * 60 * 60_000;

/**
 * Asks what a day came to, beside the week before, and keeps the answer as `daily/<day>.json` of the results bucket.
 * Needs: athena:StartQueryExecution, GetQueryExecution and GetQueryResults on the query workgroup, s3:PutObject on daily results,
 * and what Athena asks of whoever has it read figures. Environment: WORKGROUP_NAME, DATABASE_NAME, RESULTS_BUCKET_NAME.
 * @throws Error in Athena's words
 */
export const handler = async (event: unknown): Promise<{ readonly day: string; readonly rows: number; readonly key: string }> => {
  const asked = z.parse(Asked, event);
  const day = 'day' in asked ? asked.day : new Date(Date.parse(asked.time) - DAY_MS).toISOString().slice(0, 10);
  const rows = await queries.rows(dailyQuery(day));
  const key = `daily/${day}.json`;
  await s3.send(new PutObjectCommand({ Bucket: config.RESULTS_BUCKET_NAME, Key: key, Body: JSON.stringify({ day, rows }, null, 1), ContentType: 'application/json' }));
  logger.info('asked', { day, rows: rows.length, key });
  return { day, rows: rows.length, key };
};
