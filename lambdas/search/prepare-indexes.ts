import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { allItems } from './all-items';
import { buildIndex } from './building';
import { ORDERS, PRODUCTS } from './indexed';
import { configuredOpenSearch } from './open-search';

const config = readEnvironment(z.object({ PRODUCTS_TABLE_NAME: z.string(), ORDERS_TABLE_NAME: z.string() }));
const openSearch = configuredOpenSearch(20_000);
const client = dynamoDb();
const tables = [[PRODUCTS, config.PRODUCTS_TABLE_NAME], [ORDERS, config.ORDERS_TABLE_NAME]] as const;

/**
 * The `onEvent` handler of a custom resource (CDK's Provider framework): makes the indexes that this release searches, unless
 * they are there. Deletion leaves it to the domain's own.
 * Needs: dynamodb:Scan on the products table, dynamodb:Scan on the orders table, es:ESHttpGet on the alias of products,
 * es:ESHttpGet on the alias of orders, es:ESHttpPut and ESHttpDelete on indexes of products, es:ESHttpPut and ESHttpDelete on
 * indexes of orders, es:ESHttpPost on bulks of indexes of products, es:ESHttpPost on bulks of indexes of orders,
 * es:ESHttpPost on the aliases.
 * Environment: PRODUCTS_TABLE_NAME, ORDERS_TABLE_NAME, SEARCH_ENDPOINT, INDEX_PREFIX. Time-out: 4 minutes.
 */
export const handler = async (event: CloudFormationCustomResourceEvent): Promise<{ PhysicalResourceId: string }> => {
  const PhysicalResourceId = 'indexes';
  if (event.RequestType === 'Delete') return { PhysicalResourceId };
  for (const [indexed, tableName] of tables) {
    const items = await buildIndex(openSearch, indexed.definition, () => allItems(client, tableName, indexed));
    logger.info('prepared', { index: indexed.definition.alias, items });
  }
  return { PhysicalResourceId };
};
