import { ProductId } from '../../../contracts/ids';
import { Product } from '../../../contracts/product';
import type { InterestsTable } from '../../../lambdas/personalize/interests-table';
import { popularLists, togetherList } from '../../../lambdas/personalize/lists';
import { Recommending } from '../../../lambdas/personalize/recommending';

const id = (text: string): ProductId => ProductId.parse(text);
const now = () => new Date('2026-11-26T12:00:00.000Z');
const product = (productId: ProductId, more: object = {}): Product =>
  Product.parse({ productId, name: `The ${productId}`, description: 'D', category: 'C', vendor: 'V', price: { amount: 100, currency: 'EUR' }, stock: 1, active: true, image: '/p/a.svg', version: 1, updatedAt: now().toISOString(), ...more });

const lists: Record<string, string[]> = { [togetherList(id('cup'))]: ['saucer', 'sold-out', 'spoon'], [togetherList(id('pot'))]: ['saucer', 'lid'], [popularLists(now().getTime())[0] ?? '']: ['cup', 'gone', 'lamp'] };
const interests: Pick<InterestsTable, 'recent' | 'heaviest' | 'products'> = {
  recent: async (key) => (key === 'visitor#anonymous#me' ? [id('cup'), id('pot')] : []),
  heaviest: async (list) => (lists[list] ?? []).map((name, place) => ({ productId: id(name), weight: 10 - place })),
  products: async (ids) => new Map(ids.map((one) => [one, product(one, { active: one !== 'gone', stock: one === 'sold-out' ? 0 : 1 })])),
};
const shown = async (recommending: Recommending, asked: { productId?: ProductId; anonymousId?: string }) => {
  const { source, items } = await recommending.recommend({ limit: 6, ...asked });
  return [source, ...items.map(({ product: { productId }, because }) => (because ? `${productId} because of ${because.name}` : productId))];
};

test('what goes with the visitor’s last products comes first, each once, and nothing they looked at, that is sold out or gone', async () => {
  expect(await shown(new Recommending({ interests, now }), { anonymousId: 'me' })).toEqual(['similar', 'saucer because of The cup', 'lid because of The pot', 'spoon because of The cup', 'lamp']);
});

test('a stranger gets what is popular, but for what they look at', async () => {
  expect(await shown(new Recommending({ interests, now }), {})).toEqual(['popular', 'cup', 'lamp']);
  expect(await shown(new Recommending({ interests, now }), { productId: id('lamp') })).toEqual(['popular', 'cup']);
});

test('what is late or fails is left out, and the answer is in time', async () => {
  const never = () => new Promise<never>(() => undefined);
  expect(await shown(new Recommending({ interests: { ...interests, recent: never }, now, budgetMs: 30 }), { anonymousId: 'me' })).toEqual(['popular', 'cup', 'lamp']);
  const refuse = async () => Promise.reject(new Error('no'));
  expect(await shown(new Recommending({ interests: { ...interests, heaviest: refuse }, now }), { anonymousId: 'me' })).toEqual(['popular']);
  expect(await shown(new Recommending({ interests: { ...interests, products: never }, now, budgetMs: 30 }), { anonymousId: 'me' })).toEqual(['popular']);
});
