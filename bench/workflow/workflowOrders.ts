import { randomUUID } from 'node:crypto';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { v7 as uuidv7 } from 'uuid';
import { IdempotencyKey, OrderId } from '../../contracts/ids';
import { toInstant } from '../../contracts/instant';
import { euros } from '../../contracts/money';
import { openShardOf, OrderRecord } from '../../contracts/order-record';
import { Shop } from '../../pipeline/gate/shop';
import { address, BenchShoppers } from '../orders/shoppers';
import type { DevEnvironment } from '../orders/devEnvironment';

/** The orders table, and an order that came the whole way to be copied. */
export class WorkflowOrders {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #first: OrderRecord;

  private constructor(client: DynamoDBClient, table: string, first: OrderRecord) {
    this.#client = client;
    this.#table = table;
    this.#first = first;
  }

  /** Places one order through the edge. */
  static async open(dev: DevEnvironment): Promise<WorkflowOrders> {
    const shoppers = await BenchShoppers.signUp(1, dev);
    const [{ token, quoteIds: [quoteId] } = { token: '', quoteIds: [] }] = await shoppers.baskets(1, 1);
    const body = { quoteId, shippingAddress: address, paymentMethod: 'pm_card_visa' };
    const { orderId } = await new Shop(await dev.output('Edge', 'SiteUrl')).call('submitOrder', { token, idempotencyKey: randomUUID(), body });
    const client = new DynamoDBClient(dev.settings);
    const table = await dev.table('Orders', 'Orders');
    return new WorkflowOrders(client, table, await read(client, table, orderId));
  }

  /** Puts accepted orders into the table, whose stream starts the workflow of each. */
  async accept(count: number): Promise<OrderId[]> {
    const orders = Array.from({ length: count }, () => acceptedAnew(this.#first, new Date()));
    await Promise.all(orders.map((order) => this.#client.send(new PutItemCommand({ TableName: this.#table, Item: marshall(order, { removeUndefinedValues: true }) }))));
    return orders.map(({ orderId }) => orderId);
  }

  find(orderId: OrderId): Promise<OrderRecord> {
    return read(this.#client, this.#table, orderId);
  }
}

async function read(client: DynamoDBClient, table: string, orderId: string): Promise<OrderRecord> {
  const { Item: item } = await client.send(new GetItemCommand({ TableName: table, Key: { orderId: { S: orderId } }, ConsistentRead: true }));
  return OrderRecord.parse(item && unmarshall(item));
}

/** The same order from another request, as submission leaves it: nothing has become of it yet. */
export function acceptedAnew(order: OrderRecord, at: Date): OrderRecord {
  const { shipment: _shipment, action: _action, ...rest } = order;
  const orderId = OrderId.parse(uuidv7({ msecs: at.getTime() }));
  const now = toInstant(at);
  return {
    ...rest,
    orderId,
    idempotencyKey: IdempotencyKey.parse(randomUUID()),
    status: 'ACCEPTED',
    payment: { status: 'PENDING', captured: euros(0), refunded: euros(0) },
    timeline: [{ at: now, event: 'ACCEPTED' }],
    work: openShardOf(orderId),
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}
