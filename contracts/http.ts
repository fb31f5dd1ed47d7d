import * as z from 'zod/mini';
import { Interests, InterestsQuery, SignedOutEverywhere } from './account';
import { CancelOrderRequest, ListOrdersQuery, Order, OrderPage, OrderPath, OrderWithAction, SubmitOrderRequest } from './order';
import {
  AttendRequest,
  AttentionPage,
  AttentionQuery,
  OperatorOrder,
  OperatorOrderWithExecutions,
  OPERATORS_GROUP,
  RefundRequest,
  ResendMailRequest,
  RetryRequest,
} from './operations';
import { Report, ReportPath, ReportPending, ReportQuery } from './analytics';
import { ClickBatch, ClicksTaken } from './click';
import { MAX_CLICKS_BODY_BYTES, MAX_WEBHOOK_BYTES } from './limits';
import type { ProblemCode } from './problem';
import { CategoryList, ListProductsQuery, Product, ProductPage, ProductPath } from './product';
import { Quote, QuoteRequest } from './quote';
import { Recommendations, RecommendationsQuery } from './recommendation';
import { OperatorOrderHitPage, OrderHitPage, OrdersSearchQuery, OwnOrdersSearchQuery } from './order-search';
import { SearchPage, SearchQuery, SuggestionList, SuggestionsQuery } from './search';

/** What an access token must carry on the routes of one's own orders (resource server `shop`, scope `orders`). */
export const ORDERS_SCOPE = 'shop/orders';

/**
 * One route of the HTTP API. `path` is in API Gateway's notation; `scope` is the token scope it demands, absent for
 * anonymous routes; `status` is that of success. Every other answer is a `Problem`.
 */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: `/api/${string}`;
  /** What it is for, in a line for people. */
  readonly summary: string;
  readonly scope?: string;
  /** A group of the user pool that the caller must be in besides; such a route knows no other scope than its own. */
  readonly group?: string;
  /** Whoever is signed in may say so by an access token, which the function verifies; a wrong one is refused. */
  readonly optionalToken?: true;
  readonly pathParameters?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /** It demands an Idempotency-Key. */
  readonly idempotent?: true;
  /** Headers in which a caller without a token signs the body: that is theirs, not a contract of ours. */
  readonly signedBy?: readonly string[];
  /** What it refuses with besides what every route of its kind may: see contracts/refusals.ts. */
  readonly problems?: readonly ProblemCode[];
  /** A larger body is a 413. @default MAX_BODY_BYTES */
  readonly maxBodyBytes?: number;
  /** With which routes it has its limits in common. @default reads for a GET, writes for a POST */
  readonly traffic?: Traffic;
  readonly status: 200 | 201 | 202;
  readonly response: z.ZodMiniType;
  /** What a 202 says instead, with a Retry-After, where the answer takes longer than a caller waits. */
  readonly pending?: z.ZodMiniType;
}

/**
 * Reads cost little, writes cost money and stock, webhooks come in bursts from few who must not wait for customers, and
 * clicks come from everybody all the time and must cost nobody else their turn.
 */
export type Traffic = 'reads' | 'writes' | 'webhooks' | 'clicks';

export const trafficOf = ({ method, traffic }: Pick<Route, 'method' | 'traffic'>): Traffic => traffic ?? (method === 'GET' ? 'reads' : 'writes');

const OPERATORS = { scope: ORDERS_SCOPE, group: OPERATORS_GROUP } as const;

const Received = z.object({ received: z.literal(true) });
const WEBHOOK = { method: 'POST', traffic: 'webhooks', maxBodyBytes: MAX_WEBHOOK_BYTES, problems: ['bad-signature', 'invalid-body'], status: 200, response: Received } as const;

