import { OrdersSearchQuery } from '../../contracts/order-search';
import { ok } from '../shared/http';
import { operatorOf } from '../shared/operator';
import { queryOf } from '../shared/request';
import { searchFunction } from './answer-search';
import { configuredOpenSearch } from './open-search';
import { searchOrders } from './searching-orders';

const { search } = configuredOpenSearch();

/**
 * `GET /api/operators/orders`.
 * Needs: es:ESHttpPost on searches of orders, secretsmanager:GetSecretValue.
 * Environment: SEARCH_ENDPOINT, INDEX_PREFIX, ORIGIN_SECRET_ARN.
 */
export const handler = searchFunction(async (event) => {
  operatorOf(event);
  const { synthetic, ...query } = queryOf(event, OrdersSearchQuery);
  return ok(await searchOrders(search, { ...query, synthetic: synthetic === 'include' }));
});
