import type { RecommendationId, Recommendations } from '../../../contracts/recommendation';
import { products } from '../../storefront/fakeProducts';
import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
const [board, apron, tea] = products.map((product) => ({ product }));
const answer = (source: Recommendations['source'], ...items: (Recommendations['items'][number] | undefined)[]): Recommendations => ({
  recommendationId: `r-${source}` as RecommendationId,
  source,
  items: items.filter((item) => item !== undefined),
});
const row = (name: string) => given().page.getByRole('region', { name, exact: true });
const regions = () => given().page.getByRole('main').getByRole('region').evaluateAll((found) => found.map((region) => region.querySelector('h2')?.textContent));
/** Looks at a product's page, as somebody who may come back to it. */
async function lookAt(name: string): Promise<void> {
  await given().open(`/products/${products.find((product) => product.name === name)?.productId}`);
  await given().page.getByRole('heading', { level: 1, name }).waitFor();
}

test('what is for somebody stands above what is popular, then what they saw and a shelf of each category, and nothing twice side by side', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await lookAt('Sencha, first flush');
  shop.recommend = ({ only }) => (only ? answer('popular', board, apron, tea) : answer('similar', board));
  await shopper.open();
  await page.getByRole('button', { name: 'Add to basket: Linen apron' }).waitFor();
  await row('Popular').getByText('Popular now').waitFor();
  expect(await regions()).toEqual(['For you', 'Popular', 'Recently seen', 'Coffee & tea', 'Kitchen']);
  expect(await row('For you').getByRole('link').allTextContents()).toEqual(['Walnut serving board']);
  expect(await row('Popular').getByRole('link').allTextContents()).toEqual(['Linen apron']);
  await row('Recently seen').getByRole('link', { name: 'Sencha' }).click();
  await shopper.heading('Sencha, first flush').waitFor();
  expect(shopper.faults).toEqual([]);
});

test('a stranger sees what is popular once, above the shelves, which do not move', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  // On a machine of any speed: the page's patience does not end, and the shelves are there first.
  await page.addInitScript(() => {
    const later = window.setTimeout.bind(window);
    Object.assign(window, { setTimeout: (run: () => void, delay?: number) => (delay === 300 ? 0 : later(run, delay)) });
  });
  let recommend = (): void => undefined;
  const asked = new Promise<void>((resolve) => (recommend = resolve));
  shop.recommend = async () => {
    await asked;
    return answer('popular', board, apron);
  };
  const listed = page.waitForResponse('**/api/products?*Kitchen*');
  await shopper.open();
  await (await listed).finished();
  expect(await page.getByRole('button', { name: 'Add to basket' }).count()).toBe(0);
  recommend();
  await row('Popular').getByText('Popular now').first().waitFor();
  await page.getByRole('button', { name: 'Add to basket: Linen apron' }).waitFor();
  expect(await regions()).toEqual(['Popular', 'Coffee & tea', 'Kitchen']);
});

test('what comes too late for that stands below, and moves nothing', async () => {
  const shopper = given();
  const { shop } = shopper;
  let recommend = (): void => undefined;
  const late = new Promise<void>((resolve) => (recommend = resolve));
  shop.recommend = async () => {
    await late;
    return answer('popular', board);
  };
  await shopper.open();
  const button = shopper.button('Add to basket: Linen apron');
  const before = await button.boundingBox();
  recommend();
  await row('Popular').waitFor();
  expect(await regions()).toEqual(['Coffee & tea', 'Kitchen', 'Popular']);
  expect(await button.boundingBox()).toEqual(before);
});

test('what was seen is kept over a reload, the last first, until it is forgotten by keyboard', async () => {
  const shopper = given();
  const { page } = shopper;
  for (const name of ['Walnut serving board', 'Linen apron', 'Walnut serving board']) await lookAt(name);
  await shopper.open();
  await row('Recently seen').waitFor();
  expect(await row('Recently seen').getByRole('link').allTextContents()).toEqual(['Walnut serving board', 'Linen apron']);
  await shopper.button('Forget these').press('Enter');
  await page.getByText('Forgotten.').waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Forgotten.');
  expect(await page.evaluate(() => localStorage.getItem('shop.seen'))).toBeNull();
  await page.reload();
  await shopper.button('Add to basket: Linen apron').waitFor();
  expect(await row('Recently seen').count()).toBe(0);
});

test('with Global Privacy Control nothing is kept of what was seen, and what was kept is gone', async () => {
  const shopper = given();
  const { page } = shopper;
  await lookAt('Walnut serving board');
  await eventually(() => page.evaluate(() => localStorage.getItem('shop.seen') !== null));
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true }));
  await lookAt('Linen apron');
  await shopper.open();
  await shopper.button('Add to basket: Linen apron').waitFor();
  expect(await row('Recently seen').count()).toBe(0);
  expect(await page.evaluate(() => localStorage.getItem('shop.seen'))).toBeNull();
});

test('a category says how much it has, and leads to where it is sorted', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.open('/?category=Kitchen');
  await page.getByText('2 products', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Sort and narrow' }).click();
  await page.getByLabel('Sort by').waitFor();
  expect(new URL(page.url()).searchParams.get('category')).toBe('Kitchen');
});

test('a product says where it is sent to and what that costs', async () => {
  await lookAt('Walnut serving board');
  const delivery = row('Delivery');
  await delivery.getByText('Germany. Free for orders from €50.00.').waitFor();
  await delivery.getByText('€4.90').waitFor();
  await delivery.getByText('Norway, Switzerland and United Kingdom. Free for orders from €250.00.').waitFor();
  expect(given().faults).toEqual([]);
});
