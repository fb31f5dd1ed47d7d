import type { OrderRecord } from '../../../contracts/order-record';
import { refundRequested } from '../../../lambdas/workflow/order-changes';
import { keptLines, valueKept } from '../../../lambdas/workflow/order-value';
import { OrderTables } from './orderTables';
import { OrderWorld } from './orderWorld';
import type { Card } from './orderWorld';

const STOCK = 10;
/** Stripe holds money for seven. */
const EIGHT_DAYS_MS = 8 * 24 * 3_600_000;

let tables: OrderTables;
let world: OrderWorld;
let product = 0;
/** Of this test alone. */
let pan: string;
beforeAll(async () => {
  tables = await OrderTables.start();
});
beforeEach(async () => {
  world = await OrderWorld.start(tables);
  pan = `pan-${++product}`;
  await tables.putProduct({ productId: pan, stock: STOCK });
});
afterAll(() => tables?.stop());

const holdParcels = (): void => world.carrier.shipments.setPace({ ...world.carrier.shipments.pace, hold: true });
const place = (card: Card, recipient = {}): Promise<OrderRecord> => world.place(card, { [pan]: 2 }, recipient);
const events = ({ timeline }: OrderRecord): string[] => timeline.map(({ event }) => event);
const mails = (): string[] => world.tasks.mails.map(({ subject }) => subject);

/** What holds whatever happened: money kept is the value of goods kept, and no piece was lost or made. */
async function accountedFor({ orderId }: OrderRecord): Promise<OrderRecord> {
  const order = await tables.order(orderId);
  const kept = order.payment.captured.amount - order.payment.refunded.amount;
  const value = order.status === 'DELIVERED' || order.status === 'CONFIRMED' ? valueKept(order).amount : 0;
  const pieces = order.status === 'DELIVERED' || order.status === 'CONFIRMED' ? keptLines(order).reduce((sum, { quantity }) => sum + quantity, 0) : 0;
  const stock = (await tables.stock()).get(pan);
  expect({ kept, stock, undoing: order.undoing }).toEqual({ kept: value, stock: STOCK - pieces, undoing: undefined });
  return order;
}

it('a good order is paid, shipped, confirmed and delivered, and the customer told at each step', async () => {
  const placed = await place('good');
  await world.settle();
  const order = await accountedFor(placed);
  expect(events(order)).toEqual(['ACCEPTED', 'PAYMENT_AUTHORIZED', 'SHIPMENT_BOOKED', 'PAYMENT_CAPTURED', 'MAIL_SENT', 'CONFIRMED', 'SHIPMENT_ACCEPTED', 'HANDED_OVER', 'MAIL_SENT', 'DELIVERED', 'MAIL_SENT']);
  expect(order).toMatchObject({ status: 'DELIVERED', payment: { status: 'CAPTURED', captured: order.total, refunded: { amount: 0 } } });
  expect(order.work).toBeUndefined();
  expect(mails()).toEqual(['Thank you for your order', 'Your order is on its way', 'Your order has arrived']);
});

it('a good order takes the calls that the guarantees need, and no more', async () => {
  const { orderId } = await place('good');
  await world.settle();
  const asked = (sandbox: OrderWorld['payment'] | OrderWorld['carrier']) => sandbox.requests.list({ limit: 100 }).filter(({ path, body }) => `${path}${body}`.includes(orderId) || /payment_intents\/pi_/.test(path)).map(({ method, path }) => `${method} ${path.replace(/pi_\w+|[0-9a-f-]{36}/, '…')}`);
  expect(asked(world.payment).toReversed()).toEqual(['POST /v1/payment_intents', 'POST /v1/payment_intents/…/confirm', 'POST /v1/payment_intents/…/capture']);
  expect(asked(world.carrier)).toEqual(['PUT /v1/shipments/…']);
  expect([...world.executions.values()].map(({ execution: { machine }, ended }) => [machine, ended?.path.length])).toEqual([['ProcessOrder', 10], ['TellCustomer', 3], ['TellCustomer', 3]]);
});

it('a declined card costs nothing, gives the goods back and tells why', async () => {
  const placed = await place('declined');
  await world.settle();
  const order = await accountedFor(placed);
  expect(order).toMatchObject({ status: 'PAYMENT_DECLINED', payment: { captured: { amount: 0 } } });
  expect(mails()).toEqual(['Your payment was declined']);
});

