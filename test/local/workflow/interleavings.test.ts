import * as fc from 'fast-check';
import type { OrderRecord } from '../../../contracts/order-record';
import { isSettled } from '../../../contracts/order-status';
import { refundRequested } from '../../../lambdas/workflow/order-changes';
import { keptLines, valueKept } from '../../../lambdas/workflow/order-value';
import { toldTwice } from '../../support/timeline';
import { OrderTables } from './orderTables';
import { OrderWorld } from './orderWorld';

const STOCK = 1_000;
/** Orders are left to the workflow for so long before they are compared. */
const UNDISTURBED_MS = 11 * 60_000;
const PROCESS_STATES = ['AuthorizePayment', 'AwaitCustomer', 'BookShipment', 'RecordShipment', 'CapturePayment', 'ConfirmByMail', 'RequestUndoing'];
const UNDO_STATES = ['RecallShipment', 'RecordRecall', 'ReleasePayment', 'ReleaseStock', 'TellCustomer'];

let tables: OrderTables;
beforeAll(async () => {
  tables = await OrderTables.start();
});
afterAll(() => tables?.stop());

interface Model {
  readonly world: OrderWorld;
  readonly product: string;
  readonly orders: OrderRecord[];
}
type Act = (model: Model) => Promise<unknown> | void;

const some = <T>(items: readonly T[], index: number): T | undefined => items[index % Math.max(items.length, 1)];
const orderOf = ({ orders }: Model, index: number): OrderRecord | undefined => some(orders, index);
const described = (text: string, act: Act): { act: Act; toString: () => string } => ({ act, toString: () => text });

const index = fc.nat(20);
const place = fc
  .record({ card: fc.constantFrom('good', 'good', 'good', 'declined', 'secondFactor'), quantity: fc.integer({ min: 1, max: 3 }), to: fc.constantFrom({}, {}, {}, { postalCode: '00000' }, { name: 'Returned Sender' }) })
  .map(({ card, quantity, to }) => described(`order ${quantity} with a ${card} card to ${JSON.stringify(to)}`, async (model) => void model.orders.push(await model.world.place(card, { [model.product]: quantity }, to))));
const cancel = index.map((which) => described(`cancel order ${which}`, (model) => {
    const order = orderOf(model, which);
    return order && model.world.cancel(order);
  }));
const secondFactor = fc.record({ which: index, passes: fc.boolean() }).map(({ which, passes }) =>
  described(`second factor of ${which} ${passes ? 'given' : 'failed'}`, async (model) => {
    const order = orderOf(model, which);
    if (order && (await tables.order(order.orderId)).payment.intentId !== undefined) await model.world.answerSecondFactor(order.orderId, passes);
  }),
);
const refund = fc.record({ which: index, id: fc.constantFrom('a', 'b', 'c'), goods: fc.constantFrom('RESTOCK', 'WRITE_OFF') }).map(({ which, id, goods }) =>
  described(`refund one piece of ${which} (${goods})`, async (model) => {
    const placed = orderOf(model, which);
    const order = placed && (await tables.order(placed.orderId));
    const [line] = order ? keptLines(order) : [];
    if (order && line) await model.world.time.work(() => model.world.orders.change(order.orderId, refundRequested({ refundId: `refund-${id}`, by: 'operator:eve', reason: 'Broken', goods: goods, lines: [{ ...line, quantity: 1 }] })));
  }),
);
const wait = fc.constantFrom(0, 1, 5, 30, 120, 1_000).map((seconds) => described(`${seconds} s pass`, ({ world }) => world.settle(world.time.now().getTime() + seconds * 1_000)));
const requestFault = fc.constantFrom('down', 'throttle', 'server-error', 'server-error-after-work', 'timeout-before-work', 'timeout-after-work');
const providerFault = fc.record({ at: fc.constantFrom('payment', 'carrier'), fault: requestFault, times: fc.integer({ min: 1, max: 12 }) }).map(({ at, fault, times }) =>
  described(`${at}: ${fault} ${times} times`, ({ world }) => world[at].faults.replace([...world[at].faults.list(), { match: { times }, fault: fault, milliseconds: 0 }])),
);
const webhookFault = fc.record({ at: fc.constantFrom('payment', 'carrier'), fault: fc.constantFrom('duplicate-webhook', 'reorder-webhooks', 'drop-webhook') }).map(({ at, fault }) =>
  described(`${at}: ${fault}`, ({ world }) => world[at].faults.replace([...world[at].faults.list(), { match: { times: 2 }, fault: fault, milliseconds: 30_000 }])),
);
const stepFault = fc
  .record({ state: fc.constantFrom(...PROCESS_STATES, ...UNDO_STATES), fault: fc.constantFrom('throttle', 'lost-before', 'lost-after', 'poison') })
  .map(({ state, fault }) => described(`${state}: ${fault}`, ({ world }) => void world.tasks.faults.push({ state, fault: fault })));

