import { ProductPath } from '../../contracts/product';
import { httpFunction, ok } from '../shared/http';
import { ProblemError } from '../shared/problem-error';
import { pathOf } from '../shared/request';
import { configuredProductsTable } from './table-environment';

const table = configuredProductsTable();

/**
 * `GET /api/products/{productId}`.
 * Needs: dynamodb:GetItem on the products table, secretsmanager:GetSecretValue.
 * Environment: PRODUCTS_TABLE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const { productId } = pathOf(event, ProductPath, 'product-not-found');
  const product = await table.find(productId);
  if (!product?.active) throw new ProblemError('product-not-found');
  return ok(product, 'no-cache');
});