it('waits for the second factor, says what with, and goes on when it is given', async () => {
  const placed = await place('secondFactor');
  await world.settle(world.time.now().getTime() + 60_000);
  expect(await tables.order(placed.orderId)).toMatchObject({ status: 'ACTION_REQUIRED', action: { clientSecret: expect.stringContaining('_secret_') } });
  await world.answerSecondFactor(placed.orderId, true);
  await world.settle();
  const order = await accountedFor(placed);
  expect(order.status).toBe('DELIVERED');
  expect(order.action).toBeUndefined();
});

it('undoes an order whose second factor fails', async () => {
  const placed = await place('secondFactor');
  await world.settle(world.time.now().getTime() + 60_000);
  await world.answerSecondFactor(placed.orderId, false);
  await world.settle();
  expect(await accountedFor(placed)).toMatchObject({ status: 'PAYMENT_DECLINED' });
});

it('undoes an order whose second factor nobody gives in time, and lets nobody give it later', async () => {
  const placed = await place('secondFactor');
  await world.settle();
  expect(await accountedFor(placed)).toMatchObject({ status: 'PAYMENT_EXPIRED', payment: { status: 'VOIDED' } });
  await world.answerSecondFactor(placed.orderId, true);
  await world.settle();
  await accountedFor(placed);
  expect(mails()).toEqual(['Your payment has expired']);
});

it.each(['BookShipment', 'RecordShipment', 'CapturePayment'])('undoes an order whose authorization runs out while it has stopped at %s', async (state) => {
  holdParcels();
  world.tasks.faults.push({ state, fault: 'poison' });
  const placed = await place('good');
  await world.settle(world.time.now().getTime() + EIGHT_DAYS_MS);
  const [intent] = [...world.payment.ledger.intents.values()].map((kept) => kept.intent);
  expect(intent).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic' });
  world.redrive(placed.orderId);
  await world.settle();
  const order = await accountedFor(placed);
  expect(order).toMatchObject({ status: 'PAYMENT_EXPIRED', payment: { status: 'VOIDED', captured: { amount: 0 } } });
  expect(world.carrier.shipments.newest(1)).toMatchObject([{ shipment: { reference: placed.orderId, status: 'RECALLED' } }]);
  expect(mails()).toEqual(['Your payment has expired']);
});

it('lets go of the money when the carrier refuses the address', async () => {
  const placed = await place('good', { postalCode: '00000' });
  await world.settle();
  const order = await accountedFor(placed);
  expect(order).toMatchObject({ status: 'SHIPMENT_REFUSED', payment: { status: 'VOIDED', captured: { amount: 0 } } });
  expect(mails()).toEqual(['We cannot deliver to your address']);
});

it('cancels before the carrier has the parcels: recalled, refunded, back in stock', async () => {
  holdParcels();
  const placed = await place('good');
  await world.settle();
  await world.cancel(placed);
  await world.settle();
  const order = await accountedFor(placed);
  expect(order).toMatchObject({ status: 'CANCELLED', payment: { captured: order.total, refunded: order.total } });
  expect(events(order)).toEqual(expect.arrayContaining(['CANCELLATION_REQUESTED', 'SHIPMENT_RECALLED', 'PAYMENT_REFUNDED', 'CANCELLED']));
  expect(mails()).toContain('Your order is cancelled');
});

it('cancels while the second factor is waited for', async () => {
  const placed = await place('secondFactor');
  await world.settle(world.time.now().getTime() + 60_000);
  await world.cancel(placed);
  await world.settle();
  expect(await accountedFor(placed)).toMatchObject({ status: 'CANCELLED', payment: { captured: { amount: 0 } } });
});

it('refuses to cancel what the carrier already has', async () => {
  const placed = await place('good');
  await world.settle();
  expect(await world.cancel(placed)).toMatchObject({ code: 'too-late-to-cancel' });
  expect(await accountedFor(placed)).toMatchObject({ status: 'DELIVERED' });
});

