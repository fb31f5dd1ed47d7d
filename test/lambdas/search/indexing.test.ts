import { bulkBody, failuresIn } from '../../../lambdas/search/bulk';
import type { Change } from '../../../lambdas/search/bulk';
import { isOf, nextName, PRODUCTS_INDEX } from '../../../lambdas/search/index-definitions';
import { changeBy, PRODUCTS, readItem } from '../../../lambdas/search/indexed';
import { toItem } from '../../../lambdas/shared/dynamodb';

const PRODUCT = {
  productId: 'walnut-serving-board', name: 'Walnut serving board', description: 'Oiled by hand.', category: 'Kitchen', vendor: 'Holt & Sons',
  price: { amount: 4_900, currency: 'EUR' }, stock: 3, active: true, image: '/products/walnut-serving-board.svg', version: 7, updatedAt: '2026-11-01T10:00:00.000Z',
};
const kept: Change = { id: 'a', version: 3, document: { name: 'A' } };
const removed: Change = { id: 'b', version: 5, deleted: true };
const answer = (...statuses: readonly number[]) => ({ errors: true, items: [{ index: { _id: 'a', status: statuses[0], error: { type: 'why' } } }, { delete: { _id: 'b', status: statuses[1] } }] });

test('a product in the table is indexed under the version of its item, and says whether it can be had', () => {
  const change = changeBy({ eventName: 'MODIFY', dynamodb: { NewImage: toItem({ ...PRODUCT, stock: 0 }) } }, PRODUCTS);
  expect(change).toMatchObject({ id: 'walnut-serving-board', version: 7, document: { inStock: false, version: 7 } });
});

test('a deletion is a tombstone of the last version', () => {
  const change = changeBy({ eventName: 'REMOVE', dynamodb: { OldImage: toItem(PRODUCT) } }, PRODUCTS);
  expect(change).toEqual({ id: 'walnut-serving-board', version: 7, deleted: true });
});

test('an image that is no product fails, and is not indexed as something else', () => {
  expect(() => changeBy({ eventName: 'INSERT', dynamodb: { NewImage: toItem({ productId: 'x' }) } }, PRODUCTS)).toThrow('name');
});

test('an item that is none of the table’s is read with the reason, so that those beside it are compared', () => {
  expect(readItem(toItem({ productId: 'x' }), PRODUCTS)).toEqual({ id: 'x', version: 0, fault: expect.stringContaining('name') });
  expect(readItem(toItem(PRODUCT), PRODUCTS)).toMatchObject({ id: 'walnut-serving-board', version: 7, change: { version: 7 } });
});

test('a bulk request gives each change its external version', () => {
  const lines = bulkBody([kept, removed]).trimEnd().split('\n').map((line): unknown => JSON.parse(line));
  expect(lines).toEqual([{ index: { _id: 'a', version: 3, version_type: 'external' } }, { name: 'A' }, { delete: { _id: 'b', version: 5, version_type: 'external_gte' } }]);
});

test('a newer version in the index and a tombstone where nothing was are successes', () => {
  expect(failuresIn(answer(409, 404), [kept, removed])).toEqual([]);
});

test('an item that failed is found in an answer of 200', () => {
  expect(failuresIn(answer(429, 200), [kept, removed])).toMatchObject([{ index: 0, status: 429 }]);
});

test('an answer that leaves a change out is not taken for success', () => {
  expect(() => failuresIn({ items: [] }, [kept])).toThrow('0 of 1');
});

test('another mapping is another index, and an index that is built again has another name', () => {
  const other = { ...PRODUCTS_INDEX, body: { ...PRODUCTS_INDEX.body, mappings: {} } };
  const first = nextName(PRODUCTS_INDEX);
  const second = nextName(PRODUCTS_INDEX, first);
  expect(second).toBe(`${first}-2`);
  expect(nextName(PRODUCTS_INDEX, second)).toBe(`${first}-3`);
  expect(nextName(other, second)).toBe(nextName(other));
  expect([first, second, nextName(other), `${first}0`].map((name) => isOf(PRODUCTS_INDEX, name))).toEqual([true, true, false, false]);
});
