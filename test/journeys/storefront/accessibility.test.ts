import type { RecommendationId } from '../../../contracts/recommendation';
import { openApi } from '../../../contracts/openapi/document';
import { OPERATORS_GROUP } from '../../../contracts/operations';
import { products } from '../../storefront/fakeProducts';
import { stoppedOrder } from '../../storefront/operatorOrder';
import { barriers } from '../../support/axe';
import { eventually } from '../../support/eventually';
import { CARDS, shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
/** What is in the way of somebody, by the page. */
let found: Record<string, string[]>;

beforeEach(() => {
  found = {};
  given().shop.recommend = () => ({ recommendationId: 'r-1' as RecommendationId, source: 'popular', items: products.map((product) => ({ product })) });
});

/** Looks at the page once this text is there. */
async function look(name: string, text: string): Promise<void> {
  const { page } = given();
  await page.getByText(text).filter({ visible: true }).first().waitFor();
  const inTheWay = await barriers(page, `shop ${name}`);
  if (inTheWay.length > 0) found[name] = inTheWay;
}

test('the shop window, its categories, the search and each product', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.open();
  await page.getByText('Popular now').first().waitFor();
  await look('home', 'Linen apron');
  await shopper.open('/products/linen-apron');
  await page.getByRole('heading', { level: 1, name: 'Linen apron' }).waitFor();
  await shopper.open();
  await look('home of somebody who was here before', 'Recently seen');
  await shopper.button('Forget these').click();
  await look('home that has forgotten', 'Forgotten.');
  await shopper.open('/?category=Kitchen');
  await look('category', 'Linen apron');
  await shopper.open('/search?q=n&category=Kitchen');
  await look('search', '2 products');
  await page.getByRole('combobox', { name: 'Search the shop' }).fill('board');
  await page.getByRole('option', { name: 'Walnut' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await look('suggestions', 'Walnut serving board');
  await shopper.open('/search?q=zzz');
  await look('nothing found', 'Nothing was found');
  shopper.shop.search.away = true;
  await shopper.open('/search?q=n');
  await look('search away', 'Search is away just now');
  await shopper.open('/products/walnut-board');
  await look('product', 'You may like');
  await shopper.open('/products/sencha');
  await look('sold out', 'Sold out');
  await shopper.open('/products/nothing');
  await look('no such product', 'Try again');
  await shopper.open('/no/such/page');
  await look('not found', 'There is no such page');
  await shopper.open('/orders');
  await look('sign-in first', 'Sign in to see them.');
  expect(found).toEqual({});
  expect(given().faults).toEqual([]);
});

test('the page about the API', async () => {
  await given().page.route('**/openapi.json', (route) => route.fulfill({ json: openApi() }));
  await given().open('/api-docs.html');
  await look('API', 'Schemas');
  expect(found).toEqual({});
  expect(given().faults).toEqual([]);
});

test('the account of nobody in particular and of a customer', async () => {
  const shopper = given();
  await shopper.open('/account');
  await look('account of a stranger', 'You may record my visits');
  await given().page.getByLabel('You may record my visits').uncheck();
  await look('account of somebody who refuses', 'Nothing is recorded any more');
  await shopper.arriveAs([], '/account');
  await given().page.route('**/api/account/**', (route) => route.fulfill({ status: 503 }));
  await look('account', 'Sign out everywhere');
  await shopper.button('Sign out everywhere').click();
  await look('account that could not be signed out', 'Something went wrong on our side');
  expect(found).toEqual({});
  expect(given().faults).toEqual([]);
});

test('the way from the basket to the order and its end', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.open('/basket');
  await look('empty basket', 'Your basket is empty');
  await shopper.fillBasketAndAddress();
  await look('total', 'The total');
  await page.getByLabel('City').fill('');
  await shopper.signInFromBasket();
  await look('card missing', 'How do you want to pay?');
  await page.getByLabel('City').fill('Berlin');
  await shopper.fillCard();
  await look('card', 'How do you want to pay?');
  shop.mishap = 'invalid-body';
  await shopper.button('Order for').click();
  await look('refused', 'Postal code: is not one of Germany');
  expect(found).toEqual({});
  expect(given().faults).toEqual([]);
});

test('orders as they go on, succeed and fail', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.arriveAs([], '/orders');
  await look('no orders', 'You have not ordered anything yet.');
  await shopper.fillBasketAndAddress();
  await shopper.fillCard(CARDS.secondFactor);
  await shopper.button('Order for').click();
  const bank = page.frameLocator('iframe[title="3D Secure"]');
  await bank.getByText('€66.52').waitFor();
  await page.reload();
  await look('order that waits', 'Your bank wants to know that it is you');
  shop.orders.goesTo = 'PAYMENT_AUTHORIZED';
  await shopper.button('Confirm with your bank').click();
  await bank.getByRole('button', { name: 'Complete' }).click();
  await look('order that is worked on', 'Your bank agreed to the payment');
  shop.orders.goesTo = 'CONFIRMED';
  await look('order that is confirmed', 'We confirmed your order');
  await shopper.button('Cancel this order').click();
  await look('cancelling', 'Why?');
  await shopper.button('Keep it').click();
  await shopper.fillBasketAndAddress();
  await shopper.fillCard(CARDS.insufficientFunds);
  await shopper.button('Order for').click();
  await look('order that failed', 'You have not been charged.');
  await shopper.open('/orders');
  await look('orders', '1 item, €66.52');
  await shopper.open('/orders/0193aa6b-0000-7000-8000-0000000000a7');
  await look('no such order', 'You have no such order.');
  await shopper.open('/operators/numbers');
  await look('refused', 'This page is for the people who run the shop');
  expect(found).toEqual({});
  expect(given().faults).toEqual([]);
});

test('the operators’ orders and numbers', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const { orderId } = shop.operators.place();
  shop.operators.place(stoppedOrder());
  await shopper.arriveAs([OPERATORS_GROUP], '/operators/orders');
  await page.getByText('It has stopped half-way').waitFor();
  await look('operators’ orders', '2 orders');
  await shopper.open('/operators/orders?q=teapot');
  await look('no such orders', 'No order is like that');
  await shopper.open(`/operators/orders/${orderId}`);
  await page.getByText('Fulfilling the order').click();
  await page.getByText('What was answered').first().click();
  await look('operators’ order', '3 attempts, 2 of them failed');
  await shopper.button('Refund').click();
  await page.getByLabel('Only some').check();
  await look('refund', 'Walnut serving board');
  await shopper.open('/operators/numbers');
  await eventually(async () => (await page.getByRole('main').getByRole('status').count()) === 0);
  await page.getByText('Each 15 minutes in numbers').first().click();
  await look('numbers', 'Top products');
  await page.route('**/numbersPage-*.js', (route) => route.abort());
  await page.reload();
  await look('numbers away', 'This page cannot be opened just now.');
  expect(found).toEqual({});
  expect(given().faults).toEqual([]);
});
