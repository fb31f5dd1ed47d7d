import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PersonalizeRuntimeClient } from '@aws-sdk/client-personalize-runtime';
import * as z from 'zod/mini';
import { RecommendationsQuery } from '../../contracts/recommendation';
import { configuredAccessTokens } from '../shared/access-token';
import { readEnvironment } from '../shared/environment';
import { httpFunction, ok } from '../shared/http';
import { logger } from '../shared/logger';
import { queryOf } from '../shared/request';
import { Campaign } from './campaign';
import { InterestsTable } from './interests-table';
import { Recommending } from './recommending';

const config = readEnvironment(
  z.object({
    INTERESTS_TABLE_NAME: z.string(),
    PRODUCTS_TABLE_NAME: z.string(),
    CAMPAIGN_ARN: z.optional(z.string()),
    FILTER_ARN: z.optional(z.string()),
    CATEGORY_FILTER_ARN: z.optional(z.string()),
  }),
);
const tokens = configuredAccessTokens();
// Nobody waits for a second attempt.
const once = { maxAttempts: 1, requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_000 } };
const { CAMPAIGN_ARN: campaignArn, FILTER_ARN: filterArn, CATEGORY_FILTER_ARN: categoryFilterArn } = config;
const recommending = new Recommending({
  interests: new InterestsTable(new DynamoDBClient(once), { interests: config.INTERESTS_TABLE_NAME, products: config.PRODUCTS_TABLE_NAME }),
  campaign: campaignArn && filterArn && categoryFilterArn ? new Campaign({ client: new PersonalizeRuntimeClient(once), campaignArn, filterArn, categoryFilterArn }) : undefined,
  now: () => new Date(),
});

/**
 * `GET /api/recommendations`, with or without an access token.
 * Needs: dynamodb:GetItem on the interests table, dynamodb:Query on its index `by-weight`, dynamodb:BatchGetItem on the products
 * table, secretsmanager:GetSecretValue, and personalize:GetRecommendations on its campaign where there is one; reads the user
 * pool's public keys. Environment: INTERESTS_TABLE_NAME, PRODUCTS_TABLE_NAME, CAMPAIGN_ARN, FILTER_ARN, CATEGORY_FILTER_ARN, USER_POOL_ID, TOKEN_KEYS_URL, TOKEN_CLIENT_IDS, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const caller = await tokens.callerOf(event);
  const query = queryOf(event, RecommendationsQuery);
  const answer = await recommending.recommend({ ...query, userId: caller?.customerId });
  logger.info('recommended', { source: answer.source, items: answer.items.length });
  return ok(answer);
});
