import * as z from 'zod/mini';
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
import { MAX_WEBHOOK_BYTES } from './limits';
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
  /** A group of the user pool that the caller must be in besides; such a route knows no other scope than its own. */
  readonly group?: string;
  readonly pathParameters?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /** A larger body is a 413. @default MAX_BODY_BYTES */
  readonly maxBodyBytes?: number;
  /** With which routes it has its limits in common. @default reads for a GET, writes for a POST */
  readonly traffic?: Traffic;
  readonly status: 200 | 201;
  readonly response: z.ZodMiniType;
}

/** Reads cost little, writes cost money and stock, webhooks come in bursts from few who must not wait for customers. */
export type Traffic = 'reads' | 'writes' | 'webhooks';

export const trafficOf = ({ method, traffic }: Pick<Route, 'method' | 'traffic'>): Traffic => traffic ?? (method === 'GET' ? 'reads' : 'writes');

const OPERATORS = { scope: ORDERS_SCOPE, group: OPERATORS_GROUP } as const;

const Received = z.object({ received: z.literal(true) });
const WEBHOOK = { method: 'POST', traffic: 'webhooks', maxBodyBytes: MAX_WEBHOOK_BYTES, status: 200, response: Received } as const;

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
    response: OrderWithAction,
  },
  cancelOrder: {
    method: 'POST',
    path: '/api/orders/{orderId}/cancel',
    scope: ORDERS_SCOPE,
    pathParameters: OrderPath,
    body: CancelOrderRequest,
    status: 200,
    response: Order,
  },
  showOrder: {
    method: 'GET',
    path: '/api/operators/orders/{orderId}',
    ...OPERATORS,
    pathParameters: OrderPath,
    status: 200,
    response: OperatorOrderWithExecutions,
  },
  listAttention: { method: 'GET', path: '/api/operators/attention', ...OPERATORS, query: AttentionQuery, status: 200, response: AttentionPage },
  /** With an Idempotency-Key. The answer says what is asked for; the money follows. */
  refundOrder: {
    method: 'POST',
    path: '/api/operators/orders/{orderId}/refunds',
    ...OPERATORS,
    pathParameters: OrderPath,
    body: RefundRequest,
    status: 201,
    response: OperatorOrder,
  },
  retryOrder: {
    method: 'POST',
    path: '/api/operators/orders/{orderId}/retry',
    ...OPERATORS,
    pathParameters: OrderPath,
    body: RetryRequest,
    status: 200,
    response: OperatorOrder,
  },
  resendMail: {
    method: 'POST',
    path: '/api/operators/orders/{orderId}/mails',
    ...OPERATORS,
    pathParameters: OrderPath,
    body: ResendMailRequest,
    status: 200,
    response: OperatorOrder,
  },
  attendOrder: {
    method: 'POST',
    path: '/api/operators/orders/{orderId}/attend',
    ...OPERATORS,
    pathParameters: OrderPath,
    body: AttendRequest,
    status: 200,
    response: OperatorOrder,
  },
  /** Called by the payment provider and the carrier, who sign what they send: the body is theirs, not a contract of ours. */
  receivePaymentEvent: { ...WEBHOOK, path: '/api/webhooks/payment' },
  receiveCarrierEvent: { ...WEBHOOK, path: '/api/webhooks/carrier' },
} as const satisfies Record<string, Route>;
export type RouteName = keyof typeof ROUTES;

/** Routes that write and know who calls: a person may call each of them so often a minute. */
export type PersonalWrite = { [Name in RouteName]: (typeof ROUTES)[Name] extends { method: 'POST'; scope: string } ? Name : never }[RouteName];

export function isPersonalWrite(name: RouteName): name is PersonalWrite {
  const { method, scope }: Route = ROUTES[name];
  return method === 'POST' && scope !== undefined;
}

export type ResponseOf<Name extends RouteName> = z.infer<(typeof ROUTES)[Name]['response']>;
