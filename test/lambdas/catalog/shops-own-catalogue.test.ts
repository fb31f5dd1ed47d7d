import { CatalogueProduct } from '../../../contracts/product';
import { judged } from '../../../lambdas/catalog/import/rows';
import catalogue from '../../../lambdas/catalog/data/products.json';

const products = catalogue.map((product) => CatalogueProduct.parse(product));

it('has at least 150 products in eight or more categories from a dozen vendors', () => {
  expect(products.length).toBeGreaterThanOrEqual(150);
  expect(new Set(products.map(({ category }) => category)).size).toBeGreaterThanOrEqual(8);
  expect(new Set(products.map(({ vendor }) => vendor)).size).toBeGreaterThanOrEqual(12);
});

it('would be imported without a complaint', async () => {
  const bad: unknown[] = [];
  const rows = async function* () {
    for (const [index, value] of catalogue.entries()) yield { line: index + 1, value };
  };
  for await (const row of judged(rows())) if ('bad' in row) bad.push(row.bad);
  expect(bad).toEqual([]);
});

it('tells every product in words of its own', () => {
  expect(new Set(products.map(({ description }) => description)).size).toBe(products.length);
  expect(new Set(products.map(({ name }) => name)).size).toBe(products.length);
});

it('has things that are scarce and things that are plenty, for those who try the shop out', () => {
  expect(products.some(({ stock }) => stock < 10)).toBe(true);
  expect(products.some(({ stock }) => stock > 300)).toBe(true);
});
