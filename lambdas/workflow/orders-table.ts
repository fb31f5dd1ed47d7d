import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import pRetry from 'p-retry';
import type { OrderId } from '../../contracts/ids';
import { toInstant } from '../../contracts/instant';
import { OrderRecord } from '../../contracts/order-record';
import { fromItem, toItem } from '../shared/dynamodb';
import type { OrderChange } from './order-changes';

/** Somebody else changed the order between reading and writing. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Ten readings in about two seconds: more writers than that at one order there are not. */
const PATIENCE = { retries: 9, factor: 1.6, minTimeout: 10, maxTimeout: 500, randomize: true };

/** The orders table as the workflow changes it: read, decide, write on condition that nobody else wrote meanwhile. */
export class WorkflowOrders {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async find(orderId: OrderId): Promise<OrderRecord | undefined> {
    const { Item: item } = await this.client.send(new GetItemCommand({ TableName: this.tableName, Key: toItem({ orderId }), ConsistentRead: true }));
    return item && OrderRecord.parse(fromItem(item));
  }

  /** @throws Error when there is no such order: whoever asks has its id from the order itself */
  async get(orderId: OrderId): Promise<OrderRecord> {
    const order = await this.find(orderId);
    if (!order) throw new Error(`There is no order ${orderId}`);
    return order;
  }

  /**
   * Applies the changes in turn and writes once.
   * @param known the order as just read, to spare a reading
   * @returns the order as it is now, changed or not
   */
  change(orderId: OrderId, changes: OrderChange | readonly OrderChange[], known?: OrderRecord): Promise<OrderRecord> {
    let read = known;
    const at = toInstant(this.now());
    return pRetry(
      async () => {
        const order = read ?? (await this.get(orderId));
        read = undefined;
        const changed = [changes].flat().reduce((current, change) => change(current, at) ?? current, order);
        if (changed === order) return order;
        const next = { ...changed, version: order.version + 1, updatedAt: at };
        await this.#replace(next, order.version);
        return next;
      },
      { ...PATIENCE, shouldRetry: ({ error }) => error instanceof Overtaken },
    );
  }

  async #replace(order: OrderRecord, version: number): Promise<void> {
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.tableName,
          Item: toItem(order),
          ConditionExpression: 'version = :version',
          ExpressionAttributeValues: toItem({ ':version': version }),
        }),
      );
    } catch (error) {
      // The SDK's own retry after a lost answer also ends here; reading again finds the change made.
      if (error instanceof ConditionalCheckFailedException) throw new Overtaken('Somebody else wrote', { cause: error });
      throw error;
    }
  }
}
