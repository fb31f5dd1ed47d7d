import { setTimeout as pause } from 'node:timers/promises';
import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { consume } from './consuming';
import { Users } from './datasets';
import { EventTrackers } from './event-tracker';
import { patientClient } from './events-client';
import { Learning } from './learning';

const config = readEnvironment(
  z.object({
    TRACKING_ID: z.string(),
    SYNTHETIC_TRACKING_ID: z.string(),
    USERS_DATASET_ARN: z.string(),
    SYNTHETIC_USERS_DATASET_ARN: z.string(),
    RECEIPTS_TABLE_NAME: z.string(),
    INTERESTS_TABLE_NAME: z.string(),
  }),
);
const client = patientClient();
const trackers = new EventTrackers({ client, trackingIds: { real: config.TRACKING_ID, synthetic: config.SYNTHETIC_TRACKING_ID } });
const users = new Users({ client, datasetArns: { real: config.USERS_DATASET_ARN, synthetic: config.SYNTHETIC_USERS_DATASET_ARN } });
const learning = new Learning({ client: dynamoDb(), receiptsTable: config.RECEIPTS_TABLE_NAME, interestsTable: config.INTERESTS_TABLE_NAME, now: () => new Date(), pause });

/**
 * Reads the stream of clicks and tells Personalize and the shop's own counts of them.
 * Needs: personalize:PutEvents on any event tracker, personalize:PutUsers on the users datasets, dynamodb:BatchGetItem and PutItem
 * on the receipts table, dynamodb:GetItem, PutItem and UpdateItem on the interests table. Environment: TRACKING_ID,
 * SYNTHETIC_TRACKING_ID, USERS_DATASET_ARN, SYNTHETIC_USERS_DATASET_ARN, RECEIPTS_TABLE_NAME, INTERESTS_TABLE_NAME.
 */
export const handler = async ({ Records: records }: KinesisStreamEvent, context: Context): Promise<KinesisStreamBatchResponse> => {
  logger.addContext(context);
  const failed = await consume({ trackers, users, learning }, records);
  logger.info('consumed', { records: records.length, failed: failed.length });
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