const lostStart = fc.integer({ min: 1, max: 3 }).map((count) => described(`the stream loses ${count} starts`, ({ world }) => void (world.startsToLose += count)));
const reconcile = fc.constant(described('reconcile', ({ world }) => world.reconcile()));

/** Everything mended, what has failed begun again, what was lost found, and all the time that it takes. */
async function comesToRest({ world }: Model): Promise<void> {
  for (let round = 0; round < 8; round++) {
    world.payment.faults.replace([]);
    world.carrier.faults.replace([]);
    world.tasks.faults.length = 0;
    world.startsToLose = 0;
    await world.settle();
    const failed = [...world.executions].filter(([, { ended }]) => ended?.status === 'FAILED');
    for (const [name] of failed) {
      if (round % 2 === 0) world.redrive(name);
      else world.restart(name);
    }
    if (failed.length > 0) continue;
    world.time.goTo(world.time.now().getTime() + UNDISTURBED_MS);
    if ((await world.reconcile()).repaired.length === 0) return;
  }
}

async function expectAllAccountedFor({ world, orders, product }: Model): Promise<void> {
  let pieces = 0;
  for (const { orderId } of orders) {
    const order = await tables.order(orderId);
    const { captured, refunded, intentId } = order.payment;
    const isKept = order.status === 'DELIVERED' || order.status === 'CONFIRMED';
    const atProvider = [...world.payment.ledger.intents.values()].filter(({ intent }) => intent.metadata.order_id === orderId);
    const charged = atProvider.reduce((sum, { intent }) => sum + (intent.status === 'succeeded' ? intent.amount_received : 0), 0);
    const held = atProvider.filter(({ intent }) => intent.status === 'requires_capture').map(({ intent }) => intent.id);
    const story = order.timeline.map(({ event, detail }) => `${event} ${detail ?? ''}`);
    const running = [...world.executions].filter(([name, { ended }]) => name.startsWith(orderId) && ended?.status !== 'SUCCEEDED').map(([name, { ended }]) => ({ name, ended }));
    expect({ story, status: order.status, settled: isSettled(order.status), running }).toEqual({ story, status: order.status, settled: true, running: [] });
    expect({ story, kept: captured.amount - refunded.amount }).toEqual({ story, kept: isKept ? valueKept(order).amount : 0 });
    expect({ story, charged, held }).toEqual({ story, charged: captured.amount, held: [] });
    expect(atProvider.filter(({ intent }) => intent.id !== intentId).map(({ intent }) => intent.status)).not.toContain('succeeded');
    expect({ story, twice: toldTwice(order) }).toEqual({ story, twice: [] });
    expect(order.timeline.map(({ at }) => at)).toEqual(order.timeline.map(({ at }) => at).toSorted());
    expect(order.undoing).toBeUndefined();
    const gone = order.undone.filter(({ goods }) => goods === 'WRITE_OFF').flatMap(({ lines }) => lines);
    pieces += [...(isKept ? keptLines(order) : []), ...gone].reduce((sum, { quantity }) => sum + quantity, 0);
  }
  expect((await tables.stock()).get(product)).toBe(STOCK - pieces);
  const { repaired, raised, unanswered } = await world.reconcile();
  expect({ repaired, raised, unanswered }).toEqual({ repaired: [], raised: [], unanswered: [] });
}

it('keeps money, goods and stock in step whatever comes between', async () => {
  let run = 0;
  expect.hasAssertions();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof({ weight: 4, arbitrary: place }, { weight: 4, arbitrary: wait }, cancel, secondFactor, refund, { weight: 2, arbitrary: providerFault }, webhookFault, lostStart, reconcile, { weight: 2, arbitrary: stepFault }), { minLength: 2, maxLength: 14 }), async (acts) => {
      const model: Model = { world: await OrderWorld.start(tables), product: `model-${++run}`, orders: [] };
      await tables.putProduct({ productId: model.product, stock: STOCK });
      try {
        for (const { act } of acts) await act(model);
        await comesToRest(model);
        await expectAllAccountedFor(model);
      } finally {
        await tables.removeOrders(model.orders);
      }
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 40), endOnFailure: false, ...(process.env.MODEL_SEED && { seed: Number(process.env.MODEL_SEED), path: process.env.MODEL_PATH ?? '', endOnFailure: true }) },
  );
}, 600_000);
