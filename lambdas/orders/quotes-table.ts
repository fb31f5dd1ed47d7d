import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { OrderId } from '../../contracts/ids';
import type { QuoteId } from '../../contracts/ids';
import type { Instant } from '../../contracts/instant';
import { Quote } from '../../contracts/quote';
import { fromItem, toItem } from '../shared/dynamodb';

/** Expired quotes stay a day longer, so that who comes back late is told so and not that there never was a quote. */
const KEPT_AFTER_EXPIRY_SECONDS = 24 * 3600;

/** A quote and, once it has become one, its order. */
const StoredQuote = z.object({ ...Quote.shape, orderId: z.optional(OrderId) });
export type StoredQuote = z.infer<typeof StoredQuote>;

/** The quotes table: partition key `quoteId`, time to live `deleteAfter`. */
export class QuotesTable {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  async keep(quote: Quote): Promise<void> {
    const deleteAfter = Math.floor(Date.parse(quote.expiresAt) / 1_000) + KEPT_AFTER_EXPIRY_SECONDS;
    await this.client.send(new PutItemCommand({ TableName: this.tableName, Item: toItem({ ...quote, deleteAfter }) }));
  }

  async find(quoteId: QuoteId): Promise<StoredQuote | undefined> {
    const { Item: item } = await this.client.send(
      new GetItemCommand({ TableName: this.tableName, Key: toItem({ quoteId }), ConsistentRead: true }),
    );
    return item && StoredQuote.parse(fromItem(item));
  }

  /** Spends a quote that is still valid and unspent on `orderId`, or cancels the transaction. */
  spend(quoteId: QuoteId, orderId: OrderId, now: Instant): TransactWriteItem {
    return {
      Update: {
        TableName: this.tableName,
        Key: toItem({ quoteId }),
        UpdateExpression: 'SET orderId = :orderId',
        ConditionExpression: 'attribute_exists(quoteId) AND attribute_not_exists(orderId) AND expiresAt > :now',
        ExpressionAttributeValues: toItem({ ':orderId': orderId, ':now': now }),
      },
    };
  }
}
