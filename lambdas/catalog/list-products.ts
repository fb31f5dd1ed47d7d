import { ListProductsQuery } from '../../contracts/product';
import { httpFunction, ok } from '../shared/http';
import { queryOf } from '../shared/request';
import { productPage } from './product-page';
import { configuredProductsTable } from './table-environment';

const table = configuredProductsTable();

/**
 * `GET /api/products`.
 * Needs: dynamodb:Scan on the products table, dynamodb:Query on its index `by-category`, secretsmanager:GetSecretValue.
 * Environment: PRODUCTS_TABLE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const query = queryOf(event, ListProductsQuery);
  return ok(await productPage(table, query), 'no-cache');
});
