import { eventually } from '../../support/eventually';
import type { OperatedShop } from './operatedShop';

/** What the scheduled comparison of orders with executions, payments and shipments mends, and what it puts before a person. */
export function comparison(given: () => OperatedShop): void {
  test('starts what the stream has lost, wakes who has answered unheard, and puts money that is gone on the list', async () => {
    const { dev, shop, outside } = given();
    const [cancelled, givenBack, unheard] = await Promise.all([given().confirmed(), given().confirmed(), given().place({ paymentMethod: 'pm_card_authenticationRequired' })]);
    await shop.orderWith('ACTION_REQUIRED', unheard.customer, unheard.orderId);
    await outside.setFaults('payment', [{ match: { path: 'payment_intent.*' }, fault: 'drop-webhook' }]);
    await outside.giveSecondFactor(unheard.orderId);
    await given().listen(false);
    const unstarted = await given().place();
    await given().cancel(cancelled);
    await outside.giveBack(givenBack.orderId);

    for (const { orderId } of [cancelled, givenBack, unheard, unstarted]) await given().letRest(orderId, 20);
    const begun = Date.now();
    await dev.hurry('Workflow', 'Reconcile');

    await Promise.all([
      shop.orderWith('CANCELLED', cancelled.customer, cancelled.orderId),
      shop.orderWith('CONFIRMED', unheard.customer, unheard.orderId),
      shop.orderWith('CONFIRMED', unstarted.customer, unstarted.orderId),
    ]);
    expect(await given().concernsOf(givenBack.orderId)).toMatchObject([{ kind: 'OUT_OF_STEP', detail: expect.stringContaining(`refunded ${(givenBack.order.total.amount / 100).toFixed(2)} EUR`) }]);
    const repaired = (await dev.logged('Workflow', 'Reconcile', 'repaired', begun)).map(({ finding }) => finding);
    expect(repaired).toEqual(
      expect.arrayContaining([
        { key: `${unstarted.orderId} execution`, what: 'ProcessOrder was never started' },
        { key: `${cancelled.orderId} execution`, what: 'UndoOrder was never started' },
        { key: `${unheard.orderId} payment`, what: 'The customer has answered, and nobody heard of it' },
      ]),
    );

    // What comes late after all is as good as done.
    await outside.setFaults('payment', []);
    await given().listen(true);
    const later = await given().confirmed();
    for (const { orderId } of [unstarted, cancelled, later]) {
      const { executions } = await eventually(() => given().shown(orderId));
      expect(executions.map(({ machine, status }) => [machine, status])).toEqual([['ProcessOrder', 'SUCCEEDED'], ...(orderId === cancelled.orderId ? [['UndoOrder', 'SUCCEEDED']] : [])]);
    }
  });
}
