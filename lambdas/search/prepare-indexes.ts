import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { allProducts } from './all-products';
import { buildIndex } from './building';
import { PRODUCTS_INDEX } from './index-definitions';
import { configuredOpenSearch } from './open-search';

const { PRODUCTS_TABLE_NAME } = readEnvironment(z.object({ PRODUCTS_TABLE_NAME: z.string() }));
const openSearch = configuredOpenSearch(20_000);
const client = dynamoDb();

/**
 * The `onEvent` handler of a custom resource (CDK's Provider framework): makes the index that this release searches, unless
 * it is there. Deletion leaves it to the domain's own.
 * Needs: dynamodb:Scan on the products table, es:ESHttpGet on the alias of products, es:ESHttpPut and ESHttpDelete on indexes of
 * products, es:ESHttpPost on bulks of indexes of products, es:ESHttpPost on the aliases.
 * Environment: PRODUCTS_TABLE_NAME, SEARCH_ENDPOINT, INDEX_PREFIX. Time-out: 4 minutes.
 */
export const handler = async (event: CloudFormationCustomResourceEvent): Promise<{ PhysicalResourceId: string }> => {
  const PhysicalResourceId = 'indexes';
  if (event.RequestType === 'Delete') return { PhysicalResourceId };
  const products = await buildIndex(openSearch, PRODUCTS_INDEX, () => allProducts(client, PRODUCTS_TABLE_NAME));
  logger.info('prepared', { products });
  return { PhysicalResourceId };
};
