import { ORDERS } from './indexed';
import { indexer } from './indexer';

/**
 * Reads the orders table's stream and brings each change into the index.
 * Needs: es:ESHttpPost on the bulk of orders. Environment: SEARCH_ENDPOINT, INDEX_PREFIX.
 */
export const handler = indexer(ORDERS);
