import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type FakeShop, fakeShop } from '../../storefront/fakeShop';
import { type FakeSignIn, fakeSignIn } from '../../storefront/fakeSignIn';
import { launchBrowser } from '../../support/browser';
import { builtPages } from '../../support/builtPages';
import { temporaryFolder } from '../../support/folder';

jest.setTimeout(60_000);

const pages = builtPages('storefront');
const screenshots = process.env.SCREENSHOTS ?? temporaryFolder('screenshots');
let browser: Browser;
let signIn: FakeSignIn;
let shop: FakeShop;
let context: BrowserContext;
let page: Page;
let faults: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

beforeEach(async () => {
  signIn = await fakeSignIn();
  shop = await fakeShop(pages, signIn);
  context = await browser.newContext();
  page = await context.newPage();
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A refused call shows as an error in the browser's log; that is what some of these tests bring about.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
  });
});

afterEach(async () => {
  await context.close();
  await shop.server.close();
  await signIn.server.close();
});

const open = (address = '/') => page.goto(shop.server.url.origin + address);
const picture = (name: string) => page.screenshot({ path: path.join(screenshots, `shop-${name}.png`), fullPage: true });

async function fillBasketAndAddress(): Promise<void> {
  await open();
  await page.getByRole('button', { name: 'Add Walnut serving board to the basket' }).click();
  await page.getByRole('link', { name: 'Basket (1)' }).click();
  await page.getByLabel('Name').fill('Ada <Lovelace>');
  await page.getByLabel('Street and number').fill('Unter den Linden 1');
  await page.getByLabel('Postal code').fill('10117');
  await page.getByLabel('City').fill('Berlin');
  await page.getByLabel('Country').selectOption('Germany');
  await page.getByRole('button', { name: 'Show the total' }).click();
  await page.getByRole('heading', { name: 'The total' }).waitFor();
}

async function signInFromBasket(): Promise<void> {
  await page.getByRole('button', { name: 'Sign in to order' }).click();
  await page.getByRole('link', { name: 'Go on as Ada' }).click();
  await page.getByRole('button', { name: 'Order for' }).waitFor();
}

const thanks = () => page.getByRole('heading', { name: 'Thank you, we have your order' });

test('a shopper looks around by category and sees what things cost and whether they are there', async () => {
  await open();
  await page.getByRole('heading', { name: 'Walnut serving board' }).waitFor();
  await page.getByText('Only 3 left').waitFor();
  expect(await page.getByText('€49.00').count()).toBe(1);
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByText('Sold out').waitFor();
  await picture('catalogue');
  await page.getByRole('link', { name: 'Coffee & tea' }).click();
  await page.getByRole('heading', { name: 'Coffee & tea' }).waitFor();
  await page.getByRole('heading', { name: 'Walnut serving board' }).waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Sencha, first flush' }).waitFor();
  expect(faults).toEqual([]);
});

test('a shopper fills a basket, signs in on the way, orders, and finds the order again', async () => {
  await fillBasketAndAddress();
  await picture('total');
  await signInFromBasket();
  expect(await page.getByLabel('Name').inputValue()).toBe('Ada <Lovelace>');
  await page.getByRole('button', { name: 'Order for €66.52' }).click();
  await thanks().waitFor();
  await page.getByText('Ada <Lovelace>').waitFor();
  await picture('order');
  const [order] = shop.orders.values();
  expect(order).toMatchObject({ email: 'ada@example.com', shippingAddress: { city: 'Berlin', country: 'DE' } });
  await page.getByText(order?.orderId ?? '').waitFor();
  await page.getByRole('link', { name: 'All your orders' }).click();
  await page.getByText('1 item, €66.52').waitFor();
  await page.getByRole('link', { name: 'Basket', exact: true }).click();
  await page.getByText('Your basket is empty').waitFor();
  expect(faults).toEqual([]);
});

test('whoever has no account is led to the page that makes one and comes back signed in', async () => {
  await open();
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('link', { name: 'Go on as Ada' }).click();
  await page.getByText('ada@example.com').waitFor();
  expect(signIn.visits).toEqual(['/signup']);
  expect(new URL(page.url()).search).toBe('');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(signIn.visits).toEqual(['/signup', '/logout']);
});

test('an answer that is lost, then a reload, buys once', async () => {
  await fillBasketAndAddress();
  await signInFromBasket();
  shop.mishap = 'answer lost';
  await page.getByRole('button', { name: 'Order for' }).dblclick();
  await page.getByText('The shop does not answer').waitFor();
  shop.mishap = 'internal-error';
  await page.reload();
  await page.getByText('Something went wrong on our side').waitFor();
  await picture('order-unanswered');
  shop.mishap = undefined;
  await page.getByRole('button', { name: 'Try again' }).click();
  await thanks().waitFor();
  expect(shop.attempts.length).toBeGreaterThanOrEqual(3);
  expect(new Set(shop.attempts).size).toBe(1);
  expect(shop.orders.size).toBe(1);
});

test('when somebody was faster nothing is ordered, and the shopper is told what to change', async () => {
  await fillBasketAndAddress();
  await signInFromBasket();
  shop.mishap = 'out-of-stock';
  await page.getByRole('button', { name: 'Order for' }).click();
  await page.getByText('Somebody was faster').waitFor();
  await picture('out-of-stock');
  shop.mishap = undefined;
  await page.getByLabel('Quantity of Walnut serving board').fill('2');
  await page.getByRole('button', { name: 'Show the total' }).click();
  await page.getByRole('button', { name: 'Order for' }).click();
  await thanks().waitFor();
  expect(new Set(shop.attempts).size).toBe(2);
});

test('a field the shop objects to is named beside it', async () => {
  await fillBasketAndAddress();
  await signInFromBasket();
  shop.mishap = 'invalid-body';
  await page.getByRole('button', { name: 'Order for' }).click();
  await page.getByRole('alert').getByText('Postal code: is not one of Germany').waitFor();
  expect(await page.getByLabel('Postal code').getAttribute('aria-invalid')).toBe('true');
});

test('an order page opened by a stranger asks them to sign in', async () => {
  await open('/orders/0193a5d2-7b3e-7c4d-8e5f-6a7b8c9d0e1f');
  await page.getByText('Sign in to see them.').waitFor();
  await open('/?code=forged&state=forged');
  await page.getByRole('alert').getByText('Signing in did not work').waitFor();
  await page.getByRole('heading', { name: 'Walnut serving board' }).waitFor();
  expect(faults).toEqual([]);
});

test('the way to the total can be gone by keyboard alone, on a phone, in the dark', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await open();
  await page.getByRole('button', { name: 'Add Linen apron to the basket' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('1 in your basket').waitFor();
  await picture('phone-dark');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('link', { name: 'Basket (1)' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Name').focus();
  for (const text of ['Ada', 'Street 1', '', '10117', 'Berlin', 'Germ']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'The total' }).waitFor();
  await picture('phone-dark-total');
});
