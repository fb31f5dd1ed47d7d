import type { Shipment } from '../../../contracts/carrier';
import { euros } from '../../../contracts/money';
import { NEEDS_ATTENTION, openShardOf, Undoing } from '../../../contracts/order-record';
import type { OrderRecord } from '../../../contracts/order-record';
import { OrderId } from '../../../contracts/ids';
import { toInstant } from '../../../contracts/instant';
import type { Execution } from '../../../lambdas/workflow/executions';
import type { OrderChange } from '../../../lambdas/workflow/order-changes';
import type { ExecutionName } from '../../../lambdas/workflow/operations/execution-log';
import { Checkpoint, reconcileOrders } from '../../../lambdas/workflow/operations/reconciliation';
import type { Reconciliation, Run } from '../../../lambdas/workflow/operations/reconciliation';
import type { WorkPosition } from '../../../lambdas/workflow/operations/open-work';
import type { MadePayment, Payment } from '../../../lambdas/workflow/payment/payments';
import { at, orderInHand, ORDER_ID } from './orderInHand';

const NOW = new Date('2026-11-23T09:00:00Z');
const undoing = Undoing.parse({ undoingId: 'cancelled', reason: 'CANCELLED', by: 'customer:ada', requestedAt: at('2026-11-23T08:01:00Z'), lines: [], goods: 'RESTOCK', parcels: 'RECALL', becomes: 'CANCELLED', from: 'CONFIRMED' });
const NOTHING_PAID = { status: 'PENDING', captured: euros(0), refunded: euros(0) } as const;

/** The shop's tables, the payment provider, the carrier and Step Functions, each as a list. */
class Books implements Reconciliation {
  time = NOW;
  readonly kept = new Map<string, OrderRecord>();
  readonly known = new Map<string, MadePayment>();
  readonly shipped = new Map<string, Shipment>();
  readonly executions = new Set<string>();
  readonly started: Execution[] = [];
  readonly woken: string[] = [];
  readonly cancelled: string[] = [];
  providersAreDown = false;
  readonly now = () => this.time;

  constructor(...orders: readonly OrderRecord[]) {
    for (const order of orders) this.kept.set(order.orderId, order);
  }

  readonly #answer = async <T>(value: T): Promise<T> => {
    if (this.providersAreDown) throw new Error('503');
    return value;
  };
  readonly orders = {
    change: async (orderId: OrderId, changes: OrderChange | readonly OrderChange[]) => {
      const before = this.order(orderId);
      const changed = [changes].flat().reduce((order, change) => change(order, toInstant(this.time)) ?? order, before);
      if (changed !== before) this.kept.set(orderId, { ...changed, version: before.version + 1, updatedAt: toInstant(this.time) });
      return this.order(orderId);
    },
  };
  readonly work = {
    oldest: async (partition: string, limit: number, after?: Readonly<Record<keyof WorkPosition, string>>) =>
      [...this.kept.values()]
        .filter(({ work }) => work === partition)
        .toSorted((one, other) => `${one.createdAt}${one.orderId}`.localeCompare(`${other.createdAt}${other.orderId}`))
        .filter(({ createdAt, orderId }) => !after || `${createdAt}${orderId}` > `${after.createdAt}${after.orderId}`)
        .slice(0, limit),
    read: async (positions: readonly Pick<WorkPosition, 'orderId'>[]) => positions.flatMap(({ orderId }) => this.kept.get(orderId) ?? []),
  };
  readonly log = { find: async ({ name }: ExecutionName) => (this.executions.has(name) ? ({ machine: 'ProcessOrder', name, status: 'RUNNING', startedAt: at('2026-11-23T08:00:00Z'), retriable: false } as const) : undefined) };
  readonly machines = { start: async (execution: Execution) => void this.started.push(execution) };
  readonly waits = { wake: async (orderId: OrderId) => void this.woken.push(orderId) };
  readonly payments = {
    retrieve: (intentId: string) => this.#answer(this.known.get(intentId) ?? payment()),
    cancel: async (intentId: string): Promise<Payment> => {
      this.cancelled.push(intentId);
      return payment({ status: 'canceled' });
    },
    madeSince: async function* (this: Books) {
      yield await this.#answer([...this.known.values()]);
    }.bind(this),
  };
  readonly carrier = {
    find: (reference: OrderId) => this.#answer(this.shipped.get(reference)),
    changedSince: async function* (this: Books) {
      yield await this.#answer([...this.shipped.values()]);
    }.bind(this),
  };

  order(orderId: string = ORDER_ID): OrderRecord {
    const order = this.kept.get(orderId);
    if (!order) throw new Error('There is no such order');
    return order;
  }

  paid(changes: Partial<MadePayment> = {}): this {
    this.known.set(changes.intentId ?? 'pi_1', payment(changes));
    return this;
  }

  ships(changes: Partial<Shipment> = {}): this {
    const shipment = { reference: ORDER_ID, shipmentId: 's1', trackingNumber: 'T1', status: 'BOOKED', createdAt: at('2026-11-23T08:01:00Z'), updatedAt: at('2026-11-23T08:01:00Z'), ...changes } as const;
    this.shipped.set(shipment.reference, shipment);
    return this;
  }

  run(checkpoint = Checkpoint.parse({}), until = new Date('2026-11-23T10:00:00Z')): Promise<Run> {
    return reconcileOrders(this, checkpoint, until);
  }
}

