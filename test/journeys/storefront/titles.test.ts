import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
const SHOP = 'Market Hall';
const ORDER = '/orders/0193a5d2-7b3e-7c4d-8e5f-6a7b8c9d0e1f';

const titled = (title: string): Promise<unknown> => given().page.waitForFunction((title) => document.title === title, title);

test.each([
  { address: '/', en: SHOP, de: SHOP },
  { address: '/?category=Kitchen', en: `Kitchen · ${SHOP}`, de: `Kitchen · ${SHOP}` },
  { address: '/products/walnut-board', en: `Walnut serving board · ${SHOP}`, de: `Walnut serving board · ${SHOP}` },
  { address: '/products/nothing', en: `A product · ${SHOP}`, de: `Produkt · ${SHOP}` },
  { address: '/search?q=board', en: `Results for “board” · ${SHOP}`, de: `Ergebnisse für „board“ · ${SHOP}` },
  { address: '/search', en: `Everything in the shop · ${SHOP}`, de: `Alles im Shop · ${SHOP}` },
  { address: '/basket', en: `Basket · ${SHOP}`, de: `Warenkorb · ${SHOP}` },
  { address: '/orders', en: `Your orders · ${SHOP}`, de: `Ihre Bestellungen · ${SHOP}` },
  { address: ORDER, en: `Your orders · ${SHOP}`, de: `Ihre Bestellungen · ${SHOP}` },
  { address: '/account', en: `Your account · ${SHOP}`, de: `Ihr Konto · ${SHOP}` },
  { address: '/no/such/page', en: `There is no such page · ${SHOP}`, de: `Diese Seite gibt es nicht · ${SHOP}` },
  { address: '/operators/numbers', en: `The numbers · ${SHOP}`, de: `The numbers · ${SHOP}` },
])('$address has a title of its own, in the language that is chosen', async ({ address, en, de }) => {
  const shopper = given();
  await shopper.open(address);
  await titled(en);
  await shopper.button('Deutsch').click();
  await titled(de);
  expect(shopper.faults).toEqual([]);
});

test('a page that is come to within the shop has its own title as well, is said to screen readers, and has the focus', async () => {
  const shopper = given();
  const { page } = shopper;
  const said = page.locator('div.visually-hidden[role=status]');
  const focused = () => page.evaluate(() => document.activeElement?.localName);
  await shopper.open();
  await page.getByText('Only 3 left').waitFor();
  expect(await said.textContent()).toBe('');
  expect(await focused()).toBe('body');
  await page.getByRole('heading', { name: 'Walnut serving board' }).getByRole('link').press('Enter');
  await titled(`Walnut serving board · ${SHOP}`);
  await eventually(async () => (await said.textContent()) === `Walnut serving board · ${SHOP}`);
  expect(await focused()).toBe('main');
  await page.getByRole('link', { name: 'Basket' }).press('Enter');
  await titled(`Basket · ${SHOP}`);
  await page.goBack();
  await titled(`Walnut serving board · ${SHOP}`);
  await page.goBack();
  await titled(SHOP);
  await eventually(async () => (await said.textContent()) === SHOP);
  expect(shopper.faults).toEqual([]);
});

test('whoever narrows or sorts what they see keeps the focus where it is', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.open('/search?q=n');
  const sort = page.getByLabel('Sort by');
  await sort.focus();
  await sort.selectOption('Name');
  await page.waitForURL('**/search?q=n&sort=name');
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('select');
});

test('the title of an order is what it is at', async () => {
  const shopper = given();
  await shopper.order();
  await titled(`Thank you, we have your order · ${SHOP}`);
  await shopper.page.getByRole('link', { name: 'All your orders' }).click();
  await titled(`Your orders · ${SHOP}`);
  expect(shopper.faults).toEqual([]);
});
