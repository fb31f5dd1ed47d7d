import { type Awaited, pauseAfter, stillAwaited } from '../../../../storefront/operators/orders/pauses';
import { operatorOrder, stoppedOrder } from '../../operatorOrder';

const order = operatorOrder();
const stopped = operatorOrder(stoppedOrder());
const [execution] = stopped.executions;
const goingOn = { ...stopped, executions: execution ? [{ ...execution, status: 'RUNNING' as const }] : [] };
const awaited = (act: Awaited['act'], before: Awaited['before']): Awaited => ({ act, before, looks: 0 });

test('an order is looked at again while something goes on by itself, and left alone when it waits for somebody', () => {
  expect(pauseAfter(order, undefined)).toBeUndefined();
  expect(pauseAfter(stopped, undefined)).toBeUndefined();
  expect(pauseAfter(goingOn, undefined)).toBeGreaterThan(0);
  expect(pauseAfter({ ...order, status: 'ACCEPTED', executions: [] }, undefined)).toBeGreaterThan(0);
  expect(pauseAfter({ ...order, status: 'UNDOING' }, undefined)).toBeGreaterThan(0);
  expect(pauseAfter({ ...order, status: 'ACTION_REQUIRED' }, undefined)).toBeGreaterThan(pauseAfter(goingOn, undefined) ?? 0);
});

test('after an act it is looked at until that shows', () => {
  const retry = awaited('RETRY', stopped);
  expect(pauseAfter(stopped, retry)).toBeGreaterThan(0);
  expect(stillAwaited(retry, { ...stopped, version: stopped.version + 1 })).toMatchObject({ looks: 1 });
  expect(stillAwaited(retry, goingOn)).toBeUndefined();
  const refund = awaited('REFUND', order);
  expect(stillAwaited(refund, order)).toMatchObject({ looks: 1 });
  expect(stillAwaited(refund, { ...order, version: order.version + 1 })).toBeUndefined();
});

test('what never shows is not looked for without end', () => {
  let left: Awaited | undefined = awaited('RESEND_MAIL', order);
  let looks = 0;
  for (; left && looks < 1_000; looks++) left = stillAwaited(left, order);
  expect(looks).toBeLessThan(100);
});
