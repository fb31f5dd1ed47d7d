import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrderRecord } from '../../../contracts/order-record';
import { cancelled, refundRequested } from '../../../lambdas/workflow/order-changes';
import { keptLines } from '../../../lambdas/workflow/order-value';
import type { FaultRule } from '../../../local/sandbox/faults';
import { recordsOf, written } from '../../app/workflow/expressions';
import { definitionOf, MACHINES } from '../../app/workflow/stateMachines';
import type { Evaluation } from '../../support/stateMachine';
import type { StepFault } from './orderTasks';
import { OrderTables } from './orderTables';
import { OrderWorld } from './orderWorld';
import type { Card } from './orderWorld';

const RECORDED = join(__dirname, '../../app/workflow/recorded');
const PRODUCT = 'pan';
const FOR_EVER = 50;

let tables: OrderTables;
let world: OrderWorld;
beforeAll(async () => {
  tables = await OrderTables.start();
});
afterAll(() => tables?.stop());

const place = (card: Card = 'good', recipient = {}): Promise<OrderRecord> => world.place(card, { [PRODUCT]: 2 }, recipient);
const passes = (seconds: number): Promise<void> => world.settle(world.time.now().getTime() + seconds * 1_000);
const fails = (state: string, fault: StepFault, times = 1): void => void world.tasks.faults.push(...Array.from({ length: times }, () => ({ state, fault })));
const paymentIsDown = (path: string): void => world.payment.faults.replace([{ match: { path, times: FOR_EVER }, fault: 'down' }]);
const carrierFails = (method: 'PUT' | 'DELETE', fault: FaultRule['fault'], times: number): void => world.carrier.faults.replace([{ match: { method, times }, fault }]);
const holdParcels = (): void => world.carrier.shipments.setPace({ ...world.carrier.shipments.pace, hold: true });
const refund = (order: OrderRecord, goods: 'RESTOCK' | 'WRITE_OFF', lines = keptLines(order)): Promise<unknown> =>
  world.time.work(() => world.orders.change(order.orderId, refundRequested({ refundId: `refund-${goods.toLowerCase().replace('_', '-')}`, by: 'operator:eve', reason: 'Broken', goods, lines })));
const cancelWithoutReason = ({ orderId, customerId }: OrderRecord): Promise<unknown> => world.time.work(() => world.orders.change(orderId, cancelled(`customer:${customerId}`)));

async function confirmed(): Promise<OrderRecord> {
  holdParcels();
  const order = await place();
  await world.settle();
  return order;
}

/** Something happens before a state's work is tried again. */
async function meanwhile(state: string, happens: (order: OrderRecord) => Promise<unknown>): Promise<void> {
  holdParcels();
  fails(state, 'throttle');
  const order = await place();
  await world.time.idle();
  await happens(order);
}

/** Undone in vain: the carrier fetches the parcels between the first attempt to recall them and the second. */
async function overtaken(undo: (order: OrderRecord) => Promise<unknown>): Promise<void> {
  const order = await confirmed();
  carrierFails('DELETE', 'throttle', 1);
  await undo(order);
  await world.time.idle();
  for (let step = 0; step < 2; step++) world.carrier.shipments.advance(order.orderId);
}

