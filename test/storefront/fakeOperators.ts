import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { AttendRequest, AttentionPage, OperatorOrder, OperatorOrderWithExecutions, RefundRequest, ResendMailRequest, RetryRequest } from '../../contracts/operations';
import type { Act } from '../../contracts/order-record';
import { OperatorOrderHitPage, OrdersSearchQuery } from '../../contracts/order-search';
import { isWorkedOn } from '../../contracts/order-status';
import type { ProblemCode } from '../../contracts/problem';
import { type GivenOrder, operatorOrder } from './operatorOrder';
import { refuse } from './refuse';

const PAGE = 2;

/** The operators' API over orders in memory. What an act sets going has come to its end at the second look. */
export class FakeOperators {
  readonly api = new Hono();
  /** Everything that was asked to be done, taken or not: the route, the Idempotency-Key and the body. */
  readonly asked: { act: string; key: string | undefined; body: unknown }[] = [];
  /** How acts go wrong for the time being. */
  mishap?: 'answer lost' | ProblemCode;
  /** What an answer waits for. */
  hold?: Promise<void>;
  searchAway = false;
  /** Nothing that was set going comes to its end. */
  stands = false;
  readonly #orders = new Map<string, OperatorOrderWithExecutions>();
  readonly #refunds = new Map<string, string>();

