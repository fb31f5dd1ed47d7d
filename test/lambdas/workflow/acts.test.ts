import type { OrderExecution } from '../../../contracts/operations';
import { Undoing } from '../../../contracts/order-record';
import type { Execution } from '../../../lambdas/workflow/executions';
import { attendOrder, resendMail, retryOrder } from '../../../lambdas/workflow/operations/acts';
import type { ExecutionName } from '../../../lambdas/workflow/operations/execution-log';
import { noteFailedExecution } from '../../../lambdas/workflow/operations/failed-execution';
import { executionsOf, showOrder } from '../../../lambdas/workflow/operations/order-view';
import { at, OneOrder, orderInHand, ORDER_ID } from './orderInHand';

const by = { operator: 'operator:eve', orderId: ORDER_ID, why: 'The carrier is back' } as const;
const undoing = Undoing.parse({ undoingId: 'refund-1', reason: 'REFUNDED', by: 'operator:eve', requestedAt: at('2026-11-23T08:30:00Z'), lines: [], goods: 'RESTOCK', parcels: 'LEAVE', becomes: 'DELIVERED', from: 'DELIVERED' });
const execution = (name: string, changes: Partial<OrderExecution> = {}): OrderExecution => ({
  machine: 'ProcessOrder',
  name,
  status: 'FAILED',
  startedAt: at('2026-11-23T08:00:00Z'),
  error: 'TypeError',
  cause: 'x is undefined',
  retriable: true,
  steps: [],
  cut: false,
  ...changes,
});

/** Step Functions with these executions. */
function logOf(...executions: readonly OrderExecution[]) {
  const redriven: string[] = [];
  const find = async ({ name }: ExecutionName) => executions.find((candidate) => candidate.name === name);
  const redrive = async ({ name }: ExecutionName) => redriven.push(name) > 0;
  return { redriven, log: { find, findWithSteps: find, redrive } };
}

describe('retrying', () => {
  it('goes on with each failed execution and writes down who did it and why', async () => {
    const orders = new OneOrder(orderInHand({ undoing }));
    const { log, redriven } = logOf(execution(ORDER_ID), execution(`${ORDER_ID}-refund-1`), execution(`${ORDER_ID}-delivered`, { status: 'SUCCEEDED', retriable: false }));
    const order = await retryOrder({ orders, log }, by);
    expect(redriven).toEqual([ORDER_ID, `${ORDER_ID}-refund-1`]);
    expect(order.acts).toMatchObject([{ act: 'RETRY', by: 'operator:eve', why: 'The carrier is back', subject: `${ORDER_ID} ${ORDER_ID}-refund-1` }]);
  });

  it('is refused when nothing has failed, and then nobody did anything', async () => {
    const orders = new OneOrder(orderInHand());
    await expect(retryOrder({ orders, log: logOf(execution(ORDER_ID, { status: 'RUNNING', retriable: false })).log }, by)).rejects.toMatchObject({ code: 'nothing-to-retry' });
    expect(orders.order.acts).toEqual([]);
  });
});

describe('sending a mail again', () => {
  const send = async (orders: OneOrder, mail: 'confirmation' | 'undone' | 'delivered', undoingId?: string) => {
    const started: Execution[] = [];
    const order = await resendMail({ orders, machines: { start: async (start) => void started.push(start) } }, by, { mail, undoingId });
    return { order, started };
  };
  const confirmed = () => new OneOrder(orderInHand({ timeline: [{ at: at('2026-11-23T08:00:00Z'), event: 'CONFIRMED' }] }));

  it('starts an execution of its own each time, which the view finds again', async () => {
    const orders = confirmed();
    const [first, second] = [await send(orders, 'confirmation'), await send(orders, 'confirmation')];
    expect(first.started).toEqual([{ machine: 'TellCustomer', name: `${ORDER_ID}-act-0`, input: { orderId: ORDER_ID, mail: 'confirmation', again: true } }]);
    expect(second.started).toMatchObject([{ name: `${ORDER_ID}-act-1` }]);
    expect(second.order.acts).toMatchObject([{ act: 'RESEND_MAIL', subject: 'confirmation' }, { act: 'RESEND_MAIL' }]);
    expect(executionsOf(orders.order).map(({ name }) => name)).toEqual(expect.arrayContaining([`${ORDER_ID}-act-0`, `${ORDER_ID}-act-1`]));
  });

  it('tells of the last undoing unless another is named', async () => {
    const undone = [undoing, { ...undoing, undoingId: 'refund-2' }];
    expect((await send(new OneOrder(orderInHand({ undone })), 'undone')).started).toMatchObject([{ input: { undoingId: 'refund-2' } }]);
    expect((await send(new OneOrder(orderInHand({ undone })), 'undone', 'refund-1')).started).toMatchObject([{ input: { undoingId: 'refund-1' } }]);
  });

  it('never tells what has not happened', async () => {
    for (const mail of ['delivered', 'undone'] as const) await expect(send(confirmed(), mail)).rejects.toMatchObject({ code: 'mail-not-due' });
  });
});

