import { AttentionQuery } from '../../contracts/operations';
import { httpFunction, ok } from '../shared/http';
import { queryOf } from '../shared/request';
import { listAttention } from './operations/attention';
import { configuredOpenWork } from './operations/configuration';
import { operatorOf } from '../shared/operator';

const work = configuredOpenWork();

/**
 * `GET /api/operators/attention`.
 * Needs: dynamodb:Query on the index `by-work` of the orders table, BatchGetItem on the orders table,
 * secretsmanager:GetSecretValue. Environment: ORDERS_TABLE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  operatorOf(event);
  return ok(await listAttention(work, queryOf(event, AttentionQuery)));
});
