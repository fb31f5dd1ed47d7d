import * as z from 'zod/mini';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { OrdersTable } from './orders-table';

/** The orders table that ORDERS_TABLE_NAME names. @throws Error when it names none */
export function configuredOrdersTable(): OrdersTable {
  const { ORDERS_TABLE_NAME } = readEnvironment(z.object({ ORDERS_TABLE_NAME: z.string() }));
  return new OrdersTable(dynamoDb(), ORDERS_TABLE_NAME);
}
