import { GlueClient } from '@aws-sdk/client-glue';
import { DeleteObjectsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { LAKE_TABLES } from '../../contracts/derived/lake-tables';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { publish } from './publishing';
import { readSummary, RunName } from './run-summary';

const config = readEnvironment(z.object({ PROCESSED_BUCKET_NAME: z.string(), DATABASE_NAME: z.string() }));
const { PROCESSED_BUCKET_NAME: bucket, DATABASE_NAME: database } = config;
const s3 = new S3Client({ maxAttempts: 5 });
const glue = new GlueClient({ maxAttempts: 5 });

const Asked = z.object({ run: RunName });

/**
 * Lets Athena read what a run made of its days, in place of what was there before, and removes what was replaced the time before.
 * Needs: s3:GetObject on runs, glue:GetTable, BatchGetPartition, BatchCreatePartition and BatchUpdatePartition on the lake's
 * tables, s3:ListBucket on the processed bucket, s3:DeleteObject on days.
 * Environment: PROCESSED_BUCKET_NAME, DATABASE_NAME.
 */
export const handler = async (event: unknown): Promise<{ readonly published: readonly string[] }> => {
  const { run } = z.parse(Asked, event);
  const { days } = await readSummary(s3, bucket, run);
  for (const table of Object.keys(LAKE_TABLES)) {
    // oxlint-disable-next-line no-await-in-loop -- Glue takes few calls a second
    const { forgotten } = await publish(table, { glue, database, run, days });
    // oxlint-disable-next-line no-await-in-loop
    for (const folder of forgotten) await remove(folder);
  }
  logger.info('published', { run, days });
  return { published: days };
};

/** Removes what is in a folder of the processed bucket, and in no other. */
async function remove(folder: string): Promise<void> {
  const [, prefix = ''] = new RegExp(`^s3://${bucket}/(.+/day=.+/run=.+/)$`).exec(folder) ?? [];
  if (prefix === '') return;
  for await (const { Contents: objects = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    if (objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects.map(({ Key }) => ({ Key })), Quiet: true } }));
  }
}