const payment = (changes: Partial<MadePayment> = {}): MadePayment => ({ intentId: 'pi_1', status: 'succeeded', clientSecret: 'x', captured: euros(7_000), refunded: euros(0), madeFor: ORDER_ID, madeAt: new Date('2026-11-23T08:00:00Z'), ...changes });

describe('an order that all agree on', () => {
  it('is left alone and counted', async () => {
    const books = new Books(orderInHand()).paid().ships();
    const { report, counts } = await books.run();
    expect(report).toMatchObject({ repaired: [], raised: [], unanswered: [] });
    expect(report.agreed).toBe(report.compared);
    expect(report.compared).toBeGreaterThan(3);
    expect(counts).toEqual({ open: 1, needingAttention: 0, raised: {} });
    expect(books.order().version).toBe(5);
  });

  it('is the workflow’s own for ten minutes', async () => {
    const books = new Books(orderInHand({ status: 'ACCEPTED', payment: NOTHING_PAID, shipment: undefined, createdAt: at('2026-11-23T08:55:00Z'), updatedAt: at('2026-11-23T08:55:00Z') }));
    expect((await books.run()).report.compared).toBe(0);
    expect(books.started).toEqual([]);
  });
});

describe('mends by itself', () => {
  it('an order that was never started, under its own name', async () => {
    const books = new Books(orderInHand({ status: 'ACCEPTED', payment: NOTHING_PAID, shipment: undefined, createdAt: at('2026-11-23T08:30:00Z') }));
    await books.run();
    expect(books.started).toMatchObject([{ machine: 'ProcessOrder', name: ORDER_ID }]);
    books.executions.add(ORDER_ID);
    await books.run();
    expect(books.started).toHaveLength(1);
  });

  it('an undoing that was never started', async () => {
    const books = new Books(orderInHand({ status: 'UNDOING', undoing })).paid().ships();
    await books.run();
    expect(books.started).toMatchObject([{ machine: 'UndoOrder', name: `${ORDER_ID}-cancelled`, input: { undoing } }]);
  });

  it('an order that waits for a customer who has answered', async () => {
    const waiting = orderInHand({ status: 'ACTION_REQUIRED', payment: { ...NOTHING_PAID, status: 'ACTION_REQUIRED', intentId: 'pi_1' }, shipment: undefined, createdAt: at('2026-11-23T08:45:00Z') });
    const books = new Books(waiting).paid({ status: 'requires_action', captured: euros(0) });
    await books.run();
    expect(books.woken).toEqual([]);
    await books.paid({ status: 'requires_capture', captured: euros(0) }).run();
    expect(books.woken).toEqual([ORDER_ID]);
  });

  it('news of the carrier that never came, but not those that are only late', async () => {
    const books = new Books(orderInHand()).paid().ships({ status: 'HANDED_OVER', updatedAt: at('2026-11-23T08:55:00Z') });
    await books.run();
    expect(books.order().status).toBe('CONFIRMED');
    await books.ships({ status: 'HANDED_OVER', updatedAt: at('2026-11-23T08:45:00Z') }).run();
    expect(books.order()).toMatchObject({ status: 'HANDED_OVER', shipment: { status: 'HANDED_OVER' } });
  });

  it('money that is still held for an order that is undone and long off the list', async () => {
    const undone = orderInHand({ status: 'CANCELLED', undone: [undoing], payment: { ...NOTHING_PAID, status: 'VOIDED', intentId: 'pi_1' }, shipment: undefined, work: undefined });
    const books = new Books(undone).paid({ status: 'requires_capture', captured: euros(0) });
    const { report } = await books.run();
    expect(books.cancelled).toEqual(['pi_1']);
    expect(report.repaired).toMatchObject([{ key: 'pi_1' }]);
  });
});

