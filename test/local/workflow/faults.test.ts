import { keptLines, valueKept } from '../../../lambdas/workflow/order-value';
import { toldTwice } from '../../support/timeline';
import { definitionOf, MACHINES } from '../../app/workflow/stateMachines';
import { rows, WAYS } from './faultRows';
import { OrderTables } from './orderTables';
import { OrderWorld } from './orderWorld';

const STOCK = 10;

let tables: OrderTables;
const seen: Record<string, string>[] = [];
beforeAll(async () => {
  tables = await OrderTables.start();
});
afterAll(async () => {
  await tables?.stop();
  console.table(seen);
});

test('there are rows for every step of every state machine', () => {
  const steps = new Set(rows.map(({ step }) => step));
  const tasks = MACHINES.flatMap((machine) => Object.entries(definitionOf(machine).States).flatMap(([name, { Type }]) => (Type === 'Task' ? [name] : [])));
  expect([...new Set(tasks)].filter((name) => !steps.has(name))).toEqual([]);
});

test.each(rows.map((row, index) => ({ ...row, index })))('$step, $fault ($way): $ends', async ({ step, fault, way, plan, ends, attention, concerns = [], index }) => {
  const world = await OrderWorld.start(tables);
  const product = `faulty-${index}`;
  await tables.putProduct({ productId: product, stock: STOCK });
  const placed = await WAYS[way]({ world, tables, product, plan });
  await world.settle();

  // What nobody expected stops the execution at its step, for an operator to find and to retry.
  const stopped = [...world.executions].filter(([, { ended }]) => ended?.status === 'FAILED');
  expect(stopped.map(([, { ended }]) => ended?.path.at(-1))).toEqual(attention ? [attention] : []);
  const isMended = attention !== undefined && ends !== 'UNDOING';
  if (isMended) {
    world.payment.faults.replace([]);
    for (const [name] of stopped) world.redrive(name);
  }
  await world.settle();

  const order = await tables.order(placed.orderId);
  expect(order.status).toBe(ends);
  const isKept = ends === 'DELIVERED' || ends === 'HANDED_OVER';
  const kept = isKept ? valueKept(order).amount : 0;
  const pieces = isKept ? keptLines(order).reduce((sum, { quantity }) => sum + quantity, 0) : 0;
  const money = order.payment.captured.amount - order.payment.refunded.amount;
  const stock = (await tables.stock()).get(product) ?? 0;
  seen.push({
    step,
    fault,
    customer: [order.status, ...world.tasks.mails.filter(({ orderId }) => orderId === order.orderId).map(({ mail }) => mail)].join(', '),
    operator: [...stopped.map(([, { ended }]) => `stopped at ${ended?.path.at(-1)}`), ...order.concerns.map(({ kind }) => kind)].join(', ') || '–',
    books: `kept ${money / 100} €, stock ${stock} of ${STOCK}`,
  });
  expect(order.concerns.map(({ kind }) => kind)).toEqual(concerns);
  expect(toldTwice(order)).toEqual([]);
  // While it is stopped half undone, the books say so: nothing more than that step is open.
  if (ends === 'UNDOING') return;
  // oxlint-disable-next-line jest/no-conditional-expect
  expect({ money, stock }).toEqual({ money: kept, stock: STOCK - pieces });
});
