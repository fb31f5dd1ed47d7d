import { randomUUID } from 'node:crypto';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListStateMachinesCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Browser } from 'playwright-core';
import { OPERATORS_GROUP, type OperatorOrderWithExecutions, type OrderInNeed } from '../../../contracts/operations';
import { website } from '../../../stages/environments';
import { eventually } from '../../support/eventually';
import type { DevShop } from './customers';
import { Outside } from './outside';
import { importProducts } from './products';
import type { RunningWebsite } from './runningWebsite';
import { tokenOf } from './tokens';

interface Given {
  readonly dev: DevShop;
  readonly running: RunningWebsite;
  readonly browser: Browser;
}

/** What docs/runbooks.md has operators do about executions that have failed: the rule that hears of them, the list, the retry. */
export function failedExecutions(given: () => Given): void {
  const productId = `leaving-print-${randomUUID().slice(0, 8)}`;
  const importProduct = () => importProducts(given().running, [`${productId},Leaving Print,"Here, gone, and here again.",Stationery,Papiermühle Lind,49.00,10`]);
  let token: string;
  const settings = () => given().running.settings(website.environments.find(({ name }) => name === 'Dev')?.account ?? '');
  const onOrder = (orderId: string) => ({ token, pathParameters: { orderId } });
  const shown = (orderId: string): Promise<OperatorOrderWithExecutions> => given().dev.shop.call('showOrder', onOrder(orderId));
  const listed = async (orderId: string): Promise<OrderInNeed | undefined> => (await given().dev.shop.call('listAttention', { token })).orders.find((order) => order.orderId === orderId);
  const retry = (orderId: string, reason: string) => given().dev.shop.call('retryOrder', { ...onOrder(orderId), body: { reason } });
  /** Somebody orders it, and their bank asks for a second factor. */
  async function orderThatWaits() {
    const { dev } = given();
    const customer = await dev.customer();
    const { orderId } = await dev.order(customer, productId, { paymentMethod: 'pm_card_authenticationRequired' });
    await dev.orderWith('ACTION_REQUIRED', customer, orderId);
    return { customer, orderId };
  }

  beforeAll(async () => {
    token = await tokenOf(given(), OPERATORS_GROUP);
    expect(await importProduct()).toMatchObject({ code: 0 });
  });

  test('finds an undoing that has failed on the list, mends what it failed at, and a retry brings it to its end', async () => {
    const { dev, running } = given();
    const { customer, orderId } = await orderThatWaits();
    await new DynamoDBClient(settings()).send(new DeleteItemCommand({ TableName: await running.output('Dev', 'Catalog', 'ProductsTableName'), Key: { productId: { S: productId } } }));
    await dev.shop.call('cancelOrder', { token: customer.accessToken, pathParameters: { orderId }, body: {} });

    const { concerns } = await eventually(() => listed(orderId));
    expect(concerns).toMatchObject([{ kind: 'UNDOING_FAILED', detail: expect.stringMatching(/^UndoOrder .*TransactionCanceledException/) }]);
    const failed = (await shown(orderId)).executions.find(({ machine }) => machine === 'UndoOrder');
    expect(failed).toMatchObject({ status: 'FAILED', retriable: true });
    expect(failed?.steps.at(-1)).toMatchObject({ name: 'RequireProducts' });

    await importProduct();
    expect((await retry(orderId, 'The product is back')).acts).toMatchObject([{ act: 'RETRY', why: 'The product is back', by: expect.stringMatching(/^operator:/) }]);
    await dev.orderWith('CANCELLED', customer, orderId);
    await dev.shop.call('attendOrder', { ...onOrder(orderId), body: { note: 'Undone' } });
    await eventually(async () => (await listed(orderId)) === undefined);
  });

  test('finds an order whose processing somebody has stopped on the list, and a retry goes on where it was', async () => {
    const { dev, running } = given();
    const { customer, orderId } = await orderThatWaits();
    const sfn = new SFNClient(settings());
    const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
    const machine = stateMachines.find(({ name = '' }) => name.includes('ProcessOrder'))?.stateMachineArn ?? '';
    await sfn.send(new StopExecutionCommand({ executionArn: `${machine.replace(':stateMachine:', ':execution:')}:${orderId}` }));

    expect((await eventually(() => listed(orderId))).concerns).toMatchObject([{ kind: 'PROCESSING_FAILED', detail: expect.stringMatching(/^ProcessOrder: ABORTED/) }]);
    await retry(orderId, 'Stopped by mistake');
    await new Outside(running.sandboxes).giveSecondFactor(orderId);
    await dev.orderWith('CONFIRMED', customer, orderId);
    await dev.shop.call('attendOrder', { ...onOrder(orderId), body: { note: 'It goes on' } });
  });
}
