import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvalidToken, SendTaskSuccessCommand, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';
import type { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import type { OrderId } from '../../contracts/ids';
import { fromItem, toItem } from '../shared/dynamodb';

const Wait = z.object({ taskToken: z.optional(z.string()) });
const KEPT_SECONDS = 86_400;

/**
 * Executions that wait for their customer: partition key `orderId`, the task token, time to live `deleteAfter`.
 * Whoever has news for an order wakes it; news that come before the execution waits are left as `answered`.
 */
export class Waits {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly sfn: Pick<SFNClient, 'send'>,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Makes the order's execution look at its payment again, now or as soon as it would wait. */
  async wake(orderId: OrderId): Promise<void> {
    const { Attributes: before } = await this.client.send(
      new UpdateItemCommand({
        TableName: this.tableName,
        Key: toItem({ orderId }),
        UpdateExpression: 'SET answered = :yes, deleteAfter = :later',
        ExpressionAttributeValues: toItem({ ':yes': true, ':later': Math.floor(this.now().getTime() / 1_000) + KEPT_SECONDS }),
        ReturnValues: 'ALL_OLD',
      }),
    );
    const { taskToken } = Wait.parse(before ? fromItem(before) : {});
    if (taskToken === undefined) return;
    try {
      await this.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    } catch (error) {
      // Woken before, or past its deadline: it has looked or will look by itself.
      if (!(error instanceof TaskDoesNotExist || error instanceof TaskTimedOut || error instanceof InvalidToken)) throw error;
    }
  }
}
