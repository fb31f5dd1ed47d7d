import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { euros } from '../../../contracts/money';
import { OrderRecord } from '../../../contracts/order-record';
import { fromItem, toItem } from '../../../lambdas/shared/dynamodb';
import type { Item } from '../../../lambdas/shared/dynamodb';
import { acted, mailed, paymentCaptured } from '../../../lambdas/workflow/order-changes';
import type { OrderChange } from '../../../lambdas/workflow/order-changes';
import { WorkflowOrders } from '../../../lambdas/workflow/orders-table';
import { orderInHand, ORDER_ID } from './orderInHand';

/** A table that does the first write and loses its answer: the SDK tries again, and is told that the condition does not hold. */
function tableThatLosesAnAnswer(order: OrderRecord): { readonly client: DynamoDBClient; readonly read: () => OrderRecord } {
  let item: Item = toItem(order);
  let writes = 0;
  const send = async (command: GetItemCommand | PutItemCommand): Promise<object> => {
    if (!(command instanceof PutItemCommand)) return { Item: item };
    item = command.input.Item ?? {};
    if (++writes > 1) return {};
    throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
  };
  return { client: { send } as Partial<DynamoDBClient> as DynamoDBClient, read: () => OrderRecord.parse(fromItem(item)) };
}

it.each<[string, OrderChange]>([
  ['the money is taken', paymentCaptured(euros(7_000))],
  ['a mail is sent', mailed('MAIL_SENT', 'confirmation')],
  ['an operator acts', acted({ act: 'RETRY', by: 'operator:eve', why: 'The carrier is back' })],
])('when %s, that is written once, whatever answer is lost', async (_, change) => {
  const before = orderInHand({ status: 'SHIPMENT_BOOKED' });
  const table = tableThatLosesAnAnswer(before);
  let seconds = 0;
  const orders = new WorkflowOrders(table.client, 'orders', () => new Date(Date.UTC(2026, 10, 26, 12, 0, seconds++)));
  await orders.change(ORDER_ID, change);
  const after = table.read();
  expect(after.version).toBe(before.version + 1);
  expect(after.timeline.length + after.acts.length).toBe(before.timeline.length + before.acts.length + 1);
});
