import { CancelOrderRequest, ListOrdersQuery, Order, OrderPage, OrderPath, OrderWithAction, SubmitOrderRequest } from '../order';
import { Quote, QuoteRequest } from '../quote';
import { ORDERS_SCOPE } from './route';
import type { Route } from './route';

export const ORDER_ROUTES = {
  createQuote: {
    method: 'POST',
    path: '/api/quotes',
    summary: 'What a basket costs, kept for a quarter of an hour',
    body: QuoteRequest,
    problems: ['country-not-served', 'unknown-product', 'out-of-stock'],
    status: 201,
    response: Quote,
  },
  submitOrder: {
    method: 'POST',
    path: '/api/orders',
    summary: 'Makes an order of a quote',
    scope: ORDERS_SCOPE,
    body: SubmitOrderRequest,
    idempotent: true,
    problems: ['quote-not-found', 'quote-used', 'quote-expired', 'address-differs-from-quote', 'out-of-stock'],
    status: 201,
    response: Order,
  },
  listOrders: {
    method: 'GET',
    path: '/api/orders',
    summary: 'One’s own orders, newest first',
    scope: ORDERS_SCOPE,
    query: ListOrdersQuery,
    problems: ['invalid-cursor'],
    status: 200,
    response: OrderPage,
  },
  getOrder: {
    method: 'GET',
    path: '/api/orders/{orderId}',
    summary: 'One of one’s own orders',
    scope: ORDERS_SCOPE,
    pathParameters: OrderPath,
    problems: ['order-not-found'],
    status: 200,
    response: OrderWithAction,
  },
  cancelOrder: {
    method: 'POST',
    path: '/api/orders/{orderId}/cancel',
    summary: 'Calls an order off before the carrier has it',
    scope: ORDERS_SCOPE,
    pathParameters: OrderPath,
    body: CancelOrderRequest,
    problems: ['order-not-found', 'too-late-to-cancel'],
    status: 200,
    response: Order,
  },
} as const satisfies Record<string, Route>;
