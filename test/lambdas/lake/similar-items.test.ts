import type { Row } from '../../../lambdas/lake/query';
import { similarItems } from '../../../lambdas/lake/similar-items';
import type { SimilarItems } from '../../../lambdas/lake/similar-items';

const row = (product_id: string, similar_product_id: string): Row => ({ product_id, similar_product_id });
const queries = (...pages: Row[][]) => ({
  async *pages() {
    yield* pages;
  },
});

test('what is similar to a product stays together, also where a page ends within it', async () => {
  const found: SimilarItems[] = [];
  for await (const items of similarItems(queries([row('cup', 'saucer'), row('cup', 'spoon')], [row('cup', 'tray'), row('pot', 'lid')]), '2026-11-22')) found.push(items);
  expect(found).toEqual([{ productId: 'cup', similar: ['saucer', 'spoon', 'tray'] }, { productId: 'pot', similar: ['lid'] }]);
});

test('a month without sessions has nothing', async () => {
  expect(await similarItems(queries([]), '2026-11-22').next()).toEqual({ done: true, value: undefined });
});
