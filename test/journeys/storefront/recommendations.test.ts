import type { Product } from '../../../contracts/product';
import type { RecommendationId, Recommendations } from '../../../contracts/recommendation';
import { products } from '../../storefront/fakeProducts';
import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
const product = (id: string): Product => {
  const found = products.find(({ productId }) => productId === id);
  if (!found) throw new Error(`The fake shop sells no ${id}`);
  return found;
};
const board = product('walnut-board');
const apron = product('linen-apron');
const row = () => given().page.getByRole('region', { name: 'You may like' });
const answer = (source: Recommendations['source'], ...items: Recommendations['items']): Recommendations => ({ recommendationId: 'r-1' as RecommendationId, source, items });
const recorded = (type: string) => given().shop.clicks.filter((click) => click.type === type);

test('a product page shows what goes with it and why; what is seen and followed is recorded with its recommendation', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const asked: unknown[] = [];
  shop.recommend = (query) => {
    asked.push(query);
    return answer('similar', { product: apron, because: board }, { product: product('sencha'), because: apron });
  };
  await page.setViewportSize({ width: 1000, height: 450 });
  await shopper.open('/products/walnut-board');
  await row().getByText('Often looked at together with Walnut serving board').waitFor();
  await row().getByText('Because you looked at Linen apron').waitFor();
  expect(asked).toEqual([{ anonymousId: expect.any(String), productId: 'walnut-board', limit: 6 }]);
  // It is below the fold: nobody has seen it yet.
  await eventually(() => recorded('View').length === 1);
  expect(recorded('RecommendationShown')).toEqual([]);
  await row().scrollIntoViewIfNeeded();
  await eventually(() => recorded('RecommendationShown').length === 2);
  await row().getByRole('link', { name: 'Linen apron' }).click();
  await page.getByRole('heading', { level: 1, name: 'Linen apron' }).waitFor();
  const [clicked] = await eventually(() => recorded('RecommendationClicked').length > 0 && recorded('RecommendationClicked'));
  expect(clicked).toMatchObject({ recommendationId: 'r-1', productId: 'linen-apron', page: '/products/walnut-board', anonymousId: (asked[0] as { anonymousId: string }).anonymousId });
  expect(recorded('RecommendationShown').map(({ productId }) => productId)).toEqual(expect.arrayContaining(['linen-apron', 'sencha']));
  expect(shopper.faults).toEqual([]);
});

test('on a phone the row is one to push along, and what was never in sight was not shown', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await page.setViewportSize({ width: 390, height: 844 });
  shop.recommend = () => answer('popular', { product: board }, { product: apron }, { product: product('sencha') });
  await shopper.open('/basket');
  await eventually(() => recorded('RecommendationShown').length > 0);
  expect(recorded('RecommendationShown').map(({ productId }) => productId)).toEqual(['walnut-board', 'linen-apron']);
  await shopper.picture('phone-recommended');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await row().getByRole('listitem').last().scrollIntoViewIfNeeded();
  await eventually(() => recorded('RecommendationShown').some(({ productId }) => productId === 'sencha'));
  await row().getByRole('listitem').first().scrollIntoViewIfNeeded();
  await row().getByRole('link', { name: 'Walnut serving board' }).press('Enter');
  await eventually(() => recorded('RecommendationClicked').length === 1);
  expect(recorded('RecommendationShown')).toHaveLength(3);
});

test('the basket shows what is not in it yet, also when it is empty', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  shop.recommend = ({ productId }) => answer(productId ? 'similar' : 'popular', { product: board }, { product: apron, because: productId ? board : undefined });
  await shopper.open('/basket');
  await row().getByRole('listitem').nth(1).waitFor();
  await shopper.open();
  await shopper.button('Add to basket: Walnut serving board').click();
  await page.getByRole('link', { name: 'Basket (1)' }).click();
  await row().getByText('Because you looked at Walnut serving board').or(row().getByText('Often looked at')).waitFor();
  expect(await row().getByRole('listitem').count()).toBe(1);
});

test.each(['away', 'nothing to recommend'])('with recommendations %s there is neither a gap nor an error', async (what) => {
  const shopper = given();
  const { page, shop } = shopper;
  if (what !== 'away') shop.recommend = () => answer('popular');
  for (const address of ['/', '/products/walnut-board', '/basket']) {
    const answered = page.waitForResponse(/recommendations/);
    await shopper.open(address);
    await answered;
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.locator('.recommended').count()).toBe(0);
    expect(await page.getByRole('alert').count()).toBe(0);
  }
  expect(shopper.faults).toEqual([]);
});
