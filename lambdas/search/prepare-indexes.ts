import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { logger } from '../shared/logger';
import { parse } from '../shared/parse';
import { IndexBuild } from './building';
import type { BuildingProps, Progress } from './building';
import { IndexAlias, INDEXED } from './indexed';
import { configuredOpenSearch } from './open-search';
import { configuredTables } from './searched-table';

const openSearch = configuredOpenSearch(20_000);
const tables = configuredTables();
/** What `npm run search:reindex` asks for: `anew` the first time, and then until it is done. */
const Reindexing = z.object({ reindex: IndexAlias, anew: z.boolean() });

/** An index is compared with its table in one piece: time enough for two million items. */
const TO_COMPARE_MS = 12 * 60_000;
/** Left for what is under way when the time to begin more is over. */
const LAST_MILLISECONDS = 60_000;
/** People watch, and a connection that is silent for long is cut. */
const PIECE_MS = 20_000;

/**
 * The `onEvent` and `isComplete` handler of a custom resource (CDK's Provider framework): makes the indexes that this release
 * searches, unless they are there. Deletion leaves it to the domain's own. `npm run search:reindex` has it build an index anew.
 * Needs: dynamodb:Scan and BatchGetItem on the products table, dynamodb:Scan and BatchGetItem on the orders table,
 * es:ESHttpGet on all aliases, es:ESHttpPost on the aliases, es:ESHttpGet on mappings of products, es:ESHttpGet on mappings of
 * orders, es:ESHttpPut and ESHttpDelete on indexes of products, es:ESHttpPut and ESHttpDelete on indexes of orders,
 * es:ESHttpPost on bulks of new products, es:ESHttpPost on bulks of new orders, es:ESHttpPost on searches of new products,
 * es:ESHttpPost on searches of new orders, es:ESHttpPost on look-ups of new products, es:ESHttpPost on look-ups of new orders,
 * es:ESHttpPost on refreshes of new products, es:ESHttpPost on refreshes of new orders.
 * Environment: PRODUCTS_TABLE_NAME, ORDERS_TABLE_NAME, SEARCH_ENDPOINT, INDEX_PREFIX. Time-out: 15 minutes.
 */
export const handler = async (event: CloudFormationCustomResourceEvent | z.infer<typeof Reindexing>, context: Pick<Context, 'getRemainingTimeInMillis'>) => {
  const asked = parse(Reindexing, event);
  const hasMore = (milliseconds: number) => (): boolean => context.getRemainingTimeInMillis() > milliseconds;
  if (asked.ok) {
    const until = Date.now() + PIECE_MS;
    return build(asked.value.reindex, { goesOn: () => Date.now() < until, hasTime: hasMore(LAST_MILLISECONDS) }, asked.value.anew);
  }
  const prepared = { PhysicalResourceId: 'indexes', IsComplete: true };
  if ('RequestType' in event && event.RequestType === 'Delete') return prepared;
  for (const alias of IndexAlias.options) {
    // oxlint-disable-next-line no-await-in-loop -- what there is no time for waits until this is called again
    const { state } = await build(alias, { goesOn: hasMore(TO_COMPARE_MS), hasTime: hasMore(LAST_MILLISECONDS) });
    if (state !== 'done') return { ...prepared, IsComplete: false };
  }
  return prepared;
};

async function build(alias: IndexAlias, time: Pick<BuildingProps, 'goesOn' | 'hasTime'>, anew?: boolean): Promise<Progress> {
  const onFault = (finding: object): void => logger.error('An item is in no index', { index: alias, finding });
  const progress = await new IndexBuild({ domain: openSearch, indexed: INDEXED[alias], table: tables[alias], onFault, ...time }).advance(anew);
  logger.info('built', { ...progress });
  return progress;
}
