import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import pRetry from 'p-retry';
import type { Stripe } from 'stripe';
import type { RouteName } from '../../../contracts/http';
import { OrderId, ProductId } from '../../../contracts/ids';
import { OPERATORS_GROUP } from '../../../contracts/operations';
import { Order, OrderWithAction } from '../../../contracts/order';
import { isSettled, isWorkedOn } from '../../../contracts/order-status';
import { Problem, problemCode } from '../../../contracts/problem';
import { Quote } from '../../../contracts/quote';
import { stripeClient } from '../../../lambdas/workflow/payment/stripe-payments';
import { Shop } from '../../../pipeline/gate/shop';
import type { Call } from '../../../pipeline/gate/shop';
import { Shoppers } from '../../../pipeline/gate/shoppers';
import type { Shopper } from '../../../pipeline/gate/shoppers';
import type { DevEnvironment } from '../devEnvironment';
import { SignInPages } from '../signIn';
import { KINDS } from './plans';
import type { Act, Plan } from './plans';

const ADDRESS = { name: 'Ada Lovelace', line1: 'Unter den Linden 1', postalCode: '10117', city: 'Berlin', country: 'DE' };
const CUSTOMERS = 20;
const POLL_MS = 1_000;
/** How long somebody waits for an order to come so far that they can act on it. */
const PATIENCE_MS = 240_000;

/** An order that the shop has accepted, and what it said to whoever acted on it. */
export interface PlacedOrder {
  readonly plan: Plan;
  readonly orderId: OrderId;
  /** `done`, the name of the problem with which the shop refused, or the status of an order that was past being acted on. */
  told?: string;
}

/** Whether trying again may help: no answer, too many requests, or a fault on the other side. */
class NotNow extends Error {}

/** Everybody who asks the shop for something: customers, an operator, the customers' banks. */
export class Customers {
  private constructor(
    readonly shop: Shop,
    readonly stripe: Stripe,
    private readonly products: readonly ProductId[],
    private readonly customers: readonly Shopper[],
    readonly operatorToken: string,
    private readonly paymentUrl: string,
  ) {}

  static async gather(dev: DevEnvironment, products: readonly ProductId[]): Promise<Customers> {
    const siteUrl = (await dev.output('Edge', 'SiteUrl')).replace(/\/$/, '');
    const shoppers = new Shoppers(new CognitoIdentityProviderClient(dev.settings), await dev.output('Auth', 'UserPoolId'), await dev.output('Edge', 'GateClientId'));
    const customers: Shopper[] = [];
    while (customers.length < CUSTOMERS) customers.push(await shoppers.signUp());
    const stripe = stripeClient(await dev.providerKey('payment'), dev.sandboxes.payment, { maxNetworkRetries: 5 });
    const pages = await SignInPages.of(dev, siteUrl);
    const { accessToken } = await pages.signIn(await pages.newPerson(OPERATORS_GROUP));
    return new Customers(new Shop(siteUrl), stripe, products, customers, accessToken, dev.sandboxes.payment);
  }

  /** What they all prove with who they are. */
  get tokens(): string[] {
    return [...this.customers.flatMap(({ accessToken, idToken }) => [accessToken, idToken]), this.operatorToken];
  }

  get emails(): string[] {
    return this.customers.map(({ email }) => email);
  }

