import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';

/** Who reads a stream and leaves what it gives up on in a bucket. */
export interface Consumer {
  /** `Workflow/StartsStart…`: its stack, without the environment, and its event source's logical id. */
  readonly name: string;
  readonly eventSourceId: string;
  readonly functionArn: string;
  readonly bucket: string;
}

/** Gives an event to a function. Rejects when the function fails. @returns its answer as JSON */
export type Invoke = (functionArn: string, event: string) => Promise<unknown>;

export interface RedriveProps {
  readonly s3: S3Client;
  readonly invoke: Invoke;
  /** Only counts what is kept. */
  readonly dryRun: boolean;
  readonly onProgress: (consumer: Consumer, done: number) => void;
  readonly onFailure: (consumer: Consumer, key: string, reason: string) => void;
}

export interface Redriven {
  /** Batches that were there. */
  readonly found: number;
  /** Of them, what the consumer has taken and what is therefore removed. */
  readonly taken: number;
  readonly failed: number;
}

/** What Lambda leaves: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html. The event is a text in it. */
const Kept = z.object({ payload: z.string() });
/** How a consumer says which records it has not taken; functions that say nothing have taken all. */
const Answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().nullable() })).default([]) }).nullish();

/**
 * Gives a consumer all batches again that are kept for it, oldest first, one after the other. A batch is removed once all
 * of it has been taken, so this may end at any point and begin again; consumers meet a record twice in any case.
 */
export async function redrive(consumer: Consumer, props: RedriveProps): Promise<Redriven> {
  const { s3, dryRun, onProgress, onFailure } = props;
  let [found, taken] = [0, 0];
  for await (const { Contents: page = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: consumer.bucket, Prefix: `aws/lambda/${consumer.eventSourceId}/` })) {
    for (const { Key: key } of page) {
      if (key === undefined) continue;
      found += 1;
      if (dryRun) continue;
      const reason = await refused(consumer, key, props);
      if (reason === undefined) taken += 1;
      else onFailure(consumer, key, reason);
      onProgress(consumer, found);
    }
  }
  return { found, taken, failed: dryRun ? 0 : found - taken };
}

/** @returns why the batch stays where it is */
async function refused({ bucket, functionArn }: Consumer, key: string, { s3, invoke }: RedriveProps): Promise<string | undefined> {
  const object = { Bucket: bucket, Key: key };
  try {
    const { Body: body } = await s3.send(new GetObjectCommand(object));
    const { payload } = Kept.parse(JSON.parse((await body?.transformToString()) ?? ''));
    const { batchItemFailures: failures = [] } = Answer.parse(await invoke(functionArn, payload)) ?? {};
    if (failures.length > 0) return `the consumer did not take ${failures.map(({ itemIdentifier: id }) => id ?? 'any record').join(', ')}`;
    await s3.send(new DeleteObjectCommand(object));
    return undefined;
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return 'is nothing that Lambda has left there';
    return error instanceof Error ? error.message : String(error);
  }
}
