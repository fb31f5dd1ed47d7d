import { CARDS, shopperOfEachTest } from './shopper';


const given = shopperOfEachTest();
const THANKS = 'Thank you, we have your order';

test('a shopper looks around by category and sees what things cost and whether they are there', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.open();
  await page.getByRole('heading', { name: 'Walnut serving board' }).waitFor();
  await page.getByText('Only 3 left').waitFor();
  expect(await page.getByText('€49.00').count()).toBe(1);
  await page.getByText('Sold out').waitFor();
  await shopper.picture('home');
  await page.getByRole('link', { name: 'All 1 in Coffee & tea' }).click();
  await page.getByRole('heading', { level: 1, name: 'Coffee & tea' }).waitFor();
  await page.getByText('1 product', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Walnut serving board' }).waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Sencha, first flush' }).waitFor();
  expect(shopper.faults).toEqual([]);
});

test('a shopper fills a basket, signs in on the way, orders, and finds the order again', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.fillBasketAndAddress();
  await shopper.picture('total');
  await shopper.signInFromBasket();
  expect(await page.getByLabel('Name').inputValue()).toBe('Ada <Lovelace>');
  await shopper.fillCard();
  await shopper.picture('card');
  await page.getByRole('button', { name: 'Order for €66.52' }).click();
  await shopper.heading(THANKS).waitFor();
  await page.getByText('Ada <Lovelace>').waitFor();
  const [order] = shop.orders.all.values();
  expect(order).toMatchObject({ email: 'ada@example.com', shippingAddress: { city: 'Berlin', country: 'DE' } });
  // An API of a release before knows no language, and takes no field that it does not know.
  expect(shop.attempts).toEqual([expect.not.stringContaining('language')]);
  await page.getByText(order?.orderId ?? '').waitFor();
  await page.getByRole('link', { name: 'All your orders' }).click();
  await page.getByText('1 item, €66.52').waitFor();
  await page.getByRole('link', { name: 'Basket', exact: true }).click();
  await page.getByText('Your basket is empty').waitFor();
  expect(shopper.faults).toEqual([]);
});

test('whoever has no account is led to the page that makes one and comes back signed in', async () => {
  const shopper = given();
  const { page, signIn } = shopper;
  await shopper.open();
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
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.getReadyToOrder();
  shop.mishap = 'answer lost';
  await page.getByRole('button', { name: 'Order for' }).dblclick();
  await page.getByText('The shop does not answer').waitFor();
  shop.mishap = 'internal-error';
  await page.reload();
  await page.getByText('Something went wrong on our side').waitFor();
  await shopper.picture('order-unanswered');
  shop.mishap = undefined;
  await page.getByRole('button', { name: 'Try again' }).click();
  await shopper.heading(THANKS).waitFor();
  expect(shop.attempts.length).toBeGreaterThanOrEqual(3);
  expect(new Set(shop.attempts).size).toBe(1);
  expect(shop.orders.all.size).toBe(1);
});

test('what was mistyped is said beside its field, and nothing is ordered', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.getReadyToOrder('4242424242424241');
  await shopper.button('Order for').click();
  await page.frameLocator('iframe[title="Secure payment input frame"]').getByText('Your card number is invalid.').waitFor();
  await shopper.picture('card-mistyped');
  await shopper.fillCard();
  await shopper.button('Order for').click();
  await shopper.heading(THANKS).waitFor();
  expect(shop.attempts).toHaveLength(1);
});

test('a card that the payment provider refuses is told of beside the fields, and nothing is ordered', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.getReadyToOrder('4111111111111111');
  await shopper.button('Order for').click();
  await page.getByRole('alert').getByText('Your card was declined.').waitFor();
  expect(shop.attempts).toEqual([]);
  expect(await shopper.button('Order for').isEnabled()).toBe(true);
});

test('without the payment provider’s script the shopper is told why they cannot order, and can try again', async () => {
  const shopper = given();
  const { page, payment } = shopper;
  await page.route(`${payment.origin}/**/stripe.js`, (route) => route.abort());
  await shopper.fillBasketAndAddress();
  await shopper.signInFromBasket();
  await page.getByRole('alert').getByText('The form for your card cannot be loaded').waitFor();
  expect(await shopper.button('Order for').isDisabled()).toBe(true);
  await shopper.picture('card-missing');
  await page.unroute(`${payment.origin}/**/stripe.js`);
  await shopper.button('Try again').click();
  await shopper.fillCard();
  await shopper.button('Order for').click();
  await shopper.heading(THANKS).waitFor();
});

test('when somebody was faster nothing is ordered, and the shopper is told what to change', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.getReadyToOrder();
  shop.mishap = 'out-of-stock';
  await page.getByRole('button', { name: 'Order for' }).click();
  await page.getByText('Somebody was faster').waitFor();
  await shopper.picture('out-of-stock');
  shop.mishap = undefined;
  await page.getByLabel('Quantity of Walnut serving board').fill('2');
  await page.getByRole('button', { name: 'Show the total' }).click();
  await shopper.fillCard();
  await page.getByRole('button', { name: 'Order for' }).click();
  await shopper.heading(THANKS).waitFor();
  expect(new Set(shop.attempts).size).toBe(2);
});

test('a field the shop objects to is named beside it', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.getReadyToOrder();
  shop.mishap = 'invalid-body';
  await page.getByRole('button', { name: 'Order for' }).click();
  await page.getByRole('alert').getByText('Postal code: is not one of Germany').waitFor();
  expect(await page.getByLabel('Postal code').getAttribute('aria-invalid')).toBe('true');
});

test('an order page opened by a stranger asks them to sign in', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.open('/orders/0193a5d2-7b3e-7c4d-8e5f-6a7b8c9d0e1f');
  await page.getByText('Sign in to see them.').waitFor();
  await shopper.open('/?code=forged&state=forged');
  await page.getByRole('alert').getByText('Signing in did not work').waitFor();
  await page.getByRole('heading', { name: 'Walnut serving board' }).waitFor();
  expect(shopper.faults).toEqual([]);
});

test('the way to an order can be gone by keyboard alone, on a phone, in the dark', async () => {
  const shopper = given();
  const { page } = shopper;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await shopper.open();
  await page.getByRole('button', { name: 'Add to basket: Linen apron' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('1 in your basket').waitFor();
  await shopper.picture('phone-dark');
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
  await shopper.picture('phone-dark-total');
  await shopper.button('Sign in to order').press('Enter');
  await page.getByRole('link', { name: 'Go on as Ada' }).press('Enter');
  await page.frameLocator('iframe[title="Secure payment input frame"]').getByLabel('Card number').focus();
  for (const digits of [CARDS.good, '1234', '123']) {
    await page.keyboard.type(digits);
    await page.keyboard.press('Tab');
  }
  await shopper.picture('phone-dark-card');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.keyboard.press('Enter');
  await shopper.heading(THANKS).waitFor();
});
