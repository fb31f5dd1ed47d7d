import { OrderHitPage, OwnOrdersSearchQuery } from '../../contracts/order-search';
import { ok } from '../shared/http';
import { callerOf, queryOf } from '../shared/request';
import { searchFunction } from './answer-search';
import { configuredOpenSearch } from './open-search';
import { searchOrders } from './searching-orders';

const { search } = configuredOpenSearch();

/**
 * `GET /api/search/orders`. Whose they are is the token's to say.
 * Needs: es:ESHttpPost on searches of orders, secretsmanager:GetSecretValue.
 * Environment: SEARCH_ENDPOINT, INDEX_PREFIX, ORIGIN_SECRET_ARN.
 */
export const handler = searchFunction(async (event) => {
  const { customerId } = callerOf(event);
  return ok(OrderHitPage.parse(await searchOrders(search, { ...queryOf(event, OwnOrdersSearchQuery), customerId, synthetic: true })));
});
