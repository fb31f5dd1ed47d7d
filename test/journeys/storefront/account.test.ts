import { readFileSync } from 'node:fs';
import { SubmitOrderRequest } from '../../../contracts/order';
import { Quote } from '../../../contracts/quote';
import type { OwnData } from '../../../storefront/account/ownData';
import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
const kept = () => given().page.evaluate(() => [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage)).filter((key) => key.startsWith('shop.')));

/** Ordered on another device, and arrived since. */
async function order(): Promise<string> {
  const { shop } = given();
  const body = JSON.stringify({ lines: [{ productId: 'walnut-board', quantity: 1 }], shippingCountry: 'DE' });
  const quote = Quote.parse(await (await fetch(new URL('/api/quotes', shop.server.url), { method: 'POST', body })).json());
  const shippingAddress = { name: 'آدا "<Lovelace>" 🫖', line1: 'Unter den Linden 1', postalCode: '10117', city: 'Berlin', country: 'DE' };
  const placed = shop.orders.place(quote, SubmitOrderRequest.parse({ quoteId: quote.quoteId, shippingAddress, paymentMethod: 'pm_card_visa' }));
  shop.orders.all.set(placed.orderId, { ...placed, status: 'DELIVERED' });
  return placed.orderId;
}

test('a customer sees who is signed in, goes to change the password and comes back, and signs out', async () => {
  const shopper = given();
  const { page, signIn } = shopper;
  await shopper.arriveAs([]);
  await page.getByRole('link', { name: 'ada@example.com' }).click();
  await shopper.heading('Your account').waitFor();
  await page.getByRole('main').getByText('ada@example.com').waitFor();
  await shopper.button('Change the password').click();
  await page.getByRole('link', { name: 'Go on as Ada' }).click();
  await shopper.heading('Signed in').waitFor();
  expect(new URL(page.url()).pathname).toBe('/account');
  await shopper.button('Sign out here').click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(signIn.visits).toEqual(['/oauth2/authorize', '/forgotPassword', '/logout']);
  expect(shopper.faults).toEqual([]);
});

test('a customer signs out on all devices, and when that cannot be asked for, is told and still signed in', async () => {
  const shopper = given();
  const { page, shop, signIn } = shopper;
  await shopper.arriveAs([], '/account');
  await page.route('**/api/account/sign-out-everywhere', (route) => route.fulfill({ status: 503 }));
  await shopper.button('Sign out everywhere').click();
  await page.getByRole('alert').getByText('Something went wrong on our side').waitFor();
  await page.unroute('**/api/account/sign-out-everywhere');
  await shopper.button('Try again').click();
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).waitFor();
  expect(shop.signedOut).toEqual(['ada']);
  expect(signIn.visits.at(-1)).toBe('/logout');
  expect(shopper.faults).toEqual([]);
});

test('a customer takes their data along: profile, every order, what recommendations know, and what the browser keeps but the session', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.arriveAs([], '/products/walnut-board');
  await shopper.button('Add to basket: Walnut serving board').click();
  const placed = [await order(), await order(), await order()];
  await page.getByRole('link', { name: 'ada@example.com' }).press('Enter');
  const saved = page.waitForEvent('download');
  await shopper.button('Download your data').press('Enter');
  const file = await saved;
  await page.getByText('Your browser has the file.').waitFor();
  expect(file.suggestedFilename()).toMatch(/^market-hall-\d{4}-\d\d-\d\d\.json$/);
  const text = readFileSync(await file.path(), 'utf8');
  const data = JSON.parse(text) as OwnData;
  expect(data.profile).toEqual({ id: 'ada', email: 'ada@example.com', isOperator: false });
  expect(data.orders.map(({ orderId }) => orderId)).toEqual(placed);
  expect(data.orders[0]).toMatchObject({ shippingAddress: { name: 'آدا "<Lovelace>" 🫖' }, lines: [{ name: 'Walnut serving board' }] });
  expect(data.interests.map(({ of }) => of)).toEqual(['account', 'browser']);
  expect(data.thisBrowser).toMatchObject({ 'shop.basket': [{ productId: 'walnut-board', quantity: 1 }], 'shop.seen': [{ productId: 'walnut-board' }], 'shop.visitor': expect.any(String) });
  expect(text).not.toMatch(/access_token|refresh_token|clientSecret|oidc\./);
  expect(shopper.faults).toEqual([]);
});

test('an export that breaks off says so, saves nothing, and can be tried again', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.arriveAs([], '/account');
  await page.route('**/api/orders?*', (route) => route.fulfill({ status: 429, headers: { 'retry-after': '7' } }));
  await shopper.button('Download your data').click();
  await page.getByRole('alert').getByText('Try again in 7 seconds').waitFor();
  await page.unroute('**/api/orders?*');
  const saved = page.waitForEvent('download');
  await shopper.button('Try again').click();
  expect((JSON.parse(readFileSync(await (await saved).path(), 'utf8')) as OwnData).orders).toEqual([]);
});

test('whoever refuses to be recorded is not, from that moment on, until they agree again', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const requests: string[] = [];
  await shopper.open('/products/walnut-board');
  await eventually(() => shop.clicks.length > 0);
  await shopper.button('Add to basket: Walnut serving board').click();
  // It waits for others: it is not sent any more.
  await page.getByRole('contentinfo').getByRole('link', { name: 'Change that' }).click();
  await page.getByLabel('You may record my visits').press('Space');
  await page.getByText('Nothing is recorded any more.').waitFor();
  await page.getByRole('contentinfo').getByText('you asked us not to').waitFor();
  expect((await kept()).toSorted()).toEqual(['shop.basket', 'shop.consent']);
  page.on('request', (request) => requests.push(request.url()));
  await shopper.open('/products/linen-apron');
  await shopper.button('Add to basket: Linen apron').click();
  await page.getByRole('link', { name: 'Basket (2)' }).click();
  await shopper.heading('Your basket').waitFor();
  await page.goto('about:blank');
  expect(requests.filter((url) => /clicks|anonymousId/.test(url))).toEqual([]);
  expect(shop.clicks.map(({ type }) => type)).not.toContain('AddToCart');
  await shopper.open('/account');
  await page.getByLabel('You may record my visits').check();
  await shopper.open('/products/linen-apron');
  await eventually(() => shop.clicks.filter(({ type }) => type === 'View').length === 2);
  expect(shopper.faults).toEqual([]);
});

test('a refusal in one tab holds in the others', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.open();
  const other = await page.context().newPage();
  await other.goto(`${shop.server.url.origin}/account`);
  await other.getByLabel('You may record my visits').uncheck();
  await page.getByRole('contentinfo').getByText('you asked us not to').waitFor();
  await shopper.button('Add to basket: Linen apron').click();
  await page.close({ runBeforeUnload: false });
  await eventually(() => other.evaluate(() => localStorage.getItem('shop.basket') !== null));
  expect(await other.evaluate(() => localStorage.getItem('shop.visitor'))).toBeNull();
  expect(shop.clicks).toEqual([]);
});

test('what the browser says is not to be outweighed here', async () => {
  const { page } = given();
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true }));
  await given().open('/account');
  await page.getByText('Nothing is recorded, whatever is chosen here.').waitFor();
  expect(await page.getByRole('checkbox').count()).toBe(0);
});
