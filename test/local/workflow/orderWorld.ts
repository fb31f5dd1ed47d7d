import { randomUUID } from 'node:crypto';
import StripeSdk, { type Stripe } from 'stripe';
import { v7 as uuidv7 } from 'uuid';
import { CarrierEvent } from '../../../contracts/carrier';
import { CustomerId, IdempotencyKey, OrderId, QuoteId } from '../../../contracts/ids';
import { toInstant } from '../../../contracts/instant';
import { euros, times } from '../../../contracts/money';
import { PaymentMethod } from '../../../contracts/order';
import { openShardOf } from '../../../contracts/order-record';
import type { OrderRecord } from '../../../contracts/order-record';
import { PricedLine } from '../../../contracts/quote';
import { totalsFor } from '../../../lambdas/orders/destinations';
import { OrdersTable } from '../../../lambdas/orders/orders-table';
import { ProductStock } from '../../../lambdas/orders/product-stock';
import { transactionsOf } from '../../../lambdas/orders/transaction';
import type { Report } from '../../../lambdas/shared/reconcile';
import { cancelOrder } from '../../../lambdas/workflow/cancellation';
import { receiveCarrierEvent } from '../../../lambdas/workflow/carrier-events';
import { executionsFor } from '../../../lambdas/workflow/executions';
import type { Execution } from '../../../lambdas/workflow/executions';
import { CarrierShipments } from '../../../lambdas/workflow/operations/carrier-shipments';
import { OpenWork } from '../../../lambdas/workflow/operations/open-work';
import { Checkpoint, reconcileOrders } from '../../../lambdas/workflow/operations/reconciliation';
import type { Reconciliation } from '../../../lambdas/workflow/operations/reconciliation';
import { WorkflowOrders } from '../../../lambdas/workflow/orders-table';
import { receivePaymentEvent, verifiedEvent } from '../../../lambdas/workflow/payment/payment-events';
import { stripeClient, StripePayments } from '../../../lambdas/workflow/payment/stripe-payments';
import { registerPaymentWebhook } from '../../../lambdas/workflow/registration';
import { Waits } from '../../../lambdas/workflow/waits';
import { CarrierSandbox } from '../../../local/carrier/carrierSandbox';
import { PaymentSandbox } from '../../../local/payment/paymentSandbox';
import { memoryStore } from '../../../local/sandbox/store';
import type { SendWebhook } from '../../../local/sandbox/webhooks';
import { definitionOf } from '../../app/workflow/stateMachines';
import { execute } from '../../support/stateMachine';
import type { Execution as Ended } from '../../support/stateMachine';
import { TABLES } from './orderTables';
import type { OrderTables } from './orderTables';
import { OrderTasks } from './orderTasks';
import { VirtualTime } from './virtualTime';

const PAYMENT = 'https://payment.test';
const CARRIER = 'https://carrier.test';
/** Authorizations expire in days: nobody waits for that. */
const PATIENCE_MS = 2 * 3_600_000;
const SHOP = 'https://shop.test';
const definitions = { ProcessOrder: definitionOf('ProcessOrder'), UndoOrder: definitionOf('UndoOrder'), TellCustomer: definitionOf('TellCustomer') };

export type Card = 'good' | 'declined' | 'secondFactor' | 'disputed';
const METHODS: Readonly<Record<Card, string>> = { good: 'pm_card_visa', declined: 'pm_card_chargeDeclined', secondFactor: 'pm_card_authenticationRequired', disputed: 'pm_card_createDispute' };

/**
 * The order workflow whole: its deployed definitions, its functions' own code, a real DynamoDB, and both sandboxes, in
 * one process and in a time that jumps.
 */
export class OrderWorld {
  readonly time = new VirtualTime(new Date('2026-11-23T08:00:00.000Z'));
  readonly payment: PaymentSandbox;
  readonly carrier: CarrierSandbox;
  readonly orders: WorkflowOrders;
  readonly executions = new Map<string, { readonly execution: Execution; ended?: Ended }>();
  readonly tasks: OrderTasks;
  readonly #tables: OrderTables;
  readonly #stripe: Stripe;
  readonly #waits: Waits;
  /** So many of the next executions are not started: the stream gave up on them. */
  startsToLose = 0;
  readonly #payments: StripePayments;
  #paymentSigning = '';

