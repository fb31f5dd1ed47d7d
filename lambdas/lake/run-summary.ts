import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';

/** A day in UTC: `2026-11-22`. */
export const Day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
/** The name of a run, which is that of its execution; it names the folders that the run writes into. */
export const RunName = z.string().check(z.regex(/^[\w-]{1,80}$/));

const Source = z.object({
  files: z.number(),
  brokenFiles: z.array(z.object({ file: z.string(), fault: z.string() })),
  /** Lines of all files. */
  lines: z.number(),
  read: z.number(),
  /** Of them, no events of the contract. */
  faulty: z.number(),
  /** Of the day's own arrivals, by reason. */
  quarantined: z.record(z.string(), z.number()),
});
const Stored = z.object({ rows: z.number(), distinct: z.number(), nulls: z.number() });

/** What app/lake/jobs/process_day.py says of a run: `runs/<run>/summary.json` of the processed zone. */
export const RunSummary = z.object({
  run: RunName,
  day: Day,
  /** Days that were made: the day itself, and earlier ones that something late is of. */
  days: z.array(Day),
  clicks: Source,
  orders: Source,
  tables: z.record(Day, z.catchall(z.object({ clicks: Stored, orders: Stored }), z.object({ rows: z.number() }))),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** @throws Error when the run wrote none */
export async function readSummary(s3: Pick<S3Client, 'send'>, processedBucket: string, run: string): Promise<RunSummary> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: processedBucket, Key: `runs/${run}/summary.json` }));
  return RunSummary.parse(JSON.parse((await body?.transformToString()) ?? ''));
}
