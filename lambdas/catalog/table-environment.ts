import * as z from 'zod/mini';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { ProductsTable } from './products-table';

/** The products table that PRODUCTS_TABLE_NAME names. @throws Error when it names none */
export function configuredProductsTable(): ProductsTable {
  const { PRODUCTS_TABLE_NAME } = readEnvironment(z.object({ PRODUCTS_TABLE_NAME: z.string() }));
  return new ProductsTable(dynamoDb(), PRODUCTS_TABLE_NAME);
}