  private constructor(tables: OrderTables) {
    this.#tables = tables;
    const now = (): number => this.time.now().getTime();
    this.payment = new PaymentSandbox({ store: memoryStore(), now, send: this.#receive((body, headers) => this.#onPaymentEvent(body, headers)) });
    this.carrier = new CarrierSandbox({ store: memoryStore(), now, send: this.#receive((body) => receiveCarrierEvent(this.orders, CarrierEvent.parse(JSON.parse(body)))) });
    this.#stripe = stripeClient('sk_test_world', PAYMENT, { maxNetworkRetries: 0, httpClient: StripeSdk.createFetchHttpClient((url: string | URL | Request, init?: RequestInit) => this.payment.fetch(new Request(url, init))) });
    this.orders = new WorkflowOrders(tables.client, TABLES.orders, this.time.now);
    this.#payments = new StripePayments(this.#stripe);
    this.tasks = new OrderTasks({ tables, time: this.time, orders: this.orders, payments: this.#payments, carrier: (request) => this.carrier.fetch(request), siteUrl: SHOP });
    this.#waits = new Waits(tables.client, TABLES.waits, this.tasks.sfn, this.time.now);
    tables.onChange((record) => {
      for (const execution of executionsFor(record)) {
        if (this.startsToLose > 0) this.startsToLose--;
        else this.start(execution);
      }
    });
  }

  static async start(tables: OrderTables): Promise<OrderWorld> {
    const world = new OrderWorld(tables);
    const secret = {
      current: async () => undefined,
      keep: async (text: string) => {
        world.#paymentSigning = text;
      },
    };
    await registerPaymentWebhook(world.#stripe, { url: `${SHOP}/api/webhooks/payment`, secret, now: world.time.now() });
    // Its signatures are not verified here: the library that does it knows no clock but the real one.
    await world.carrier.fetch(new Request(`${CARRIER}/v1/callback-endpoints/shop`, { method: 'PUT', headers: { 'x-api-key': 'key_world', 'content-type': 'application/json' }, body: JSON.stringify({ url: `${SHOP}/api/webhooks/carrier` }) }));
    return world;
  }

  /** Accepts an order of `quantity` pieces each, as the shop does once everything is checked. */
  async place(card: Card, quantities: Readonly<Record<string, number>>, recipient: Partial<OrderRecord['shippingAddress']> = {}): Promise<OrderRecord> {
    const order = orderOf(this.time.now(), METHODS[card], quantities, recipient);
    const stock = new ProductStock(this.#tables.client, TABLES.products);
    const add = new OrdersTable(this.#tables.client, TABLES.orders).add(order);
    const outcome = await transactionsOf(this.#tables.client)([add, ...order.lines.map(({ productId, quantity }) => stock.take(productId, quantity, order.createdAt))]);
    if (!outcome.done) throw new Error('The order was not accepted');
    return order;
  }

  /** Starts an execution unless there has been one of its name. */
  start(execution: Execution): void {
    if (this.executions.has(execution.name)) return;
    const entry: { readonly execution: Execution; ended?: Ended } = { execution };
    this.executions.set(execution.name, entry);
    this.#run(entry, () => execute({ definition: definitions[execution.machine], name: execution.name, perform: (task) => this.tasks.perform(task, execution), now: this.time.now, sleep: (seconds) => this.time.sleep(seconds) }, execution.input));
  }

  /** What an operator's redrive does: the state that failed is entered again. */
  redrive(name: string): void {
    const entry = this.executions.get(name);
    if (entry?.ended?.status !== 'FAILED') return;
    const { redrive } = entry.ended;
    entry.ended = undefined;
    this.#run(entry, redrive);
  }

  /** All of a failed execution once more, under its old name: every step may be repeated. */
  restart(name: string): void {
    const entry = this.executions.get(name);
    if (entry?.ended?.status !== 'FAILED') return;
    this.executions.delete(name);
    this.start(entry.execution);
  }

  cancel({ orderId, customerId }: OrderRecord): Promise<unknown> {
    return this.time.work(() => cancelOrder({ orders: this.orders, waits: this.#waits }, customerId, orderId, 'Changed my mind')).catch((error: unknown) => error);
  }

  /** The customer does, or fails to do, what their bank asks for. */
  async answerSecondFactor(orderId: OrderId, passes: boolean): Promise<void> {
    const { payment } = await this.#tables.order(orderId);
    await this.payment.fetch(new Request(`${PAYMENT}/_sandbox/payment_intents/${payment.intentId}/authenticate`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ outcome: passes ? 'complete' : 'fail' }) }));
  }

  /** A whole round of what runs on a schedule. */
  async reconcile(): Promise<Report> {
    const reconciliation: Reconciliation = {
      orders: this.orders,
      work: new OpenWork(this.#tables.client, TABLES.orders),
      waits: this.#waits,
      machines: { start: async (execution) => this.start(execution) },
      log: { find: async ({ machine, name }) => (this.executions.has(name) ? { machine, name, status: 'RUNNING', startedAt: toInstant(this.time.now()), retriable: false } : undefined) },
      payments: this.#payments,
      carrier: new CarrierShipments(CARRIER, () => Promise.resolve('key_world'), async (url, init) => this.carrier.fetch(new Request(url, init))),
      now: this.time.now,
    };
    const aDayOn = new Date(this.time.now().getTime() + 24 * 3_600_000);
    return (await this.time.work(() => reconcileOrders(reconciliation, Checkpoint.parse({}), aDayOn))).report;
  }

  /** Lets time pass, all that is due happening at its moment, until nothing is due before `until` or at all. */
  async settle(until = this.time.now().getTime() + PATIENCE_MS): Promise<void> {
    for (;;) {
      await this.time.idle();
      const due = [this.time.nextTimer, this.payment.nextDueAt(), this.carrier.nextDueAt()].filter((moment) => moment !== undefined);
      const next = Math.min(...due, until);
      if (due.length === 0 || next >= until) return;
      this.time.goTo(next);
      await this.time.idle();
      await this.time.work(() => this.payment.tick());
      await this.time.work(() => this.carrier.tick());
    }
  }

  #run(entry: { ended?: Ended }, execution: () => Promise<Ended>): void {
    void this.time.work(execution).then((ended) => (entry.ended = ended));
  }

  #receive(handle: (body: string, headers: Readonly<Record<string, string>>) => Promise<void>): SendWebhook {
    return async ({ headers }, body) => {
      try {
        await this.time.work(() => handle(body, Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))));
        return { status: 200 };
      } catch {
        return { status: 503 };
      }
    };
  }

  async #onPaymentEvent(body: string, headers: Readonly<Record<string, string>>): Promise<void> {
    // The SDK compares the signature's age with the real clock, which stands elsewhere.
    const event = await verifiedEvent(this.#stripe, body, headers['stripe-signature'], this.#paymentSigning, Number.POSITIVE_INFINITY);
    await receivePaymentEvent({ orders: this.orders, waits: this.#waits, intent: (id) => this.#stripe.paymentIntents.retrieve(id) }, event);
  }
}

function orderOf(at: Date, paymentMethod: string, quantities: Readonly<Record<string, number>>, recipient: Partial<OrderRecord['shippingAddress']>): OrderRecord {
  const lines = Object.entries(quantities).map(([productId, quantity]) => PricedLine.parse({ productId, name: `The ${productId}`, quantity, unitPrice: euros(1_999), lineTotal: times(euros(1_999), quantity) }));
  const orderId = OrderId.parse(uuidv7({ msecs: at.getTime() }));
  const now = toInstant(at);
  return {
    orderId,
    quoteId: QuoteId.parse(randomUUID()),
    status: 'ACCEPTED',
    lines,
    ...totalsFor('DE', lines.map(({ lineTotal }) => lineTotal)),
    shippingAddress: { name: 'Ada Byron', line1: 'Hauptstrasse 1', postalCode: '10115', city: 'Berlin', country: 'DE' as OrderRecord['shippingAddress']['country'], ...recipient },
    email: 'ada@example.com',
    language: 'en',
    payment: { status: 'PENDING', captured: euros(0), refunded: euros(0) },
    timeline: [{ at: now, event: 'ACCEPTED' }],
    createdAt: now,
    updatedAt: now,
    version: 1,
    customerId: CustomerId.parse('ada'),
    idempotencyKey: IdempotencyKey.parse(randomUUID()),
    itemCount: lines.reduce((count, { quantity }) => count + quantity, 0),
    synthetic: false,
    paymentMethod: PaymentMethod.parse(paymentMethod),
    undone: [],
    concerns: [],
    acts: [],
    work: openShardOf(orderId),
  };
}

