import { createHash } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { OrderId } from '../../contracts/ids';
import type { CustomerId, IdempotencyKey } from '../../contracts/ids';
import type { Order, SubmitOrderRequest } from '../../contracts/order';
import { fromItem, toItem } from '../shared/dynamodb';

/** How long the same key gets the same answer. */
const KEPT_SECONDS = 24 * 3600;

/** An answered request: what it asked for, and the very text of the answer. */
const OrderRequest = z.object({ fingerprint: z.string(), orderId: OrderId, answer: z.string(), deleteAfter: z.number() });

export interface RequestIdentity {
  readonly customerId: CustomerId;
  readonly idempotencyKey: IdempotencyKey;
  readonly request: SubmitOrderRequest;
}

const hash = (...parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
/** Keys are a customer's own: the same key of another customer is another request. */
const requestKeyOf = ({ customerId, idempotencyKey }: RequestIdentity): string => hash(customerId, idempotencyKey);
/** The parsed request, so that neither white space nor the order of members makes it another one. */
const fingerprintOf = ({ request }: RequestIdentity): string => {
  const { quoteId, shippingAddress: to, email, paymentMethod, language } = request;
  // English, which an older page leaves out, adds nothing: what an earlier release has recorded is still the same request.
  const spoken = language === 'en' ? [] : [language];
  return hash(quoteId, email ?? '', to.name, to.line1, to.line2 ?? '', to.postalCode, to.city, to.region ?? '', to.country, paymentMethod, ...spoken);
};

/** What the same key has been used for before: nothing, the same request, or another one. */
export type Earlier = { readonly is: 'none' } | { readonly is: 'same'; readonly orderId: OrderId; readonly answer: string } | { readonly is: 'other' };

/** The idempotency records of submitted orders: partition key `requestKey`, time to live `deleteAfter`. */
export class OrderRequestsTable {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  /** Whether this key has been answered before, and to the same request. */
  async earlier(identity: RequestIdentity, now: Date): Promise<Earlier> {
    const { Item: item } = await this.client.send(
      new GetItemCommand({ TableName: this.tableName, Key: toItem({ requestKey: requestKeyOf(identity) }), ConsistentRead: true }),
    );
    if (!item) return { is: 'none' };
    const { fingerprint, orderId, answer, deleteAfter } = OrderRequest.parse(fromItem(item));
    // DynamoDB deletes what has outlived itself within days, not at once.
    if (deleteAfter <= seconds(now)) return { is: 'none' };
    return fingerprint === fingerprintOf(identity) ? { is: 'same', orderId, answer } : { is: 'other' };
  }

  /** Records the answer unless this key has one already, which cancels the transaction. */
  record(identity: RequestIdentity, order: Order, now: Date): TransactWriteItem {
    const record = { fingerprint: fingerprintOf(identity), answer: JSON.stringify(order), deleteAfter: seconds(now) + KEPT_SECONDS };
    return {
      Put: {
        TableName: this.tableName,
        Item: toItem({ requestKey: requestKeyOf(identity), orderId: order.orderId, ...record }),
        ConditionExpression: 'attribute_not_exists(requestKey) OR deleteAfter <= :now',
        ExpressionAttributeValues: toItem({ ':now': seconds(now) }),
      },
    };
  }
}

const seconds = (instant: Date): number => Math.floor(instant.getTime() / 1_000);
