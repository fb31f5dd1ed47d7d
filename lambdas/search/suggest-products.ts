import { SuggestionsQuery } from '../../contracts/search';
import { ok } from '../shared/http';
import { queryOf } from '../shared/request';
import { searchFunction } from './answer-search';
import { configuredOpenSearch } from './open-search';
import { suggestProducts } from './searching';

const { search } = configuredOpenSearch();

/**
 * `GET /api/search/suggestions`.
 * Needs: es:ESHttpPost on searches of products, secretsmanager:GetSecretValue.
 * Environment: SEARCH_ENDPOINT, INDEX_PREFIX, ORIGIN_SECRET_ARN.
 */
export const handler = searchFunction(async (event) => ok(await suggestProducts(search, queryOf(event, SuggestionsQuery).q), 'no-cache'));
