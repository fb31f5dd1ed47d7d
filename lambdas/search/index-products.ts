import { PRODUCTS } from './indexed';
import { indexer } from './indexer';

/**
 * Reads the products table's stream and brings each change into the index.
 * Needs: es:ESHttpPost on the bulk of products. Environment: SEARCH_ENDPOINT, INDEX_PREFIX.
 */
export const handler = indexer(PRODUCTS);