describe('attending', () => {
  it('takes the order off the list and keeps what was noted', async () => {
    const orders = new OneOrder(orderInHand({ concerns: [{ at: at('2026-11-23T08:00:00Z'), kind: 'OVERDUE', detail: 'x' }], work: 'ATTENTION' }));
    const order = await attendOrder({ orders }, by);
    expect(order).toMatchObject({ concerns: [], acts: [{ act: 'ATTEND', why: 'The carrier is back' }] });
    expect(orders.order.work).toBe('OPEN#7');
  });
});

describe('a failed execution', () => {
  it.each([
    ['ProcessOrder', ORDER_ID, 'PROCESSING_FAILED', 'ProcessOrder: FAILED: TypeError: x is undefined'],
    ['UndoOrder', `${ORDER_ID}-refund-1`, 'UNDOING_FAILED', 'UndoOrder refund-1: FAILED: TypeError: x is undefined'],
    ['TellCustomer', `${ORDER_ID}-delivered`, 'MAIL_FAILED', 'TellCustomer delivered: FAILED: TypeError: x is undefined'],
  ] as const)('of %s puts its order on the list, once, with the error', async (machine, name, kind, detail) => {
    const orders = new OneOrder(orderInHand());
    const { log } = logOf(execution(name));
    await noteFailedExecution({ orders, log }, machine, name);
    await noteFailedExecution({ orders, log }, machine, name);
    expect(orders.order.concerns).toEqual([{ at: at('2026-11-23T09:00:00Z'), kind, detail }]);
    expect(orders.order.work).toBe('ATTENTION');
  });

  it('that goes on again by the time the news arrives is none', async () => {
    const orders = new OneOrder(orderInHand());
    await noteFailedExecution({ orders, log: logOf(execution(ORDER_ID, { status: 'RUNNING' })).log }, 'ProcessOrder', ORDER_ID);
    expect(orders.order.concerns).toEqual([]);
  });

  it.each(['by-hand', '0193aa6b-0000-7000-8000-0000000000ff'])('of no order is nobody’s: %s', async (name) => {
    const orders = new OneOrder(orderInHand());
    await noteFailedExecution({ orders, log: logOf().log }, 'ProcessOrder', name);
    expect(orders.order.concerns).toEqual([]);
  });
});

describe('what an operator sees', () => {
  it('has all executions that there have been, and nothing that only the customer may pay with', async () => {
    const orders = new OneOrder(orderInHand({ undoing, undone: [{ ...undoing, undoingId: 'refund-0' }], action: { clientSecret: 'pi_1_secret_x', before: at('2026-11-23T08:15:00Z') } }));
    const shown = await showOrder({ orders, log: logOf(execution(ORDER_ID), execution(`${ORDER_ID}-refund-0`), execution(`${ORDER_ID}-refund-1`)).log }, ORDER_ID);
    expect(shown.executions.map(({ name }) => name).toSorted()).toEqual([ORDER_ID, `${ORDER_ID}-refund-0`, `${ORDER_ID}-refund-1`]);
    expect(shown.action).toEqual({ before: at('2026-11-23T08:15:00Z') });
    expect(JSON.stringify(shown)).not.toContain('secret');
    expect(shown.payment.intentId).toBe('pi_1');
  });

  it('names executions as Step Functions takes them: at most 80 characters, each once', () => {
    const names = executionsOf(orderInHand({ undone: [{ ...undoing, undoingId: `refund-${'0'.repeat(24)}` }], undoing })).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[\w-]{1,80}$/);
  });
});