  constructor() {
    this.api.get('/orders', (context) => (this.searchAway ? refuse('search-away') : context.json(this.#search(context.req.query()))));
    this.api.get('/attention', (context) => context.json(AttentionPage.parse({ orders: [...this.#orders.values()].filter(({ concerns }) => concerns.length > 0) })));
    this.api.get('/orders/:id', (context) => {
      const order = this.#look(context.req.param('id'));
      return order ? context.json(order) : refuse('order-not-found');
    });
    this.api.post('/orders/:id/refunds', (context) => this.#act(context, RefundRequest, (order, request, key) => this.#refund(order, request, key)));
    this.api.post('/orders/:id/retry', (context) => this.#act(context, RetryRequest, retried));
    this.api.post('/orders/:id/mails', (context) => this.#act(context, ResendMailRequest, resent));
    this.api.post('/orders/:id/attend', (context) => this.#act(context, AttendRequest, (order, { note }) => ({ ...acted(order, 'ATTEND', note), concerns: [] })));
  }

  /** There is such an order from now on. */
  place(given: GivenOrder = {}): OperatorOrderWithExecutions {
    const order = operatorOrder(given);
    this.#orders.set(order.orderId, order);
    return order;
  }

  #search(parameters: Readonly<Record<string, string>>): OperatorOrderHitPage {
    const { q, status, synthetic, cursor } = OrdersSearchQuery.parse(parameters);
    const found = [...this.#orders.values()]
      .filter((order) => (!status || order.status === status) && (synthetic === 'include' || !order.synthetic))
      .filter(({ orderId, shippingAddress, email, lines }) => orderId.startsWith(q) || [shippingAddress.name, email ?? '', ...lines.map(({ name }) => name)].join(' ').toLowerCase().includes(q.toLowerCase()))
      .toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
    const from = Number(cursor ?? 0);
    return OperatorOrderHitPage.parse({
      orders: found.slice(from, from + PAGE).map((order) => ({ ...order, products: order.lines.map(({ name }) => name), recipient: order.shippingAddress.name, trackingNumber: order.shipment?.trackingNumber })),
      total: found.length,
      nextCursor: from + PAGE < found.length ? String(from + PAGE) : undefined,
    });
  }

  #look(orderId: string): OperatorOrderWithExecutions | undefined {
    const order = this.#orders.get(orderId);
    if (order && !this.stands) this.#orders.set(orderId, ended(order));
    return order;
  }

  async #act<Request>(context: Context, contract: z.ZodMiniType<Request>, change: (order: OperatorOrderWithExecutions, request: Request, key: string | undefined) => OperatorOrderWithExecutions | ProblemCode): Promise<Response> {
    const orderId = context.req.param('id') ?? '';
    const key = context.req.header('idempotency-key');
    const body: unknown = await context.req.json();
    this.asked.push({ act: new URL(context.req.url).pathname.split('/').at(-1) ?? '', key, body });
    await this.hold;
    const { mishap } = this;
    if (mishap !== undefined && mishap !== 'answer lost') return refuse(mishap);
    const request = z.safeParse(contract, body);
    if (!request.success) return refuse('invalid-body');
    const order = this.#orders.get(orderId);
    const changed = order ? change(order, request.data, key) : 'order-not-found';
    if (typeof changed === 'string') return refuse(changed);
    this.#orders.set(orderId, OperatorOrderWithExecutions.parse(changed));
    return mishap === 'answer lost' ? refuse('internal-error') : context.json(OperatorOrder.parse(changed));
  }

  #refund(order: OperatorOrderWithExecutions, { lines, goods, reason }: RefundRequest, key = ''): OperatorOrderWithExecutions | ProblemCode {
    const asked = JSON.stringify({ lines, goods, reason });
    const earlier = this.#refunds.get(key);
    if (earlier !== undefined) return earlier === asked ? order : 'idempotency-key-reused';
    if (order.undoing || isWorkedOn(order.status)) return 'order-in-progress';
    if (order.payment.status !== 'CAPTURED') return 'nothing-captured';
    this.#refunds.set(key, asked);
    const undoing = {
      undoingId: `refund-${this.#refunds.size}`,
      reason: 'REFUNDED',
      detail: reason,
      by: 'operator:ada',
      requestedAt: now(),
      lines: lines ?? order.lines.map(({ productId, quantity }) => ({ productId, quantity })),
      goods,
      parcels: 'LEAVE',
      becomes: lines ? order.status : 'REFUNDED',
      from: order.status,
    };
    const timeline = [...order.timeline, { at: now(), event: 'REFUND_REQUESTED', detail: reason }];
    return OperatorOrderWithExecutions.parse({ ...acted(order, 'REFUND', reason, undoing.undoingId), status: 'UNDOING', undoing, timeline });
  }
}

const now = (): string => new Date().toISOString();

function acted(order: OperatorOrderWithExecutions, act: Act['act'], why: string, subject?: string): OperatorOrderWithExecutions {
  return OperatorOrderWithExecutions.parse({ ...order, version: order.version + 1, acts: [...order.acts, { at: now(), by: 'operator:ada', act, why, subject }] });
}

function retried(order: OperatorOrderWithExecutions, { reason }: z.infer<typeof RetryRequest>): OperatorOrderWithExecutions | ProblemCode {
  if (!order.executions.some(({ retriable }) => retriable)) return 'nothing-to-retry';
  const executions = order.executions.map((execution) => (execution.retriable ? { ...execution, status: 'RUNNING' as const, retriable: false, error: undefined, cause: undefined, endedAt: undefined } : execution));
  return { ...acted(order, 'RETRY', reason), executions };
}

function resent(order: OperatorOrderWithExecutions, { mail, reason }: ResendMailRequest): OperatorOrderWithExecutions | ProblemCode {
  if (mail === 'delivered' && order.status !== 'DELIVERED') return 'mail-not-due';
  const execution = OperatorOrderWithExecutions.shape.executions.parse([{ machine: 'TellCustomer', name: `${order.orderId}-act-${order.acts.length}`, status: 'RUNNING', startedAt: now(), retriable: false, steps: [], cut: false }]);
  return { ...acted(order, 'RESEND_MAIL', reason, mail), executions: [...order.executions, ...execution] };
}

/** What was going on has come to a good end. */
function ended(order: OperatorOrderWithExecutions): OperatorOrderWithExecutions {
  const executions = order.executions.map((execution) => (execution.status === 'RUNNING' ? { ...execution, status: 'SUCCEEDED', endedAt: now() } : execution));
  if (!order.undoing) return OperatorOrderWithExecutions.parse({ ...order, executions });
  const { undoing, ...settled } = order;
  const whole = undoing.becomes === 'REFUNDED';
  return OperatorOrderWithExecutions.parse({
    ...settled,
    executions,
    status: undoing.becomes,
    undone: [...order.undone, undoing],
    payment: { ...order.payment, refunded: whole ? order.payment.captured : { amount: 5_831, currency: 'EUR' } },
    timeline: [...order.timeline, { at: now(), event: 'PAYMENT_REFUNDED' }, { at: now(), event: whole ? 'REFUNDED' : 'PARTLY_REFUNDED' }],
    version: order.version + 1,
  });
}