/** Ways of orders that come by every expression, and past every condition on both sides. */
const WAYS: Readonly<Record<string, () => Promise<unknown>>> = {
  'a good order': () => place(),
  'a declined card': () => place('declined'),
  'a second factor that is given': async () => {
    const { orderId } = await place('secondFactor');
    await passes(60);
    await world.answerSecondFactor(orderId, true);
  },
  'a second factor that is given before it is waited for': async () => {
    fails('AwaitCustomer', 'throttle');
    const { orderId } = await place('secondFactor');
    await world.time.idle();
    await world.answerSecondFactor(orderId, true);
  },
  'a second factor that nobody gives': () => place('secondFactor'),
  'a payment provider that is down': () => {
    paymentIsDown('/v1/payment_intents');
    return place();
  },
  'a cancellation before the payment': () => meanwhile('AuthorizePayment', (order) => world.cancel(order)),
  'a cancellation before the payment, for no reason': () => meanwhile('AuthorizePayment', cancelWithoutReason),
  'an undoing that is asked for twice': () => {
    fails('RequestUndoing', 'lost-after');
    return place('declined');
  },
  'an address that the carrier refuses': () => place('good', { postalCode: '00000' }),
  'a carrier that is down': () => {
    carrierFails('PUT', 'down', FOR_EVER);
    return place();
  },
  'a carrier that books and never answers': () => {
    carrierFails('PUT', 'timeout-after-work', FOR_EVER);
    return place();
  },
  'a booking that is recorded twice': () => {
    fails('RecordShipment', 'lost-after');
    return place();
  },
  'a payment provider that is down when the money is to be taken': () => {
    holdParcels();
    paymentIsDown('/v1/payment_intents/*/capture');
    return place();
  },
  'a cancellation before the money is taken': () => meanwhile('CapturePayment', (order) => world.cancel(order)),
  'a cancellation before the money is taken, for no reason': () => meanwhile('CapturePayment', cancelWithoutReason),
  'a cancellation before the confirmation is mailed': () => meanwhile('ConfirmByMail', (order) => world.cancel(order)),
  'a cancellation before the confirmation is mailed, for no reason': () => meanwhile('ConfirmByMail', cancelWithoutReason),
  'a confirmation that cannot be mailed': () => {
    holdParcels();
    fails('ConfirmByMail', 'poison', FOR_EVER);
    fails('NoteUnsentMail', 'lost-after');
    return place();
  },
  'a cancellation while the confirmation cannot be mailed': async () => {
    holdParcels();
    fails('ConfirmByMail', 'poison', FOR_EVER);
    const order = await place();
    await passes(30);
    await world.cancel(order);
  },
  'a cancellation of a confirmed order': async () => world.cancel(await confirmed()),
  'a recall that is recorded twice': async () => {
    const order = await confirmed();
    fails('RecordRecall', 'lost-after');
    await world.cancel(order);
  },
  'a cancellation of a confirmed order for no reason': async () => cancelWithoutReason(await confirmed()),
  'an undoing that is started again when it is done': async () => {
    await world.cancel(await confirmed());
    await world.settle();
    const undoings = [...world.executions.values()].filter(({ execution }) => execution.machine === 'UndoOrder');
    for (const { execution } of undoings) world.start({ ...execution, name: `${execution.name}-again` });
  },
  'a cancellation whose last write is made twice, and whose mail cannot be sent': async () => {
    const order = await confirmed();
    fails('ReleaseStock', 'lost-after');
    fails('TellCustomer', 'poison', FOR_EVER);
    fails('NoteUnsentMail', 'lost-after');
    await world.cancel(order);
  },
  'a cancellation that the carrier overtakes': () => overtaken((order) => world.cancel(order)),
  'a cancellation that the carrier overtakes, and whose mail cannot be sent': () => {
    fails('TellTooLate', 'poison', FOR_EVER);
    return overtaken((order) => world.cancel(order));
  },
  'a refund that the carrier overtakes': () => overtaken((order) => refund(order, 'RESTOCK')),
  'refunds of lines that come back, and of lines that do not': async () => {
    const order = await place();
    await world.settle();
    for (const goods of ['RESTOCK', 'WRITE_OFF'] as const) {
      await refund(order, goods, keptLines(order).map((line) => ({ ...line, quantity: 1 })));
      await world.settle();
    }
  },
  'an order whose product has left the catalogue': async () => {
    const order = await place('secondFactor');
    await passes(60);
    await tables.removeProduct(PRODUCT);
    await world.cancel(order);
    await world.settle();
    await tables.putProduct({ productId: PRODUCT, stock: 8 });
    for (const name of world.executions.keys()) world.redrive(name);
  },
  'parcels that come back': () => place('good', { name: 'Returned Sender' }),
  'news of parcels that cannot be mailed': () => {
    fails('SendMail', 'poison', FOR_EVER);
    fails('NoteUnsentMail', 'lost-after');
    return place();
  },
};

/** After a change that this finds, `RECORD=1 npx jest --selectProjects local --testPathPatterns workflow/expressions` records anew: read what has changed. */
it('what the expressions are given and give on every way of an order is what test/app/workflow/recorded says', async () => {
  const evaluations: Record<string, Evaluation[]> = {};
  for (const walk of Object.values(WAYS)) {
    world = await OrderWorld.start(tables);
    await tables.putProduct({ productId: PRODUCT, stock: 10 });
    await walk();
    await world.settle();
    for (const { execution, ended } of world.executions.values()) (evaluations[execution.machine] ??= []).push(...(ended?.evaluations ?? []));
  }
  for (const machine of MACHINES) {
    const records = await recordsOf(definitionOf(machine), evaluations[machine] ?? []);
    const file = join(RECORDED, `${machine}.json`);
    if (process.env.RECORD === '1') {
      mkdirSync(RECORDED, { recursive: true });
      writeFileSync(file, written(records));
    }
    expect(records).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  }
}, 240_000);
