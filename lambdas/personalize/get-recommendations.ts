import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { RecommendationsQuery } from '../../contracts/recommendation';
import { configuredAccessTokens } from '../shared/access-token';
import { readEnvironment } from '../shared/environment';
import { httpFunction, ok } from '../shared/http';
import { logger } from '../shared/logger';
import { queryOf } from '../shared/request';
import { InterestsTable } from './interests-table';
import { Recommending } from './recommending';

const config = readEnvironment(z.object({ INTERESTS_TABLE_NAME: z.string(), PRODUCTS_TABLE_NAME: z.string() }));
const tokens = configuredAccessTokens();
// Nobody waits for a second attempt.
const client = new DynamoDBClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_000 } });
const recommending = new Recommending({ interests: new InterestsTable(client, { interests: config.INTERESTS_TABLE_NAME, products: config.PRODUCTS_TABLE_NAME }), now: () => new Date() });

/**
 * `GET /api/recommendations`, with or without an access token.
 * Needs: dynamodb:GetItem on the interests table, dynamodb:Query on its index `by-weight`, dynamodb:BatchGetItem on the products
 * table, secretsmanager:GetSecretValue; reads the user pool's public keys.
 * Environment: INTERESTS_TABLE_NAME, PRODUCTS_TABLE_NAME, USER_POOL_ID, TOKEN_KEYS_URL, TOKEN_CLIENT_IDS, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const caller = await tokens.callerOf(event);
  const query = queryOf(event, RecommendationsQuery);
  const answer = await recommending.recommend({ ...query, userId: caller?.customerId });
  logger.info('recommended', { source: answer.source, items: answer.items.length });
  return ok(answer);
});
