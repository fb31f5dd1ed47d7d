import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { CustomerId, OrderId } from '../../contracts/ids';
import { OrderSummary } from '../../contracts/order';
import { OrderRecord } from '../../contracts/order-record';
import { fromItem, toItem } from '../shared/dynamodb';

/** The index of the orders table that a customer's list is read from: `customerId`, sorted by `createdAt`. */
const BY_CUSTOMER = 'by-customer';

/** Where a customer's list goes on. */
export interface OrderPosition {
  readonly createdAt: string;
  readonly orderId: string;
}

/** The orders table: partition key `orderId`. */
export class OrdersTable {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  async find(orderId: OrderId): Promise<OrderRecord | undefined> {
    const { Item: item } = await this.client.send(
      new GetItemCommand({ TableName: this.tableName, Key: toItem({ orderId }), ConsistentRead: true }),
    );
    return item && OrderRecord.parse(fromItem(item));
  }

  /** The newest `limit` orders of a customer, or those that were made before `after`. */
  async newest(customerId: CustomerId, limit: number, after?: OrderPosition): Promise<OrderSummary[]> {
    const { Items: items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.tableName,
        IndexName: BY_CUSTOMER,
        KeyConditionExpression: 'customerId = :customerId',
        ExpressionAttributeValues: toItem({ ':customerId': customerId }),
        ScanIndexForward: false,
        Limit: limit,
        ExclusiveStartKey: after && toItem({ customerId, ...after }),
      }),
    );
    return items.map((item) => OrderSummary.parse(fromItem(item)));
  }

  /** Adds an order, or cancels the transaction when there is one of this id. */
  add(order: OrderRecord): TransactWriteItem {
    return { Put: { TableName: this.tableName, Item: toItem(order), ConditionExpression: 'attribute_not_exists(orderId)' } };
  }
}
