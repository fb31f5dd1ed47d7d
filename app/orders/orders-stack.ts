import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';
import type { RouteName } from '../../contracts/http';
import { ApiFunction } from '../shared/api';
import type { ApiFunctionProps, PublicApi } from '../shared/api';
import type { FunctionDefaults } from '../shared/function';
import { RetainedTable } from '../shared/table';

export interface OrdersStackProps extends StackProps {
  readonly api: PublicApi;
  readonly functions: FunctionDefaults;
  readonly products: RetainedTable;
  /** Orders that come with this app client's tokens are marked synthetic. @default there is no gate */
  readonly gateClientId?: string;
  readonly deletionProtection: boolean;
  /** Of the stream of changes: a shard takes 1,000 of them a second, and readers may be behind by so many hours. */
  readonly changes: { readonly shards: number; readonly keepHours: number };
}

const BY_CUSTOMER = 'by-customer';
/** Orders that are not settled: by shard, or those that a person has to look at. */
const BY_WORK = 'by-work';

/** From a basket to an accepted order: what it would cost, submitting it once, and reading one's own. */
export class OrdersStack extends Stack {
  readonly orders: RetainedTable;
  /** Every change of an order as DynamoDB writes it: at least once, in no order. The stream of the table itself has its two readers. */
  readonly orderChanges: kinesis.IStream;
  readonly ordersTableName: CfnOutput;

  constructor(scope: Construct, id: string, props: OrdersStackProps) {
    super(scope, id, props);
    const { products, deletionProtection } = props;
    this.orderChanges = new kinesis.Stream(this, 'OrderChanges', {
      streamMode: kinesis.StreamMode.PROVISIONED,
      shardCount: props.changes.shards,
      retentionPeriod: Duration.hours(props.changes.keepHours),
      encryption: kinesis.StreamEncryption.MANAGED,
    });
    this.orders = new RetainedTable(this, 'Orders', {
      partitionKey: 'orderId',
      stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      kinesisStream: this.orderChanges,
      deletionProtection,
    });
    this.orders.addGlobalSecondaryIndex({
      indexName: BY_CUSTOMER,
      partitionKey: { name: 'customerId', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'createdAt', type: dynamodb.AttributeType.STRING },
    });
    this.orders.addGlobalSecondaryIndex({
      indexName: BY_WORK,
      partitionKey: { name: 'work', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'createdAt', type: dynamodb.AttributeType.STRING },
      projectionType: dynamodb.ProjectionType.KEYS_ONLY,
    });
    const quotes = new RetainedTable(this, 'Quotes', { partitionKey: 'quoteId', timeToLiveAttribute: 'deleteAfter', deletionProtection });
    const requests = new RetainedTable(this, 'OrderRequests', { partitionKey: 'requestKey', timeToLiveAttribute: 'deleteAfter', deletionProtection });
    const tables = {
      PRODUCTS_TABLE_NAME: products.tableName,
      QUOTES_TABLE_NAME: quotes.tableName,
      ORDERS_TABLE_NAME: this.orders.tableName,
      ORDER_REQUESTS_TABLE_NAME: requests.tableName,
    };
    const { ORDERS_TABLE_NAME, PRODUCTS_TABLE_NAME, QUOTES_TABLE_NAME } = tables;
    const answering = (functionId: string, route: RouteName, more: Omit<ApiFunctionProps, 'api' | 'defaults'>): ApiFunction =>
      new ApiFunction(this, functionId, route, { api: props.api, defaults: props.functions, ...more });

    const createQuote = answering('CreateQuote', 'createQuote', {
      entry: 'orders/create-quote',
      description: 'Prices, shipping and tax of a basket, kept for some minutes',
      environment: { PRODUCTS_TABLE_NAME, QUOTES_TABLE_NAME },
    });
    products.allow(createQuote, 'BatchGetItem');
    quotes.allow(createQuote, 'PutItem');

    const submitOrder = answering('SubmitOrder', 'submitOrder', {
      entry: 'orders/submit-order',
      description: 'Order, idempotency record and stock in one transaction',
      environment: { ...tables, ...(props.gateClientId && { GATE_CLIENT_ID: props.gateClientId }) },
      // A customer waits for this one: a whole vCPU.
      memorySize: 1_769,
    });
    // DynamoDB judges a transaction by its parts; there is no permission for the whole.
    requests.allow(submitOrder, 'GetItem', 'PutItem');
    quotes.allow(submitOrder, 'GetItem', 'UpdateItem');
    this.orders.allow(submitOrder, 'PutItem');
    products.allow(submitOrder, 'UpdateItem');

    const listOrders = answering('ListOrders', 'listOrders', { entry: 'orders/list-orders', description: "One's own orders, newest first", environment: { ORDERS_TABLE_NAME } });
    this.orders.allowIndex(BY_CUSTOMER, listOrders, 'Query');

    const getOrder = answering('GetOrder', 'getOrder', { entry: 'orders/get-order', description: "One of one's own orders", environment: { ORDERS_TABLE_NAME } });
    this.orders.allow(getOrder, 'GetItem');

    this.ordersTableName = new CfnOutput(this, 'OrdersTableName', { value: this.orders.tableName });
  }
}
