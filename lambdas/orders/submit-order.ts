import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod/mini';
import { SubmitOrderRequest } from '../../contracts/order';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { created, httpFunction } from '../shared/http';
import { configuredPersonLimit } from '../shared/person-limit';
import { bodyOf, callerOf, idempotencyKeyOf } from '../shared/request';
import { logger } from '../shared/logger';
import { OrderRequestsTable } from './order-requests-table';
import { OrdersTable } from './orders-table';
import { ProductStock } from './product-stock';
import { QuotesTable } from './quotes-table';
import { submitOrder } from './submission';
import type { Accepted } from './submission';
import { transactionsOf } from './transaction';

const config = readEnvironment(
  z.object({
    ORDERS_TABLE_NAME: z.string(),
    ORDER_REQUESTS_TABLE_NAME: z.string(),
    QUOTES_TABLE_NAME: z.string(),
    PRODUCTS_TABLE_NAME: z.string(),
    GATE_CLIENT_ID: z.optional(z.string()),
  }),
);
const metrics = new Metrics();
const client = dynamoDb();
const submission = {
  orders: new OrdersTable(client, config.ORDERS_TABLE_NAME),
  requests: new OrderRequestsTable(client, config.ORDER_REQUESTS_TABLE_NAME),
  quotes: new QuotesTable(client, config.QUOTES_TABLE_NAME),
  stock: new ProductStock(client, config.PRODUCTS_TABLE_NAME),
  transact: transactionsOf(client),
  limit: configuredPersonLimit('submitOrder', client),
  now: () => new Date(),
};

/**
 * `POST /api/orders`.
 * Needs: dynamodb:GetItem and PutItem on the order requests table, GetItem and UpdateItem on the quotes table, PutItem on
 * the orders table, UpdateItem on the products table (a transaction is judged by its parts), UpdateItem on the call counts
 * table, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, ORDER_REQUESTS_TABLE_NAME, QUOTES_TABLE_NAME, PRODUCTS_TABLE_NAME,
 * CALL_COUNTS_TABLE_NAME, CALLS_A_MINUTE, ORIGIN_SECRET_ARN, GATE_CLIENT_ID where there is a gate. Time-out: 10 seconds.
 */
export const handler = httpFunction(async (event) => {
  const { customerId, clientId } = callerOf(event);
  const submitted = { customerId, idempotencyKey: idempotencyKeyOf(event), request: bodyOf(event, SubmitOrderRequest), synthetic: clientId === config.GATE_CLIENT_ID };
  const accepted = await submitOrder(submission, submitted);
  record(accepted, submitted.synthetic);
  return created(accepted.answer, `/api/orders/${accepted.orderId}`);
});

function record({ orderId, repeated }: Accepted, synthetic: boolean): void {
  logger.info('accepted', { orderId, repeated, synthetic });
  if (repeated || synthetic) return;
  metrics.addMetric('OrdersAccepted', MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}
