import { OperatorOrderHitPage, OrderHitPage, OrdersSearchQuery, OwnOrdersSearchQuery } from '../order-search';
import { SearchPage, SearchQuery, SuggestionList, SuggestionsQuery } from '../search';
import { OPERATORS, ORDERS_SCOPE } from './route';
import type { Route } from './route';

export const SEARCH_ROUTES = {
  searchProducts: {
    method: 'GET',
    path: '/api/search',
    summary: 'Products by words of them, typing errors forgiven, with what to narrow the search by',
    query: SearchQuery,
    problems: ['invalid-cursor', 'search-away'],
    status: 200,
    response: SearchPage,
  },
  suggestProducts: {
    method: 'GET',
    path: '/api/search/suggestions',
    summary: 'Products whose names go on as what was typed',
    query: SuggestionsQuery,
    problems: ['search-away'],
    status: 200,
    response: SuggestionList,
  },
  searchOwnOrders: {
    method: 'GET',
    path: '/api/search/orders',
    summary: 'One’s own orders by what was ordered or by their number, newest first',
    scope: ORDERS_SCOPE,
    query: OwnOrdersSearchQuery,
    problems: ['invalid-cursor', 'search-away'],
    status: 200,
    response: OrderHitPage,
  },
  searchOrders: {
    method: 'GET',
    path: '/api/operators/orders',
    summary: 'Everybody’s orders by number, goods, recipient, mail address or tracking number, newest first',
    ...OPERATORS,
    query: OrdersSearchQuery,
    problems: ['invalid-cursor', 'search-away'],
    status: 200,
    response: OperatorOrderHitPage,
  },
} as const satisfies Record<string, Route>;
