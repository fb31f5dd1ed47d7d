import { setTimeout as pause } from 'node:timers/promises';
import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { consume } from './consuming';
import { EventTrackers } from './event-tracker';
import { Learning } from './learning';

const config = readEnvironment(z.object({ TRACKING_ID: z.string(), SYNTHETIC_TRACKING_ID: z.string(), RECEIPTS_TABLE_NAME: z.string(), INTERESTS_TABLE_NAME: z.string() }));
const trackers = new EventTrackers({
  client: new PersonalizeEventsClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 2_000, requestTimeout: 4_000 } }),
  trackingIds: { real: config.TRACKING_ID, synthetic: config.SYNTHETIC_TRACKING_ID },
});
const learning = new Learning({ client: dynamoDb(), receiptsTable: config.RECEIPTS_TABLE_NAME, interestsTable: config.INTERESTS_TABLE_NAME, now: () => new Date(), pause });

/**
 * Reads the stream of clicks and tells Personalize and the shop's own counts of them.
 * Needs: personalize:PutEvents on any event tracker, dynamodb:BatchGetItem and PutItem on the receipts table, dynamodb:GetItem,
 * PutItem and UpdateItem on the interests table. Environment: TRACKING_ID, SYNTHETIC_TRACKING_ID, RECEIPTS_TABLE_NAME, INTERESTS_TABLE_NAME.
 */
export const handler = async ({ Records: records }: KinesisStreamEvent, context: Context): Promise<KinesisStreamBatchResponse> => {
  logger.addContext(context);
  const failed = await consume({ trackers, learning }, records);
  logger.info('consumed', { records: records.length, failed: failed.length });
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
