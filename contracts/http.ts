import type * as z from 'zod/mini';
import { ListOrdersQuery, Order, OrderPage, OrderPath, SubmitOrderRequest } from './order';
import { CategoryList, ListProductsQuery, Product, ProductPage, ProductPath } from './product';
import { Quote, QuoteRequest } from './quote';

/** What an access token must carry on the routes of one's own orders (resource server `shop`, scope `orders`). */
export const ORDERS_SCOPE = 'shop/orders';

/**
 * One route of the HTTP API. `path` is in API Gateway's notation; `scope` is the token scope it demands, absent for
 * anonymous routes; `status` is that of success. Every other answer is a `Problem`.
 */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: `/api/${string}`;
  readonly scope?: string;
  readonly pathParameters?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  readonly status: 200 | 201;
  readonly response: z.ZodMiniType;
}

export const ROUTES = {
  listProducts: {
    method: 'GET',
    path: '/api/products',
    query: ListProductsQuery,
    status: 200,
    response: ProductPage,
  },
  getProduct: {
    method: 'GET',
    path: '/api/products/{productId}',
    pathParameters: ProductPath,
    status: 200,
    response: Product,
  },
  listCategories: { method: 'GET', path: '/api/categories', status: 200, response: CategoryList },
  createQuote: { method: 'POST', path: '/api/quotes', body: QuoteRequest, status: 201, response: Quote },
  submitOrder: { method: 'POST', path: '/api/orders', scope: ORDERS_SCOPE, body: SubmitOrderRequest, status: 201, response: Order },
  listOrders: { method: 'GET', path: '/api/orders', scope: ORDERS_SCOPE, query: ListOrdersQuery, status: 200, response: OrderPage },
  getOrder: {
    method: 'GET',
    path: '/api/orders/{orderId}',
    scope: ORDERS_SCOPE,
    pathParameters: OrderPath,
    status: 200,
    response: Order,
  },
} as const satisfies Record<string, Route>;
export type RouteName = keyof typeof ROUTES;

export type ResponseOf<Name extends RouteName> = z.infer<(typeof ROUTES)[Name]['response']>;
