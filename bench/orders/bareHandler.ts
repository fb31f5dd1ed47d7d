import { randomUUID } from 'node:crypto';
import { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

const client = new DynamoDBClient({});
const { ORDERS_TABLE_NAME: orders, ORDER_REQUESTS_TABLE_NAME: requests, QUOTES_TABLE_NAME: quotes, PRODUCTS_TABLE_NAME: products, CALL_COUNTS_TABLE_NAME: counts } = process.env;

const read = (table: string | undefined, key: Record<string, AttributeValue>) => client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));

/** The reads and writes of an accepted order on the shop's own tables, and nothing else: no contract, no prices, no log. */
export async function handler(event: APIGatewayProxyEventV2WithJWTAuthorizer): Promise<APIGatewayProxyStructuredResultV2> {
  const { quoteId, shippingAddress } = JSON.parse(event.body ?? '{}');
  const requestKey = { S: event.headers['idempotency-key'] ?? '' };
  const customerId = { S: String(event.requestContext.authorizer.jwt.claims['sub']) };
  const count = new UpdateItemCommand({
    TableName: counts,
    Key: { counter: customerId },
    UpdateExpression: 'ADD calls :one',
    ConditionExpression: 'attribute_not_exists(calls) OR calls < :most',
    ExpressionAttributeValues: { ':one': { N: '1' }, ':most': { N: '1000000' } },
  });
  const [, { Item: quote = {} }] = await Promise.all([read(requests, { requestKey }), read(quotes, { quoteId: { S: quoteId } }), client.send(count)]);
  const productId = quote['lines']?.L?.[0]?.M?.['productId'] ?? { S: '' };
  const orderId = { S: randomUUID() };
  const now = { S: new Date().toISOString() };
  const answer = JSON.stringify({ orderId: orderId.S, quote, shippingAddress });
  await client.send(
    new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: requests, Item: { requestKey, orderId, answer: { S: answer } }, ConditionExpression: 'attribute_not_exists(requestKey)' } },
        {
          Update: {
            TableName: quotes,
            Key: { quoteId: { S: quoteId } },
            UpdateExpression: 'SET orderId = :orderId',
            ConditionExpression: 'attribute_exists(quoteId) AND attribute_not_exists(orderId) AND expiresAt > :now',
            ExpressionAttributeValues: { ':orderId': orderId, ':now': now },
          },
        },
        { Put: { TableName: orders, Item: { ...quote, orderId, customerId, createdAt: now, shippingAddress: { S: JSON.stringify(shippingAddress) } }, ConditionExpression: 'attribute_not_exists(orderId)' } },
        {
          Update: {
            TableName: products,
            Key: { productId },
            UpdateExpression: 'SET stock = stock - :one, version = version + :one, updatedAt = :now',
            ConditionExpression: 'attribute_exists(productId) AND active = :active AND stock >= :one',
            ExpressionAttributeValues: { ':one': { N: '1' }, ':now': now, ':active': { BOOL: true } },
          },
        },
      ],
    }),
  );
  return { statusCode: 201, headers: { 'content-type': 'application/json' }, body: answer };
}
