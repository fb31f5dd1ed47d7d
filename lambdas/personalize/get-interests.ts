import * as z from 'zod/mini';
import { InterestsQuery } from '../../contracts/account';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { httpFunction, ok } from '../shared/http';
import { callerOf, queryOf } from '../shared/request';
import { OwnInterests } from './own-interests';

const { INTERESTS_TABLE_NAME: tableName } = readEnvironment(z.object({ INTERESTS_TABLE_NAME: z.string() }));
const interests = new OwnInterests(dynamoDb(), tableName);

/**
 * `GET /api/account/interests`.
 * Needs: dynamodb:GetItem on the interests table, secretsmanager:GetSecretValue.
 * Environment: INTERESTS_TABLE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const { customerId } = callerOf(event);
  return ok(await interests.of(customerId, queryOf(event, InterestsQuery)));
});
