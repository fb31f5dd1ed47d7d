import { CategoryList, ListProductsQuery, Product, ProductPage, ProductPath } from '../product';
import type { Route } from './route';

export const CATALOGUE_ROUTES = {
  listProducts: {
    method: 'GET',
    path: '/api/products',
    summary: 'Products, all or of one category or vendor, page by page',
    query: ListProductsQuery,
    problems: ['invalid-cursor'],
    status: 200,
    response: ProductPage,
  },
  getProduct: {
    method: 'GET',
    path: '/api/products/{productId}',
    summary: 'One product',
    pathParameters: ProductPath,
    problems: ['product-not-found'],
    status: 200,
    response: Product,
  },
  listCategories: {
    method: 'GET',
    path: '/api/categories',
    summary: 'Categories, with the number of products in each',
    status: 200,
    response: CategoryList,
  },
} as const satisfies Record<string, Route>;
