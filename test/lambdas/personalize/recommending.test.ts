import { CustomerId, ProductId } from '../../../contracts/ids';
import { Product } from '../../../contracts/product';
import { RecommendationId } from '../../../contracts/recommendation';
import type { Personalized } from '../../../lambdas/personalize/campaign';
import { popularLists, togetherList } from '../../../lambdas/personalize/lists';
import { Recommending } from '../../../lambdas/personalize/recommending';
import type { RecommendingProps } from '../../../lambdas/personalize/recommending';

const id = (text: string): ProductId => ProductId.parse(text);
const now = () => new Date('2026-11-26T12:00:00.000Z');
const product = (productId: ProductId, more: object = {}): Product =>
  Product.parse({ productId, name: `The ${productId}`, description: 'D', category: 'C', vendor: 'V', price: { amount: 100, currency: 'EUR' }, stock: 1, active: true, image: '/p/a.svg', version: 1, updatedAt: now().toISOString(), ...more });

const lists: Record<string, string[]> = { [togetherList(id('cup'))]: ['saucer', 'sold-out', 'spoon'], [togetherList(id('pot'))]: ['saucer', 'lid'], [popularLists(now().getTime())[0] ?? '']: ['cup', 'gone', 'lamp'] };
const interests: RecommendingProps['interests'] = {
  recent: async (key) => (key === 'visitor#anonymous#me' ? [id('cup'), id('pot')].map((productId) => ({ productId, synthetic: false })) : []),
  heaviest: async (list) => (lists[list] ?? []).map((name, place) => ({ productId: id(name), weight: 10 - place })),
  similar: async () => [],
  products: async (ids) => new Map(ids.map((one) => [one, product(one, { active: one !== 'gone', stock: one === 'sold-out' ? 0 : 1 })])),
};
const shown = async (recommending: Recommending, asked: { productId?: ProductId; anonymousId?: string; only?: 'popular' }) => {
  const { source, items } = await recommending.recommend({ limit: 6, ...asked });
  return [source, ...items.map(({ product: { productId }, because }) => (because ? `${productId} because of ${because.name}` : productId))];
};

test('what goes with the visitor’s last products comes first, each once, and nothing they looked at, that is sold out or gone', async () => {
  expect(await shown(new Recommending({ interests, now }), { anonymousId: 'me' })).toEqual(['similar', 'saucer because of The cup', 'lid because of The pot', 'spoon because of The cup', 'lamp']);
});

test('what a month of sessions says goes with a product stands beside what is counted', async () => {
  const ofMonth = { ...interests, similar: async (of: ProductId) => (of === 'cup' ? [id('tray'), id('saucer')] : []) };
  expect(await shown(new Recommending({ interests: ofMonth, now }), { productId: id('cup') })).toEqual(['similar', 'saucer because of The cup', 'tray because of The cup', 'spoon because of The cup', 'lamp']);
});

test('a stranger gets what is popular, but for what they look at', async () => {
  expect(await shown(new Recommending({ interests, now }), {})).toEqual(['popular', 'cup', 'lamp']);
  expect(await shown(new Recommending({ interests, now }), { productId: id('lamp') })).toEqual(['popular', 'cup']);
});

test('what is popular is the same for whoever asks for that alone', async () => {
  expect(await shown(new Recommending({ interests, now }), { only: 'popular', anonymousId: 'me', productId: id('cup') })).toEqual(['popular', 'cup', 'lamp']);
});

test('what is late or fails is left out, and the answer is in time', async () => {
  const never = () => new Promise<never>(() => undefined);
  expect(await shown(new Recommending({ interests: { ...interests, recent: never }, now, budgetMs: 30 }), { anonymousId: 'me' })).toEqual(['popular', 'cup', 'lamp']);
  const refuse = async () => Promise.reject(new Error('no'));
  expect(await shown(new Recommending({ interests: { ...interests, heaviest: refuse }, now }), { anonymousId: 'me' })).toEqual(['popular']);
  expect(await shown(new Recommending({ interests: { ...interests, products: never }, now, budgetMs: 30 }), { anonymousId: 'me' })).toEqual(['popular']);
});

test('what synthetic shoppers deal with together is recommended to them alone', async () => {
  const ofGate = { ...interests, heaviest: async (list: string, limit: number) => (list === togetherList(id('cup'), true) ? [{ productId: id('kettle'), weight: 1 }] : interests.heaviest(list, limit)) };
  const asWhom = (synthetic: boolean) => new Recommending({ interests: { ...ofGate, recent: async () => [{ productId: id('cup'), synthetic }] }, now });
  expect(await shown(asWhom(true), { anonymousId: 'me' })).toContain('kettle because of The cup');
  expect(await shown(asWhom(false), { anonymousId: 'me' })).not.toContain('kettle because of The cup');
});

describe('with a campaign', () => {
  const personalized: Personalized = { recommendationId: RecommendationId.parse('RID-1'), productIds: ['lamp', 'sold-out', 'pot', 'tray'].map(id) };
  const asked: { user: string; category?: string }[] = [];
  const campaign: NonNullable<RecommendingProps['campaign']> = {
    recommend: async (user, { category }) => {
      asked.push({ user, category });
      return personalized;
    },
  };
  beforeEach(() => asked.splice(0));

  test('what it says comes first under its id, what is sold out or was looked at left out, and the rest fills up', async () => {
    const answer = await new Recommending({ interests, campaign, now }).recommend({ anonymousId: 'me', limit: 4 });
    expect(answer).toMatchObject({ source: 'personalized', recommendationId: 'RID-1' });
    expect(answer.items.map(({ product: { productId } }) => productId)).toEqual(['lamp', 'tray', 'saucer', 'lid']);
    expect(asked).toEqual([{ user: 'me', category: undefined }]);
  });

  test('it is asked for the customer where somebody has signed in, beside a product for its category, and for nobody not at all', async () => {
    const recommending = new Recommending({ interests, campaign, now });
    await recommending.recommend({ anonymousId: 'me', userId: CustomerId.parse('customer'), productId: id('cup'), limit: 4 });
    expect(asked).toEqual([{ user: 'customer', category: 'C' }]);
    expect((await recommending.recommend({ limit: 4 })).source).toBe('popular');
    expect(asked).toHaveLength(1);
  });

  test('when it throttles, is down or late, the next rung answers, in time', async () => {
    const refuse = { recommend: async () => Promise.reject(Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' })) };
    expect(await shown(new Recommending({ interests, campaign: refuse, now }), { anonymousId: 'me' })).toEqual(['similar', 'saucer because of The cup', 'lid because of The pot', 'spoon because of The cup', 'lamp']);
    const never = { recommend: () => new Promise<never>(() => undefined) };
    expect(await shown(new Recommending({ interests, campaign: never, now, budgetMs: 30 }), {})).toEqual(['popular', 'cup', 'lamp']);
  });

  test('when nothing of what it says can be bought, the answer is not its', async () => {
    const gone = { recommend: async () => ({ ...personalized, productIds: ['sold-out', 'gone'].map(id) }) };
    expect(await shown(new Recommending({ interests, campaign: gone, now }), { anonymousId: 'me' })).toEqual(['similar', 'saucer because of The cup', 'lid because of The pot', 'spoon because of The cup', 'lamp']);
  });

  test('a synthetic shopper gets nothing of it, for it was learnt from customers', async () => {
    const synthetic = { ...interests, recent: async () => [{ productId: id('cup'), synthetic: true }] };
    expect((await new Recommending({ interests: synthetic, campaign, now }).recommend({ anonymousId: 'me', limit: 4 })).source).toBe('similar');
  });
});
