import { CreateTableCommand, DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { OrderId } from '../../../contracts/ids';
import { OrderRecord } from '../../../contracts/order-record';
import { fromItem, toItem } from '../../../lambdas/shared/dynamodb';
import type { Item } from '../../../lambdas/shared/dynamodb';
import type { OrderStreamRecord } from '../../../lambdas/workflow/executions';
import { startMinistack } from '../ministack/ministackServer';
import type { TestServer } from '../ministack/ministackServer';
import { table } from '../ministack/tables';

export const TABLES = { orders: 'Orders', products: 'Products', waits: 'Waits' } as const;

/** The workflow's tables on a real DynamoDB, and the stream of the orders table: each write, with the item before and after. */
export class OrderTables {
  readonly client: DynamoDBClient;
  readonly #images = new Map<string, Item>();
  #onChange: (record: OrderStreamRecord) => void = () => undefined;

  private constructor(private readonly server: TestServer) {
    this.client = new DynamoDBClient(server.client());
    this.client.middlewareStack.add(
      (next) => async (call) => {
        const result = await next(call);
        if (isWrite(call.input)) await this.#readChanges(call.input);
        return result;
      },
      { step: 'initialize' },
    );
  }

  static async start(): Promise<OrderTables> {
    const tables = new OrderTables(await startMinistack());
    await tables.client.send(new CreateTableCommand(table(TABLES.orders, 'orderId', { name: 'by-work', keys: ['work', 'createdAt'] })));
    await tables.client.send(new CreateTableCommand(table(TABLES.products, 'productId')));
    await tables.client.send(new CreateTableCommand(table(TABLES.waits, 'orderId')));
    return tables;
  }

  /** @param listener of the orders table's stream */
  onChange(listener: (record: OrderStreamRecord) => void): void {
    this.#onChange = listener;
  }

  async order(orderId: OrderId): Promise<OrderRecord> {
    const { Item: item } = await this.client.send(new GetItemCommand({ TableName: TABLES.orders, Key: toItem({ orderId }), ConsistentRead: true }));
    if (!item) throw new Error(`There is no order ${orderId}`);
    return OrderRecord.parse(fromItem(item));
  }

  async removeOrders(orders: readonly Pick<OrderRecord, 'orderId'>[]): Promise<void> {
    for (const { orderId } of orders) await this.client.send(new DeleteItemCommand({ TableName: TABLES.orders, Key: toItem({ orderId }) }));
  }

  async stock(): Promise<Map<string, number>> {
    const { Items: items = [] } = await this.client.send(new ScanCommand({ TableName: TABLES.products, ConsistentRead: true }));
    return new Map(items.map((item) => fromItem(item)).map((product) => [String(product.productId), Number(product.stock)]));
  }

  async putProduct(product: { readonly productId: string; readonly stock: number }): Promise<void> {
    await this.client.send(new PutItemCommand({ TableName: TABLES.products, Item: toItem({ ...product, active: true, version: 1 }) }));
  }

  async removeProduct(productId: string): Promise<void> {
    await this.client.send(new DeleteItemCommand({ TableName: TABLES.products, Key: toItem({ productId }) }));
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** Reading right after each write sees every version, because a test's writers are in this one process and each waits for it. */
  async #readChanges(input: Written): Promise<void> {
    for (const orderId of ordersIn(input)) {
      const { Item: item } = await this.client.send(new GetItemCommand({ TableName: TABLES.orders, Key: { orderId: { S: orderId } }, ConsistentRead: true }));
      const before = this.#images.get(orderId);
      if (!item || item.version?.N === before?.version?.N) continue;
      this.#images.set(orderId, item);
      this.#onChange({ eventName: before ? 'MODIFY' : 'INSERT', dynamodb: { NewImage: item, ...(before && { OldImage: before }) } });
    }
  }
}

type Written = Partial<PutItemCommand['input'] & UpdateItemCommand['input'] & TransactWriteItemsCommand['input']>;
const isWrite = (input: object): input is Written => 'Item' in input || 'UpdateExpression' in input || 'TransactItems' in input;

function ordersIn({ TableName: table, Item: item, Key: key, TransactItems: parts = [] }: Written): string[] {
  const whole = [{ table, key: item ?? key }, ...parts.map(({ Put: put, Update: update }) => ({ table: (put ?? update)?.TableName, key: put?.Item ?? update?.Key }))];
  return whole.flatMap((part) => (part.table === TABLES.orders ? (part.key?.orderId?.S ?? []) : []));
}
