import { catalogue, QUESTIONS } from '../../bench/search/catalogue';
import { CatalogueProduct } from '../../contracts/product';
import { SearchQuery } from '../../contracts/search';

test('the catalogue that is searched has ten thousand different products, all good', () => {
  const products = catalogue(10_000).map((product) => CatalogueProduct.parse(product));
  expect(new Set(products.map(({ productId }) => productId)).size).toBe(10_000);
});

test('every question is one that the shop takes', () => {
  for (const question of QUESTIONS) expect(SearchQuery.safeParse(question)).toMatchObject({ success: true });
});