  /** Gets a quote and orders, however often it takes. */
  async order(plan: Plan, number: number): Promise<PlacedOrder> {
    const { paymentMethod = 'pm_card_visa', address, email } = KINDS[plan.kind];
    const lines = plan.lines.map(({ product, quantity }) => ({ productId: this.products[product], quantity }));
    const { quoteId } = Quote.parse((await this.#ask('createQuote', { body: { lines, shippingCountry: ADDRESS.country } })).body);
    const call = { token: this.#tokenOf(number), idempotencyKey: randomUUID(), body: { quoteId, shippingAddress: { ...ADDRESS, ...address }, paymentMethod, ...(email && { email }) } };
    const submit = async (): Promise<OrderId> => {
      const { status, body } = await this.#ask('submitOrder', call);
      if (status !== 201) throw new Error(`Order ${number} was refused: ${JSON.stringify(body)}`);
      return Order.parse(body).orderId;
    };
    const ids = await Promise.all(Array.from({ length: plan.repeated === 'at once' ? 2 : 1 }, submit));
    if (plan.repeated === 'later') ids.push(await submit());
    const [orderId, ...others] = new Set(ids);
    if (orderId === undefined || others.length > 0) throw new Error(`One request made several orders: ${ids.join()}`);
    return { plan, orderId };
  }

  /** What the plan has somebody do about the order; resolves when it is done, or the order is past it. */
  async act(order: PlacedOrder, number: number): Promise<void> {
    const { act } = KINDS[order.plan.kind];
    if (act) order.told = await this.#acts[act](order, this.#tokenOf(number)).catch((error: unknown) => String(error));
  }

  readonly #acts: Readonly<Record<Act, (order: PlacedOrder, token: string) => Promise<string>>> = {
    'passes second factor': (order, token) => this.#answerSecondFactor(order, token, 'complete'),
    'fails second factor': (order, token) => this.#answerSecondFactor(order, token, 'fail'),
    // The shop's fifteen minutes are more than a test can wait for: here the provider calls the payment off.
    'forgets second factor': async ({ orderId, plan }, token) => {
      const { action, status } = await this.#until(orderId, token, (order) => order.action !== undefined || !isWorkedOn(order.status));
      if (!action) return status;
      await sleep(plan.actsAfterMs);
      const intentId = intentOf(action.clientSecret);
      // What was called off before, its answer lost, cannot be called off again.
      await persistently(async () => {
        const { status } = await this.stripe.paymentIntents.retrieve(intentId);
        if (status !== 'canceled') await this.stripe.paymentIntents.cancel(intentId, { cancellation_reason: 'abandoned' });
      });
      return 'done';
    },
    cancels: async ({ orderId, plan }, token) => {
      await sleep(plan.actsAfterMs);
      return told(await this.#ask('cancelOrder', { token, pathParameters: { orderId }, body: { reason: 'Changed my mind' } }));
    },
    'is refunded': (order, token) => this.#refund(order, token, undefined),
    'is refunded a piece': (order, token) => {
      const productId = this.products[order.plan.lines[0]?.product ?? 0];
      return this.#refund(order, token, [{ productId, quantity: 1 }]);
    },
  };

  async #answerSecondFactor({ orderId, plan }: PlacedOrder, token: string, outcome: 'complete' | 'fail'): Promise<string> {
    const { action, status } = await this.#until(orderId, token, (order) => order.action !== undefined || !isWorkedOn(order.status));
    if (!action) return status;
    await sleep(plan.actsAfterMs);
    await persistently(async () => {
      const answer = await fetch(`${this.paymentUrl}/_sandbox/payment_intents/${intentOf(action.clientSecret)}/authenticate`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ outcome }) });
      // 409: the answer to an earlier attempt was lost.
      if (!answer.ok && answer.status !== 409) throw new NotNow(`${answer.status} ${await answer.text()}`);
    });
    return 'done';
  }

  async #refund({ orderId, plan: { actsAfterMs, goods } }: PlacedOrder, token: string, lines: readonly object[] | undefined): Promise<string> {
    await this.#until(orderId, token, ({ status }) => !isWorkedOn(status));
    await sleep(actsAfterMs);
    const call = { token: this.operatorToken, idempotencyKey: randomUUID(), pathParameters: { orderId }, body: { goods, reason: 'It arrived broken', ...(lines && { lines }) } };
    return persistently(async () => {
      const answer = told(await this.#ask('refundOrder', call));
      if (answer === 'order-in-progress') throw new NotNow(answer);
      return answer;
    });
  }

  #until(orderId: OrderId, token: string, holds: (order: OrderWithAction) => boolean): Promise<OrderWithAction> {
    const look = async (): Promise<OrderWithAction> => {
      const order = OrderWithAction.parse((await this.#ask('getOrder', { token, pathParameters: { orderId } })).body);
      if (!holds(order) && !isSettled(order.status)) throw new NotNow(`It is still ${order.status}`);
      return order;
    };
    return pRetry(look, { retries: PATIENCE_MS / POLL_MS, factor: 1, minTimeout: POLL_MS, shouldRetry: ({ error }) => error instanceof NotNow });
  }

  #tokenOf(number: number): string {
    return this.customers[number % this.customers.length]?.accessToken ?? '';
  }

  async #ask(route: RouteName, call: Call): Promise<Answer> {
    return persistently(async () => {
      const answer = await this.shop.send(route, call);
      const text = await answer.text();
      if (answer.status >= 500 || answer.status === 429) throw new NotNow(`${route}: ${answer.status} ${text}`);
      return { status: answer.status, body: JSON.parse(text) as unknown };
    });
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const told = ({ status, body }: Answer): string => (status < 300 ? 'done' : (problemCode(Problem.parse(body)) ?? String(status)));

const intentOf = (clientSecret: string): string => clientSecret.split('_secret_')[0] ?? '';

/** As whoever needs an answer does: again, with growing pauses. */
const persistently = <T>(ask: () => Promise<T>): Promise<T> => pRetry(() => ask().catch((error: unknown) => Promise.reject(new NotNow(String(error)))), { retries: 200, minTimeout: 200, maxTimeout: 3_000, factor: 1.6, randomize: true });
