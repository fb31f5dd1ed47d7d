import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { IDEMPOTENCY_KEY_HEADER, ORIGIN_SECRET_HEADER } from '../../../contracts/headers';
import { Problem, problemCode } from '../../../contracts/problem';
import { toItem } from '../../../lambdas/shared/dynamodb';
import { startMinistack, type TestServer } from '../ministack/ministackServer';
import { table } from '../ministack/tables';

export const GATE_CLIENT_ID = 'gate-client';
/** What one customer may order within a minute here. */
export const ORDERS_A_MINUTE = 12;
const ORIGIN_SECRET = 'the-origin-secret';
const TABLES = { products: 'products', quotes: 'quotes', orders: 'orders', requests: 'order-requests', counts: 'call-counts' } as const;
type TableName = keyof typeof TABLES;

export type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** A customer as API Gateway's authorizer makes them known. */
export interface Customer {
  readonly sub: string;
  readonly clientId?: string;
}

export interface Call {
  readonly customer?: Customer;
  readonly idempotencyKey?: string;
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly rawBody?: string;
  readonly headers?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The name of the problem, when the answer is one. */
  readonly problem?: string;
  readonly json: unknown;
}

/** The shop's tables on a DynamoDB of the test's own, and its functions in this process. */
export class ShopServer {
  private constructor(
    private readonly server: TestServer,
    readonly dynamo: DynamoDBClient,
  ) {}

  static async start(): Promise<ShopServer> {
    const server = await startMinistack();
    const dynamo = new DynamoDBClient(server.client());
    await Promise.all([
      dynamo.send(new CreateTableCommand(table(TABLES.products, 'productId', { name: 'by-category', keys: ['category', 'productId'] }))),
      dynamo.send(new CreateTableCommand(table(TABLES.quotes, 'quoteId'))),
      dynamo.send(new CreateTableCommand(table(TABLES.requests, 'requestKey'))),
      dynamo.send(new CreateTableCommand(table(TABLES.counts, 'counter'))),
      dynamo.send(new CreateTableCommand(table(TABLES.orders, 'orderId', { name: 'by-customer', keys: ['customerId', 'createdAt'] }))),
    ]);
    const { ARN: secretArn } = await new SecretsManagerClient(server.client()).send(new CreateSecretCommand({ Name: 'origin', SecretString: ORIGIN_SECRET }));
    const { endpoint, region, credentials } = server.client();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      POWERTOOLS_SERVICE_NAME: 'shop',
      POWERTOOLS_METRICS_NAMESPACE: 'Website',
      POWERTOOLS_LOG_LEVEL: 'SILENT',
      POWERTOOLS_METRICS_DISABLED: 'true',
      ORIGIN_SECRET_ARN: secretArn,
      PRODUCTS_TABLE_NAME: TABLES.products,
      QUOTES_TABLE_NAME: TABLES.quotes,
      ORDERS_TABLE_NAME: TABLES.orders,
      ORDER_REQUESTS_TABLE_NAME: TABLES.requests,
      CALL_COUNTS_TABLE_NAME: TABLES.counts,
      CALLS_A_MINUTE: String(ORDERS_A_MINUTE),
      GATE_CLIENT_ID,
    });
    return new ShopServer(server, dynamo);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  async stockUp(productId: string, stock: number, more: Record<string, unknown> = {}): Promise<void> {
    const product = {
      productId,
      name: `The ${productId}`,
      description: 'As described.',
      category: 'Kitchen',
      vendor: 'Kesselhaus',
      price: { amount: 1_000, currency: 'EUR' },
      stock,
      active: true,
      image: `/products/${productId}.svg`,
      version: 1,
      updatedAt: '2026-11-01T00:00:00.000Z',
      ...more,
    };
    await this.dynamo.send(new PutItemCommand({ TableName: TABLES.products, Item: toItem(product) }));
  }

  async product(productId: string): Promise<Record<string, unknown>> {
    const { Item: item = {} } = await this.dynamo.send(new GetItemCommand({ TableName: TABLES.products, Key: toItem({ productId }), ConsistentRead: true }));
    return unmarshall(item);
  }

  async items(name: TableName): Promise<Record<string, unknown>[]> {
    const { Items: items = [] } = await this.dynamo.send(new ScanCommand({ TableName: TABLES[name], ConsistentRead: true }));
    return items.map((item) => unmarshall(item));
  }
}

/** What API Gateway makes of a request that came through CloudFront, put to a function. */
export async function call(handler: Handler, request: Call = {}): Promise<Answer> {
  const { customer, path, query, body, rawBody = body === undefined ? undefined : JSON.stringify(body) } = request;
  const headers = {
    [ORIGIN_SECRET_HEADER]: ORIGIN_SECRET,
    ...(rawBody !== undefined && { 'content-type': 'application/json' }),
    ...(request.idempotencyKey && { [IDEMPOTENCY_KEY_HEADER]: request.idempotencyKey }),
    ...request.headers,
  };
  const claims = customer && { sub: customer.sub, client_id: customer.clientId ?? 'web-client', token_use: 'access' };
  const event = {
    version: '2.0',
    headers,
    isBase64Encoded: false,
    pathParameters: path,
    queryStringParameters: query,
    body: rawBody,
    requestContext: { requestId: randomUUID(), http: { method: 'POST', path: '/api' }, ...(claims && { authorizer: { jwt: { claims, scopes: ['shop/orders'] } } }) },
  };
  // What API Gateway and Lambda add beyond this, no function reads.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { statusCode = 0, body: text = '', headers: answered = {} } = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  const json: unknown = text && JSON.parse(text);
  return { status: statusCode, headers: answered, text, json, problem: statusCode >= 400 ? problemCode(Problem.parse(json)) : undefined };
}
