import { AttendRequest, AttentionPage, AttentionQuery, OperatorOrder, OperatorOrderWithExecutions, RefundRequest, ResendMailRequest, RetryRequest } from '../operations';
import { OrderPath } from '../order';
import { OPERATORS } from './route';
import type { Route } from './route';

export const OPERATOR_ROUTES = {
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
} as const satisfies Record<string, Route>;
