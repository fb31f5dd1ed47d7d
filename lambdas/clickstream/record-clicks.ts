import * as z from 'zod/mini';
import { ClickBatch } from '../../contracts/click';
import { MAX_CLICKS_BODY_BYTES } from '../../contracts/limits';
import { configuredAccessTokens } from '../shared/access-token';
import { readEnvironment } from '../shared/environment';
import { httpFunction, taken } from '../shared/http';
import { logger } from '../shared/logger';
import { bodyOf } from '../shared/request';
import { ClickStream, kinesis } from './click-stream';
import { recordClicks } from './recording';

const { CLICK_STREAM_NAME } = readEnvironment(z.object({ CLICK_STREAM_NAME: z.string() }));
const tokens = configuredAccessTokens();
const recording = { stream: new ClickStream({ client: kinesis(), streamName: CLICK_STREAM_NAME }), now: () => new Date() };

/**
 * `POST /api/clicks`, with or without an access token.
 * Needs: kinesis:PutRecords on the click stream, secretsmanager:GetSecretValue; reads the user pool's public keys.
 * Environment: CLICK_STREAM_NAME, USER_POOL_ID, TOKEN_KEYS_URL, TOKEN_CLIENT_IDS, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const caller = await tokens.callerOf(event);
  const { events } = bodyOf(event, ClickBatch, MAX_CLICKS_BODY_BYTES);
  const clicks = await recordClicks(recording, { events, userId: caller?.customerId });
  logger.info('clicks', { accepted: clicks.accepted, refused: clicks.refused.length, reason: clicks.refused[0]?.reason });
  return taken(clicks);
});
