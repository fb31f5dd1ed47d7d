import { httpFunction, ok } from '../shared/http';
import { CATEGORIES_FRESH_SECONDS, CategoryListing } from './category-list';
import { configuredProductsTable } from './table-environment';

const categories = new CategoryListing(configuredProductsTable());

/**
 * `GET /api/categories`.
 * Needs: dynamodb:Scan on the products table, secretsmanager:GetSecretValue.
 * Environment: PRODUCTS_TABLE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async () => ok(await categories.list(), `public, max-age=${CATEGORIES_FRESH_SECONDS}`));