export const ROUTES = {
  listProducts: {
    method: 'GET',
    path: '/api/products',
    summary: 'Products, all or of one category or vendor, page by page',
    query: ListProductsQuery,
    problems: ['invalid-cursor'],
    status: 200,
    response: ProductPage,
  },
  getProduct: {
    method: 'GET',
    path: '/api/products/{productId}',
    summary: 'One product',
    pathParameters: ProductPath,
    problems: ['product-not-found'],
    status: 200,
    response: Product,
  },
  listCategories: {
    method: 'GET',
    path: '/api/categories',
    summary: 'Categories, with the number of products in each',
    status: 200,
    response: CategoryList,
  },
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
  signOutEverywhere: {
    method: 'POST',
    path: '/api/account/sign-out-everywhere',
    summary: 'Ends one’s sessions on all devices: none is renewed any more',
    scope: ORDERS_SCOPE,
    status: 200,
    response: SignedOutEverywhere,
  },
  getInterests: {
    method: 'GET',
    path: '/api/account/interests',
    summary: 'What recommendations know of oneself',
    scope: ORDERS_SCOPE,
    query: InterestsQuery,
    status: 200,
    response: Interests,
  },
  showOrder: {
    method: 'GET',
    path: '/api/operators/orders/{orderId}',
    summary: 'An order with every step of its executions',
    ...OPERATORS,
    pathParameters: OrderPath,
    problems: ['order-not-found'],
    status: 200,
    response: OperatorOrderWithExecutions,
  },
  listAttention: {
    method: 'GET',
    path: '/api/operators/attention',
    summary: 'Orders that a person has to look at, oldest first',
    ...OPERATORS,
    query: AttentionQuery,
    problems: ['invalid-cursor'],
    status: 200,
    response: AttentionPage,
  },
  /** With an Idempotency-Key. The answer says what is asked for; the money follows. */
  refundOrder: {
    method: 'POST',
    path: '/api/operators/orders/{orderId}/refunds',
    summary: 'Gives money back, for some pieces or all',
    ...OPERATORS,
    pathParameters: OrderPath,
    body: RefundRequest,
    idempotent: true,
    problems: ['order-not-found', 'order-in-progress', 'nothing-captured', 'lines-not-there'],
    status: 201,
    response: OperatorOrder,
  },
  retryOrder: {
    method: 'POST',
    path: '/api/operators/orders/{orderId}/retry',
    summary: 'Goes on with what has failed',
    ...OPERATORS,
    pathParameters: OrderPath,
    body: RetryRequest,
    problems: ['order-not-found', 'nothing-to-retry'],
    status: 200,
    response: OperatorOrder,
  },
  resendMail: {
    method: 'POST',
    path: '/api/operators/orders/{orderId}/mails',
    summary: 'Sends a mail again',
    ...OPERATORS,
    pathParameters: OrderPath,
    body: ResendMailRequest,
    problems: ['order-not-found', 'mail-not-due'],
    status: 200,
    response: OperatorOrder,
  },
  attendOrder: {
    method: 'POST',
    path: '/api/operators/orders/{orderId}/attend',
    summary: 'Takes an order off the list of those to look at',
    ...OPERATORS,
    pathParameters: OrderPath,
    body: AttendRequest,
    problems: ['order-not-found'],
    status: 200,
    response: OperatorOrder,
  },
  recordClicks: {
    method: 'POST',
    path: '/api/clicks',
    summary: 'What a visitor did, up to a hundred events at once',
    optionalToken: true,
    body: ClickBatch,
    maxBodyBytes: MAX_CLICKS_BODY_BYTES,
    traffic: 'clicks',
    status: 202,
    response: ClicksTaken,
  },
  getRecommendations: {
    method: 'GET',
    path: '/api/recommendations',
    summary: 'Products for a visitor, or to go with the one they look at',
    optionalToken: true,
    query: RecommendationsQuery,
    status: 200,
    response: Recommendations,
  },
  getReport: {
    method: 'GET',
    path: '/api/analytics/{report}',
    summary: 'Revenue, orders, conversion, funnel, top products, live visitors, searches without results',
    ...OPERATORS,
    pathParameters: ReportPath,
    query: ReportQuery,
    problems: ['report-not-found', 'report-gone', 'analytics-away'],
    status: 200,
    response: Report,
    pending: ReportPending,
  },
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
  /** Called by the payment provider and the carrier, who sign what they send: the body is theirs, not a contract of ours. */
  receivePaymentEvent: { ...WEBHOOK, path: '/api/webhooks/payment', summary: 'The payment provider’s events', signedBy: ['stripe-signature'] },
  receiveCarrierEvent: { ...WEBHOOK, path: '/api/webhooks/carrier', summary: 'The carrier’s callbacks', signedBy: ['webhook-id', 'webhook-timestamp', 'webhook-signature'] },
} as const satisfies Record<string, Route>;
export type RouteName = keyof typeof ROUTES;

/** Routes that write and know who calls: a person may call each of them so often a minute. */
export type PersonalWrite = { [Name in RouteName]: (typeof ROUTES)[Name] extends { method: 'POST'; scope: string } ? Name : never }[RouteName];

export function isPersonalWrite(name: RouteName): name is PersonalWrite {
  const { method, scope }: Route = ROUTES[name];
  return method === 'POST' && scope !== undefined;
}

export type ResponseOf<Name extends RouteName> = z.infer<(typeof ROUTES)[Name]['response']>;
