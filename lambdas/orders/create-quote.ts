import * as z from 'zod/mini';
import { QuoteRequest } from '../../contracts/quote';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { created, httpFunction } from '../shared/http';
import { bodyOf } from '../shared/request';
import { ProductStock } from './product-stock';
import { QuotesTable } from './quotes-table';
import { createQuote } from './quoting';

const { PRODUCTS_TABLE_NAME, QUOTES_TABLE_NAME } = readEnvironment(z.object({ PRODUCTS_TABLE_NAME: z.string(), QUOTES_TABLE_NAME: z.string() }));
const client = dynamoDb();
const quoting = { stock: new ProductStock(client, PRODUCTS_TABLE_NAME), quotes: new QuotesTable(client, QUOTES_TABLE_NAME), now: () => new Date() };

/**
 * `POST /api/quotes`.
 * Needs: dynamodb:BatchGetItem on the products table, dynamodb:PutItem on the quotes table, secretsmanager:GetSecretValue.
 * Environment: PRODUCTS_TABLE_NAME, QUOTES_TABLE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const request = bodyOf(event, QuoteRequest);
  return created(await createQuote(quoting, request));
});
