import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually';
import { refuse } from '../../storefront/refuse';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();

const SIX = ['Bags', 'Bath', 'Garden', 'Lighting', 'Table', 'Kitchen'];
const row = (name: string) => given().page.getByRole('region', { name, exact: true });
const note = () => given().page.getByRole('main').getByRole('alert');
const sell = (page: Page, categories: readonly string[]) =>
  page.route('**/api/categories', (route) => route.fulfill({ json: { categories: categories.map((name) => ({ name, products: 2 })) } }));

/** The categories whose products were asked for, as often as they were. */
function watchShelves(): string[] {
  const asked: string[] = [];
  given().page.on('request', (request) => request.url().includes('/api/products?') && asked.push(new URL(request.url()).searchParams.get('category') ?? ''));
  return asked;
}

test('a shelf is loaded when it is about to be seen; where it cannot be, those that are there stay, and the rest is tried again', async () => {
  const shopper = given();
  const { page } = shopper;
  await sell(page, SIX);
  const asked = watchShelves();
  let away = true;
  await page.route('**/api/products?*Kitchen*', (route) => (away ? route.fulfill({ status: 500 }) : route.continue()));
  await page.route('**/api/products?*Bags*', (route) => route.continue({ url: route.request().url().replace('Bags', 'Kitchen') }));
  await page.setViewportSize({ width: 1280, height: 500 });
  await shopper.open();
  await row('Bags').getByRole('button', { name: 'Add to basket: Linen apron' }).waitFor();
  expect(asked).not.toContain('Kitchen');
  await row('Kitchen').scrollIntoViewIfNeeded();
  await note().waitFor();
  expect([await row('Bags').count(), await row('Kitchen').count()]).toEqual([1, 0]);
  await shopper.picture('shelf-missing');
  away = false;
  await shopper.button('Try again').click();
  await row('Kitchen').getByRole('button', { name: 'Add to basket: Linen apron' }).waitFor();
  expect(await note().count()).toBe(0);
});

test('a shop that is away is spoken of once for all shelves, which come back together, by keyboard', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await sell(page, SIX);
  shop.trouble = (path) => (path === '/api/products' ? refuse('internal-error') : undefined);
  await shopper.open();
  await note().getByText('Our shelves cannot be shown just now').waitFor();
  await note().getByText('Something went wrong on our side.').waitFor();
  expect([await note().count(), await page.locator('.shelf:visible').count()]).toEqual([1, 0]);
  await shopper.picture('shelves-away');
  const asked = watchShelves();
  let answer = (): void => undefined;
  const answered = new Promise<undefined>((resolve) => (answer = () => resolve(undefined)));
  shop.trouble = (path) => (path.startsWith('/api/products') ? answered : undefined);
  await shopper.button('Try again').press('Enter');
  await note().getByRole('button', { name: 'Loading …' }).waitFor();
  await page.keyboard.press('Enter');
  await eventually(() => asked.length >= 2);
  expect(await page.locator('.shelf:visible').count()).toBe(0);
  answer();
  await note().waitFor({ state: 'detached' });
  expect(await page.locator('.shelf:visible').count()).toBe(SIX.length);
  expect(new Set(asked).size).toBe(asked.length);
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('main');
  expect(shopper.faults).toEqual([]);
});

test('shelves come back by themselves, and what is said of them meanwhile is German in a German shop, also on a phone in the dark', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await page.setViewportSize({ width: 320, height: 700 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.addInitScript(() => localStorage.setItem('shop.language', '"de"'));
  shop.trouble = (path) => (path.startsWith('/api/products') ? 'lost' : undefined);
  await shopper.open();
  await note().getByText('Unser Angebot kann gerade nicht angezeigt werden').waitFor();
  await note().getByText('Der Shop antwortet nicht.').waitFor();
  await page.getByRole('link', { name: 'Kitchen', exact: true }).waitFor();
  expect([await note().count(), await shopper.width()]).toEqual([1, 320]);
  await shopper.picture('german-shelves-away-phone-dark');
  shop.trouble = undefined;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await row('Kitchen').getByRole('button', { name: 'In den Warenkorb: Linen apron' }).waitFor();
  expect(await note().count()).toBe(0);
});

test('where not even the categories are known there is one note as well', async () => {
  const shopper = given();
  const { shop } = shopper;
  shop.trouble = (path) => (path.startsWith('/api/') ? refuse('internal-error') : undefined);
  await shopper.open();
  await note().getByText('Our shelves cannot be shown just now').waitFor();
  expect(await note().count()).toBe(1);
  shop.trouble = undefined;
  await shopper.button('Try again').press('Enter');
  await row('Kitchen').waitFor();
  await shopper.page.getByRole('link', { name: 'Kitchen', exact: true }).waitFor();
  expect(await note().count()).toBe(0);
});
