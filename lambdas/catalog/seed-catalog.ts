import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { CatalogueProduct } from '../../contracts/product';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import catalogue from './data/products.json';
import { CatalogueWriter } from './import/catalogue-writer';
import { seedCatalogue } from './seeding';

const { PRODUCTS_TABLE_NAME } = readEnvironment(z.object({ PRODUCTS_TABLE_NAME: z.string() }));
const writer = new CatalogueWriter(dynamoDb(), PRODUCTS_TABLE_NAME);

/**
 * The `onEvent` handler of a custom resource (CDK's Provider framework): adds the products of the shop's own catalogue
 * that the table does not have. What is there stays as it is, also on deletion.
 * Needs: dynamodb:PutItem on the products table. Environment: PRODUCTS_TABLE_NAME. Time-out: 60 seconds.
 */
export const handler = async (event: CloudFormationCustomResourceEvent): Promise<{ PhysicalResourceId: string; Data?: Record<string, number> }> => {
  const PhysicalResourceId = 'catalogue';
  if (event.RequestType === 'Delete') return { PhysicalResourceId };
  const Data = await seedCatalogue(z.array(CatalogueProduct).parse(catalogue), (product) => writer.insert(product));
  logger.info('seeded', Data);
  return { PhysicalResourceId, Data };
};
