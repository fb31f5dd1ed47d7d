import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { euros } from '../../contracts/money';
import { Definition, emptied } from '../../bench/workflow/emptied';
import { perSecond, transitionsIn } from '../../bench/workflow/executions';
import { perOrderRows } from '../../bench/workflow/perOrder';
import { acceptedAnew } from '../../bench/workflow/workflowOrders';
import { definitionOf } from '../app/workflow/stateMachines';
import { orderInHand } from '../lambdas/workflow/orderInHand';
import { execute } from '../support/stateMachine';
import type { Definition as Machine } from '../support/stateMachine';

describe('an emptied ProcessOrder', () => {
  const empty = emptied(Definition.parse(definitionOf('ProcessOrder')), 'arn:echo') as Machine;

  test('passes through the states of a good order', async () => {
    const asked: string[] = [];
    const echo = async ({ state, arguments: given }: { state: string; arguments: unknown }): Promise<unknown> => {
      asked.push(state);
      return Promise.resolve(given);
    };
    const ended = await execute({ definition: empty, name: 'order', perform: echo, now: () => new Date(0), sleep: async () => Promise.resolve() }, { orderId: 'none', lines: [] });
    expect(ended).toMatchObject({ status: 'SUCCEEDED', path: ['Begin', 'AuthorizePayment', 'Authorized?', 'BookShipment', 'RecordShipment', 'CapturePayment', 'Captured?', 'ConfirmByMail', 'Confirmed?', 'Confirmed'] });
    expect(asked).toEqual(['AuthorizePayment', 'CapturePayment', 'ConfirmByMail']);
  });

  test('calls nothing but the function that it is given', () => {
    const tasks = Object.values(empty.States).filter(({ Type }) => Type === 'Task');
    for (const { Arguments } of tasks) expect(Arguments).toMatchObject({ FunctionName: 'arn:echo' });
  });

  test('has no function whose answer is made up', () => {
    const more = Definition.parse({ StartAt: 'Guess', States: { Guess: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } } });
    expect(() => emptied(more, 'arn:echo')).toThrow('Guess');
  });
});

test('a copy of an order is one that nothing has become of yet', () => {
  const order = orderInHand();
  const copy = acceptedAnew(order, new Date('2026-11-24T10:00:00Z'));
  expect(copy).toMatchObject({ status: 'ACCEPTED', version: 1, payment: { status: 'PENDING', captured: euros(0) }, lines: order.lines, timeline: [{ at: '2026-11-24T10:00:00.000Z', event: 'ACCEPTED' }] });
  expect(copy.payment).not.toHaveProperty('intentId');
  expect(copy).not.toHaveProperty('shipment');
  expect(copy.orderId).not.toBe(order.orderId);
  expect(copy.idempotencyKey).not.toBe(order.idempotencyKey);
});

test('executions are counted over the time from the first start to the last end', () => {
  expect(perSecond([{ from: 0, to: 1_000 }, { from: 3_000, to: 4_000 }])).toBe(0.5);
});

test('every state that is entered and every further attempt at a task is a transition', () => {
  const types = ['ExecutionStarted', 'PassStateEntered', 'TaskStateEntered', 'TaskScheduled', 'TaskFailed', 'TaskScheduled', 'TaskSucceeded', 'SucceedStateEntered', 'ExecutionSucceeded'] as const;
  expect(transitionsIn(types.map((type, id): HistoryEvent => ({ id, type, timestamp: new Date(0) })))).toBe(4);
});

test('what an order takes is told with its price and against the least', () => {
  const rows = perOrderRows('confirmed', { orders: 2, transitions: 22, payment: 6, carrier: 2, mails: 2, writes: 12 }, { transitions: 10, payment: 3 });
  expect(rows.find(({ what }) => what === 'state transitions until confirmed')).toEqual({ what: 'state transitions until confirmed', figures: { 'an order': 11, least: 10, 'US ct per 1,000': 27.5 }, ratio: { value: 1.1, unit: '×', aim: { atMost: 1 } } });
  expect(rows.find(({ what }) => what.startsWith('writes'))).toEqual({ what: 'writes of the order until confirmed', figures: { 'an order': 6 } });
});
