import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { toItem } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { similarKey } from '../shared/similar-products';
import { Queries } from './query';
import { Day } from './run-summary';
import { similarItems } from './similar-items';

const config = readEnvironment(z.object({ WORKGROUP_NAME: z.string(), DATABASE_NAME: z.string(), INTERESTS_TABLE_NAME: z.string() }));
const queries = new Queries(new AthenaClient({ maxAttempts: 5 }), { workGroup: config.WORKGROUP_NAME, database: config.DATABASE_NAME });
const dynamodb = new DynamoDBClient({ maxAttempts: 8 });

const Asked = z.object({ day: Day });
const AT_ONCE = 16;
/** Found anew every night; who finds nothing for so long recommends by other means. */
const KEEP_SECONDS = 14 * 24 * 60 * 60;

/**
 * Keeps what a month of sessions says goes with each product where recommendations read it.
 * Needs: athena:StartQueryExecution, GetQueryExecution and GetQueryResults on the query workgroup, dynamodb:PutItem on the
 * interests table, and what Athena asks of whoever has it read similar items.
 * Environment: WORKGROUP_NAME, DATABASE_NAME, INTERESTS_TABLE_NAME.
 */
export const handler = async (event: unknown): Promise<{ readonly products: number }> => {
  const { day } = z.parse(Asked, event);
  const expiresAt = Math.floor(Date.now() / 1_000) + KEEP_SECONDS;
  const found = similarItems(queries, day);
  let products = 0;
  const work = async (): Promise<void> => {
    // oxlint-disable-next-line no-await-in-loop
    for (let next = await found.next(); !next.done; next = await found.next()) {
      const { productId, similar } = next.value;
      // oxlint-disable-next-line no-await-in-loop
      await dynamodb.send(new PutItemCommand({ TableName: config.INTERESTS_TABLE_NAME, Item: toItem({ key: similarKey(productId), similar, expiresAt }) }));
      products += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  logger.info('kept', { day, products });
  return { products };
};