it('refunds a line exactly, and the rest later', async () => {
  const placed = await place('good');
  await world.settle();
  const refund = (refundId: string, quantity: number, goods: 'RESTOCK' | 'WRITE_OFF') =>
    world.orders.change(placed.orderId, refundRequested({ refundId, by: 'operator:eve', reason: 'Broken', goods, lines: placed.lines.map(({ productId }) => ({ productId, quantity })) }));
  await refund('first', 1, 'RESTOCK');
  await world.settle();
  const partly = await accountedFor(placed);
  expect(partly).toMatchObject({ status: 'DELIVERED', undone: [{ reason: 'REFUNDED', by: 'operator:eve', detail: 'Broken' }] });
  await refund('second', 1, 'RESTOCK');
  await world.settle();
  const whole = await accountedFor(placed);
  expect(whole).toMatchObject({ status: 'REFUNDED', payment: { refunded: placed.total } });
  expect(mails().filter((subject) => subject === 'Your refund is on its way')).toHaveLength(2);
});

it('takes parcels back that nobody accepted', async () => {
  const placed = await place('good', { name: 'Returned Sender' });
  await world.settle();
  const order = await accountedFor(placed);
  expect(order).toMatchObject({ status: 'RETURNED', payment: { refunded: order.total } });
  expect(mails()).toContain('Your order came back to us');
});

it('puts an order on the operators’ list, once, whose payment the customer’s bank disputes', async () => {
  world.payment.faults.replace([{ match: { path: 'charge.dispute.created' }, fault: 'duplicate-webhook' }]);
  const placed = await place('disputed');
  await world.settle();
  expect(await tables.order(placed.orderId)).toMatchObject({ status: 'DELIVERED', work: 'ATTENTION', concerns: [{ kind: 'PAYMENT_DISPUTED', detail: expect.stringContaining('fraudulent') }] });
});

it('confirms an order although its mail cannot be sent, and puts it on the operators’ list', async () => {
  world.tasks.faults.push(...Array.from({ length: 7 }, () => ({ state: 'ConfirmByMail', fault: 'poison' as const })));
  const placed = await place('good');
  await world.settle();
  expect(await accountedFor(placed)).toMatchObject({ status: 'DELIVERED', concerns: [{ kind: 'MAIL_FAILED' }], work: 'ATTENTION' });
});

it('leaves a refund to the operators when the carrier fetches the parcels meanwhile, and tells the customer nothing that is not so', async () => {
  holdParcels();
  const placed = await place('good');
  await world.settle();
  world.carrier.faults.replace([{ match: { method: 'DELETE', times: 1 }, fault: 'throttle' }]);
  await world.time.work(() => world.orders.change(placed.orderId, refundRequested({ refundId: 'whole', by: 'operator:eve', reason: 'Broken', goods: 'RESTOCK', lines: keptLines(placed) })));
  await world.time.idle();
  // ACCEPTED, HANDED_OVER: between the first attempt to recall it and the second.
  for (let step = 0; step < 2; step++) world.carrier.shipments.advance(placed.orderId);
  await world.settle();
  expect(await tables.order(placed.orderId)).toMatchObject({ status: 'HANDED_OVER', concerns: [{ kind: 'RECALL_REFUSED' }], payment: { refunded: { amount: 0 } } });
  expect(mails()).not.toContain('Your order could not be cancelled');
});

it('an order whose product has left the catalogue is undone when the product is there again', async () => {
  const placed = await place('secondFactor');
  await world.settle(world.time.now().getTime() + 60_000);
  await tables.removeProduct(pan);
  await world.cancel(placed);
  await world.settle();
  const name = `${placed.orderId}-${(await tables.order(placed.orderId)).undoing?.undoingId}`;
  const { ended } = world.executions.get(name) ?? {};
  expect(ended).toMatchObject({ status: 'FAILED', error: 'DynamoDb.TransactionCanceledException' });
  expect(ended?.path.at(-1)).toBe('RequireProducts');

  world.redrive(name);
  await world.settle();
  expect((await tables.order(placed.orderId)).undoing).toBeDefined();

  await tables.putProduct({ productId: pan, stock: STOCK - 2 });
  world.redrive(name);
  await world.settle();
  expect(await accountedFor(placed)).toMatchObject({ status: 'CANCELLED' });
});
