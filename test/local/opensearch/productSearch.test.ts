import { SearchQuery } from '../../../contracts/search';
import { bulkBody, failuresIn } from '../../../lambdas/search/bulk';
import type { Change } from '../../../lambdas/search/bulk';
import { nextName, PRODUCTS_INDEX } from '../../../lambdas/search/index-definitions';
import { productDocument } from '../../../lambdas/search/product-document';
import { searchProducts, suggestProducts } from '../../../lambdas/search/searching';
import { Product } from '../../../contracts/product';
import { SearchNode } from './searchNode';

jest.setTimeout(180_000);

let node: SearchNode;
const call: SearchNode['call'] = (...asked) => node.call(...asked);
const search = (index: string, body: object): Promise<unknown> => call('POST', `/${index}/_search`, JSON.stringify(body));
const find = (query: Record<string, string>) => searchProducts(search, SearchQuery.parse(query));
const idsOf = (page: Awaited<ReturnType<typeof find>>): string[] => page.products.map(({ productId }) => productId);

async function index(...changes: readonly Change[]): Promise<void> {
  const answer = await call('POST', `/${PRODUCTS_INDEX.alias}/_bulk?refresh=true`, bulkBody(changes), 'application/x-ndjson');
  expect(failuresIn(answer, changes)).toEqual([]);
}

const product = (productId: string, more: Partial<Record<keyof Product, unknown>> = {}): Change => {
  const parsed = Product.parse({
    productId, name: productId, description: 'Made to last.', category: 'Kitchen', vendor: 'Holt & Sons', price: { amount: 1_000, currency: 'EUR' },
    stock: 5, active: true, image: '/products/placeholder.svg', version: 1, updatedAt: '2026-11-01T10:00:00.000Z', ...more,
  });
  return { id: productId, version: parsed.version, document: productDocument(parsed) };
};

beforeAll(async () => {
  node = await SearchNode.start();
  await call('PUT', `/${nextName(PRODUCTS_INDEX)}`, JSON.stringify({ ...PRODUCTS_INDEX.body, aliases: { [PRODUCTS_INDEX.alias]: {} } }));
  await index(
    product('walnut-board', { name: 'Walnut serving board', price: { amount: 4_900, currency: 'EUR' } }),
    product('oak-board', { name: 'Oak serving board', price: { amount: 3_900, currency: 'EUR' }, stock: 0 }),
    product('green-tea', { name: 'Green tea', category: 'Coffee & tea', vendor: 'Leaf' }),
    product('hidden', { name: 'Hidden serving board', active: false }),
  );
});

afterAll(() => node?.stop());

test('a product is found by a word with a typing error, and an inactive one is not', async () => {
  expect(idsOf(await find({ q: 'walnt bord' }))).toEqual(['walnut-board']);
  expect(idsOf(await find({ q: 'serving board' })).toSorted()).toEqual(['oak-board', 'walnut-board']);
});

test('a facet counts what all filters but its own leave', async () => {
  const { total, facets } = await find({ category: 'Kitchen', inStock: 'true' });
  expect(total).toBe(1);
  expect(facets.categories).toEqual(expect.arrayContaining([{ name: 'Kitchen', products: 1 }, { name: 'Coffee & tea', products: 1 }]));
  expect(facets.inStock).toBe(1);
  expect(facets.vendors).toEqual([{ name: 'Holt & Sons', products: 1 }]);
  expect(facets.prices).toContainEqual({ from: 2_500, to: 5_000, products: 1 });
});

test('pages follow one another to the end, each product once, in the order asked for', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await find({ sort: 'price-desc', limit: '1', ...(cursor && { cursor }) });
    seen.push(...idsOf(page));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(['walnut-board', 'oak-board', 'green-tea']);
});

test('a name is suggested from the letters typed so far', async () => {
  expect(await suggestProducts(search, 'walnut ser')).toEqual({ suggestions: [{ text: 'Walnut serving board', productId: 'walnut-board' }] });
});

test.each(['"', 'a AND (b OR', '*:*', '\\', '/.*/', '茶 чай شاي', '🫖', ' '])('any text is a question: %p', async (q) => {
  expect((await find({ q })).total).toBeGreaterThanOrEqual(0);
  expect((await suggestProducts(search, q)).suggestions).toBeInstanceOf(Array);
});

test('an older write that comes late changes nothing, and a deleted product stays deleted', async () => {
  await index(product('kettle', { name: 'Copper kettle', version: 5 }));
  await index(product('kettle', { name: 'Wrong name', version: 4 }));
  expect((await find({ q: 'kettle' })).products).toMatchObject([{ name: 'Copper kettle' }]);
  await index({ id: 'kettle', version: 5, deleted: true });
  await index(product('kettle', { name: 'Copper kettle', version: 5 }));
  expect((await find({ q: 'kettle' })).total).toBe(0);
  await index(product('kettle', { name: 'Copper kettle', version: 6 }));
  expect((await find({ q: 'kettle' })).total).toBe(1);
});