describe('puts on the operators’ list', () => {
  const concernsOf = async (books: Books) => {
    const { counts } = await books.run();
    return { concerns: books.order().concerns.map(({ kind }) => kind), raised: counts?.raised };
  };

  it.each<[string, Partial<OrderRecord>, Partial<MadePayment>]>([
    ['worked on for more than an hour', { status: 'SHIPMENT_BOOKED', payment: { ...NOTHING_PAID, status: 'AUTHORIZED', intentId: 'pi_1' }, createdAt: at('2026-11-23T07:59:00Z') }, { status: 'requires_capture', captured: euros(0) }],
    ['in the way of being undone for more than an hour', { status: 'UNDOING', undoing: { ...undoing, requestedAt: at('2026-11-23T07:59:00Z') } }, {}],
    ['not handed over within seven days', { createdAt: at('2026-11-16T08:59:00Z') }, {}],
  ])('an order that is %s', async (_, changes, known) => {
    expect(await concernsOf(new Books(orderInHand(changes)).paid(known).ships())).toEqual({ concerns: ['OVERDUE'], raised: { OVERDUE: 1 } });
  });

  it('sums that differ from the provider’s', async () => {
    const books = new Books(orderInHand()).paid({ refunded: euros(7_000) }).ships();
    expect(await concernsOf(books)).toMatchObject({ concerns: ['OUT_OF_STEP'] });
    expect(books.order().concerns[0]?.detail).toBe('The payment provider has captured 70.00 EUR and refunded 70.00 EUR; the order says 70.00 EUR and 0.00 EUR.');
  });

  it('a paid order that the carrier does not know, or was told to forget', async () => {
    expect(await concernsOf(new Books(orderInHand()).paid())).toEqual({ concerns: ['OUT_OF_STEP'], raised: { CAPTURED_WITHOUT_SHIPMENT: 1 } });
    expect(await concernsOf(new Books(orderInHand()).paid().ships({ status: 'RECALLED' }))).toEqual({ concerns: ['OUT_OF_STEP'], raised: { CAPTURED_WITHOUT_SHIPMENT: 1 } });
  });

  it('parcels on their way for an order that is undone, but not those that a refund leaves where they are', async () => {
    const undone = (status: OrderRecord['status']) => orderInHand({ status, undone: [undoing], payment: { status: 'CAPTURED', captured: euros(7_000), refunded: euros(7_000), intentId: 'pi_1' }, shipment: { trackingNumber: 'T1', status: 'DELIVERED' }, work: undefined });
    expect(await concernsOf(new Books(undone('CANCELLED')).ships({ status: 'DELIVERED' }))).toMatchObject({ concerns: ['OUT_OF_STEP'] });
    expect(await concernsOf(new Books(undone('REFUNDED')).ships({ status: 'DELIVERED' }))).toMatchObject({ concerns: [] });
    expect(await concernsOf(new Books(undone('REFUNDED')).ships({ status: 'BOOKED' }))).toMatchObject({ concerns: ['OUT_OF_STEP'] });
  });

  it('the same thing once, and counts it in every round until it is mended', async () => {
    const books = new Books(orderInHand()).paid();
    await books.run();
    books.time = new Date('2026-11-23T09:15:00Z');
    const { counts } = await books.run();
    expect(books.order().concerns).toHaveLength(1);
    expect(counts).toEqual({ open: 0, needingAttention: 1, raised: { CAPTURED_WITHOUT_SHIPMENT: 1 } });
  });

  it('nothing of an order that somebody has looked at within a day', async () => {
    const attended = (time: string) => orderInHand({ acts: [{ at: at(time), by: 'operator:eve', act: 'ATTEND', why: 'Found at the carrier’s' }] });
    expect(await concernsOf(new Books(attended('2026-11-22T10:00:00Z')).paid())).toEqual({ concerns: [], raised: {} });
    expect(await concernsOf(new Books(attended('2026-11-22T08:00:00Z')).paid())).toMatchObject({ concerns: ['OUT_OF_STEP'] });
  });

  it('nothing of an order on which somebody is at work', async () => {
    const moving = { updatedAt: at('2026-11-23T08:55:00Z') };
    expect(await concernsOf(new Books(orderInHand(moving)).paid({ refunded: euros(1) }))).toEqual({ concerns: [], raised: {} });
    expect(await concernsOf(new Books(orderInHand({ status: 'UNDOING', undoing: { ...undoing, requestedAt: at('2026-11-23T08:30:00Z') } })).paid({ refunded: euros(1) }))).toEqual({ concerns: [], raised: {} });
  });

  it('nothing of an order that has moved between reading and writing', async () => {
    const books = new Books(orderInHand()).paid();
    const find = books.carrier.find;
    books.carrier.find = async (reference) => {
      const order = books.order();
      books.kept.set(order.orderId, { ...order, version: order.version + 1 });
      return find(reference);
    };
    expect((await concernsOf(books)).concerns).toEqual([]);
  });
});

