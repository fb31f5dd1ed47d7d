import { OPERATORS_GROUP } from '../../../contracts/operations';
import { SubmitOrderRequest } from '../../../contracts/order';
import { QuoteRequest } from '../../../contracts/quote';
import { products } from '../../storefront/fakeProducts';
import { quoteFor } from '../../storefront/fakeShop';
import { refuse } from '../../storefront/refuse';
import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();

const more = () => given().button('Show more');
const orders = () => given().page.getByRole('main').getByRole('listitem').getByRole('link');
const focused = () => given().page.evaluate(() => document.activeElement?.textContent);

function placeOrders(count: number): void {
  const quote = quoteFor(QuoteRequest.parse({ lines: [{ productId: 'linen-apron', quantity: 1 }], shippingCountry: 'DE' }));
  const request = SubmitOrderRequest.parse({
    quoteId: quote.quoteId,
    shippingAddress: { name: 'Ada', line1: 'Unter den Linden 1', postalCode: '10117', city: 'Berlin', country: 'DE' },
    paymentMethod: 'pm_card_visa',
  });
  for (let placed = 0; placed < count; placed++) given().shop.orders.place(quote, request);
}

test('older orders are shown on demand, by keyboard, which goes on with the first of them', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  placeOrders(5);
  await shopper.arriveAs([], '/orders');
  await more().waitFor();
  expect(await orders().count()).toBe(2);
  let answer = (): void => undefined;
  const answered = new Promise<undefined>((resolve) => (answer = () => resolve(undefined)));
  let asked = 0;
  shop.trouble = (path) => {
    if (path !== '/api/orders') return undefined;
    asked++;
    return answered;
  };
  await more().press('Enter');
  const busy = page.getByRole('button', { name: 'Loading …' });
  await busy.waitFor();
  expect(await busy.getAttribute('aria-disabled')).toBe('true');
  expect(await focused()).toBe('Loading …');
  await shopper.picture('orders-more-loading');
  await page.keyboard.press('Enter');
  answer();
  await eventually(async () => (await orders().count()) === 4);
  expect(asked).toBe(1);
  expect(await orders().nth(2).evaluate((link) => link === document.activeElement)).toBe(true);
  expect(shopper.faults).toEqual([]);
});

test('what could not be shown of the orders is said in words, and tried again with the same button', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  placeOrders(3);
  await shopper.arriveAs([], '/orders');
  await more().waitFor();
  shop.trouble = (path) => (path === '/api/orders' ? refuse('internal-error') : undefined);
  await more().press('Enter');
  await page.getByRole('alert').getByText('Something went wrong on our side.').waitFor();
  expect(await orders().count()).toBe(2);
  expect(await focused()).toBe('Try again');
  await shopper.picture('orders-more-failed');
  shop.trouble = undefined;
  await page.keyboard.press('Enter');
  await eventually(async () => (await orders().count()) === 3);
  expect(await orders().last().evaluate((link) => link === document.activeElement)).toBe(true);
  expect(await more().count()).toBe(0);
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('whose session ends meanwhile keeps what is shown, and signs in again to see the rest', async () => {
  const shopper = given();
  const { page, signIn } = shopper;
  placeOrders(3);
  await shopper.arriveAs([], '/orders');
  await more().waitFor();
  signIn.tokens.clear();
  await more().click();
  await page.getByRole('alert').getByText('Your session has ended.').waitFor();
  expect(await orders().count()).toBe(2);
  await shopper.button('Sign in again').click();
  await page.getByRole('link', { name: 'Go on as Ada' }).click();
  await more().click();
  await eventually(async () => (await orders().count()) === 3);
});

test('more products of a category come with the focus on the first that is new', async () => {
  const shopper = given();
  const { page } = shopper;
  const [board, apron, tea] = products;
  await page.route('**/api/products?*', (route) =>
    route.fulfill({ json: route.request().url().includes('cursor=next') ? { products: [tea] } : { products: [board, apron], nextCursor: 'next' } }),
  );
  await shopper.open('/?category=Kitchen');
  await more().press('Enter');
  await eventually(async () => (await focused()) === 'Sencha, first flush');
  expect(await more().count()).toBe(0);
});

test('what was found stays when there is no more to be had of it for now', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.open('/search');
  await page.getByText('3 products').waitFor();
  shop.search.away = true;
  await more().press('Enter');
  await page.getByRole('alert').getByText('Search is away just now.').waitFor();
  expect(await page.getByRole('heading', { level: 2, name: 'Walnut serving board' }).count()).toBe(1);
  expect(await focused()).toBe('Try again');
  shop.search.away = false;
  await page.keyboard.press('Enter');
  await eventually(async () => (await focused()) === 'Sencha, first flush');
  expect(shopper.faults).toEqual([]);
});

test('an operator goes on with the orders found in the same way', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  for (let count = 0; count < 3; count++) shop.operators.place({ createdAt: `2026-11-2${count}T08:00:00.000Z` });
  await shopper.arriveAs([OPERATORS_GROUP], '/operators/orders');
  await more().waitFor();
  shop.operators.searchAway = true;
  await more().press('Enter');
  await page.getByRole('alert').getByText('Search is away just now').waitFor();
  expect(await focused()).toBe('Try again');
  shop.operators.searchAway = false;
  await page.keyboard.press('Enter');
  await eventually(async () => (await focused())?.startsWith('20 Nov 2026') ?? false);
  expect(shopper.faults).toEqual([]);
});