it('takes silence for no difference: neither a payment nor a shipment is missing while the providers are down', async () => {
  const books = new Books(orderInHand());
  books.providersAreDown = true;
  const { report, counts } = await books.run();
  expect(report.raised).toEqual([]);
  expect(report.unanswered.map(({ key }) => key).toSorted()).toEqual([`${ORDER_ID} payment`, `${ORDER_ID} shipment`, 'payments', 'shipments']);
  expect(counts?.raised).toEqual({});
});

describe('the other way round', () => {
  it('finds money that was taken for no order, and money besides the order’s own', async () => {
    const stray = new Books().paid({ madeFor: 'something-else' });
    expect((await stray.run()).counts?.raised).toEqual({ CAPTURED_WITHOUT_SHIPMENT: 1 });
    const twice = new Books(orderInHand()).paid().paid({ intentId: 'pi_2' }).ships();
    expect((await twice.run()).report.raised).toMatchObject([{ key: 'pi_2', kind: 'CAPTURED_WITHOUT_SHIPMENT' }]);
  });

  it('leaves alone what was just made, and what moved no money', async () => {
    const books = new Books().paid({ madeFor: undefined, madeAt: new Date('2026-11-23T08:58:00Z') }).paid({ intentId: 'pi_2', status: 'canceled', captured: euros(0), madeFor: undefined });
    expect((await books.run()).report.raised).toEqual([]);
  });

  it('finds shipments of no order', async () => {
    expect((await new Books().ships().run()).report.raised).toMatchObject([{ kind: 'UNKNOWN_TO_THE_SHOP' }]);
  });
});

describe('a round that takes several runs', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const orderId = OrderId.parse(`0193aa6b-0000-7000-8000-${index.toString(16).padStart(12, '0')}`);
      return orderInHand({ orderId, work: index % 10 === 0 ? NEEDS_ATTENTION : openShardOf(orderId), payment: { ...NOTHING_PAID }, shipment: undefined, createdAt: at('2026-11-16T08:59:00Z') });
    });

  it('looks at each order once and counts them all, wherever it is interrupted', async () => {
    const books = new Books(...many(170));
    let checkpoint = Checkpoint.parse({});
    const seen: string[] = [];
    const read = books.work.read;
    books.work.read = async (positions) => {
      seen.push(...positions.map(({ orderId }) => orderId));
      // Each page takes as long as a run has.
      books.time = new Date(books.time.getTime() + 60_000);
      return read(positions);
    };
    let counts: Run['counts'];
    let runs = 0;
    do {
      const run = await books.run(checkpoint, new Date(books.time.getTime() + 60_000));
      // A checkpoint is kept as text.
      checkpoint = Checkpoint.parse(JSON.parse(JSON.stringify(run.checkpoint)));
      counts = run.counts;
      runs++;
    } while (!counts && runs < 100);
    expect(runs).toBeGreaterThan(10);
    expect(new Set(seen.filter((orderId) => books.kept.has(orderId))).size).toBe(170);
    expect(counts?.raised).toEqual({ OVERDUE: 170 });
    expect(checkpoint).toEqual(Checkpoint.parse({}));
  });
});
