import { OPERATORS_GROUP } from '../../../contracts/operations';
import { stoppedOrder } from '../../storefront/operatorOrder';
import { watchPolicy } from '../../support/attacks';
import { eventually } from '../../support/eventually';
import { operatorOfEachTest, orderPage } from './operator';

const { given, region, dialog, arrive, shown, openRefund } = operatorOfEachTest();
const PHONE = { width: 375, height: 812 };
const NEVER = '0193aa6b-0000-7000-8000-0000000000a7';

test('an operator finds an order and sees whose it is, how far it is, and what was tried how often', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const violations = await watchPolicy(page);
  const { orderId } = shop.operators.place();
  shop.operators.place(stoppedOrder());
  await shopper.arriveAs([OPERATORS_GROUP]);
  await page.getByRole('link', { name: 'Operators', exact: true }).click();
  await region('What waits for a person').getByText('It has stopped half-way').waitFor();
  await region('Newest orders').getByText('2 orders').waitFor();
  await shopper.picture('operators-orders-light');
  await page.getByRole('searchbox').fill('hopper');
  await page.getByLabel('Status').selectOption('Confirmed');
  await region('What was found').getByRole('row', { name: /^23 Nov 2026, 08:00 Confirmed €170.65/ }).waitFor();
  await region('What was found').getByText('Grace Hopper, grace@example.com').waitFor();
  expect(new URL(page.url()).search).toBe('?q=hopper&status=CONFIRMED');
  await region('What was found').getByRole('link').click();
  await shown();
  expect(new URL(page.url()).pathname).toBe(orderPage(orderId));
  await region('The order').getByText('Taken: €170.65').waitFor();
  await region('The order').getByText('Booked, CE-7731-0042').waitFor();
  await region('The order').getByRole('row', { name: /^Confirmation 23 Nov 2026/ }).waitFor();
  await region('What has happened').getByText('The shipment was booked').waitFor();
  const steps = region('Steps and attempts');
  await steps.getByText('Fulfilling the order').click();
  await steps.getByText('3 attempts, 2 of them failed').waitFor();
  await steps.getByText('The carrier is out of order (503)').first().waitFor();
  await steps.getByText('The carrier is not available').first().waitFor();
  await steps.getByText('What was answered').first().click();
  await steps.getByText('"outcome": "AUTHORIZED"').waitFor();
  await shopper.picture('operators-order-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shopper.picture('operators-order-dark');
  await page.goBack();
  await region('What was found').getByText('1 order', { exact: true }).waitFor();
  await shopper.picture('operators-orders-dark');
  expect(violations).toEqual([]);
  expect(shopper.faults).toEqual([]);
});

test('what is looked for stands in the address, goes on page by page, and may be nothing', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  for (let count = 0; count < 5; count++) shop.operators.place({ createdAt: `2026-11-2${count}T08:00:00.000Z` });
  shop.operators.place({ synthetic: true });
  await arrive('/operators/orders?synthetic=include');
  await region('Newest orders').getByText('6 orders').waitFor();
  expect(await page.getByLabel('Synthetic shoppers’ as well').isChecked()).toBe(true);
  await page.getByLabel('Synthetic shoppers’ as well').uncheck();
  await region('Newest orders').getByText('5 orders').waitFor();
  const links = () => region('Newest orders').getByRole('link').count();
  expect(await links()).toBe(2);
  await shopper.button('Show more').click();
  await eventually(async () => (await links()) === 4);
  await shopper.button('Show more').click();
  await eventually(async () => (await links()) === 5);
  expect(await shopper.button('Show more').count()).toBe(0);
  await page.getByRole('searchbox').fill('teapot');
  await page.keyboard.press('Enter');
  await page.getByText('No order is like that').waitFor();
  await shopper.picture('operators-orders-nothing');
  await page.getByRole('link', { name: 'Show all orders' }).click();
  await region('Newest orders').getByText('5 orders').waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('');
});

test('the whole number of an order opens it, also while search is away', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const { orderId } = shop.operators.place(stoppedOrder());
  shop.operators.searchAway = true;
  await arrive();
  await region('Newest orders').getByRole('alert').getByText('Search is away just now').waitFor();
  await region('What waits for a person').getByText('It has stopped half-way').waitFor();
  await shopper.picture('operators-orders-away');
  await page.getByRole('searchbox').fill(orderId.toUpperCase());
  await page.keyboard.press('Enter');
  await shown();
  await shopper.open(orderPage(NEVER));
  await page.getByRole('alert').getByText('There is no order of this number').waitFor();
  expect(shopper.faults).toEqual([]);
});

test('an environment without a search lists what waits for a person, and opens an order by its number', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const { orderId } = shop.operators.place(stoppedOrder());
  shop.search.deployed = false;
  await arrive();
  await page.getByText('This environment has no search').waitFor();
  await region('What waits for a person').getByText('It has stopped half-way').waitFor();
  expect(await page.getByLabel('Status').count()).toBe(0);
  await page.getByLabel('Number of the order').fill(orderId);
  await shopper.button('Open').click();
  await shown();
});

test('what customers, operators and providers have written is text, whatever is in it', async () => {
  const { page, shop } = given();
  const evil = '<img src=x onerror="window.taken = true"><b>Grace</b>';
  const stopped = stoppedOrder();
  shop.operators.place({
    ...stopped,
    shippingAddress: { name: evil, line1: evil, postalCode: '10117', city: evil, country: 'DE' },
    email: evil,
    concerns: [{ at: '2026-11-23T08:00:08.000Z', kind: 'OUT_OF_STEP', detail: evil }],
    acts: [{ at: '2026-11-23T08:00:08.000Z', by: 'operator:ben', act: 'ATTEND', why: evil }],
    executions: stopped.executions?.map((execution) => ({ ...execution, error: evil, cause: evil })),
  });
  await arrive();
  await region('Newest orders').getByText(evil).first().waitFor();
  await region('What waits for a person').getByText(evil, { exact: true }).waitFor();
  await region('What waits for a person').getByRole('link').click();
  await shown(evil);
  await region('Steps and attempts').getByText(evil).first().waitFor();
  await region('What has happened').getByText(evil).waitFor();
  expect(await page.getByRole('main').locator('img, b').count()).toBe(0);
  expect(await page.evaluate(() => window.taken)).toBeUndefined();
});

test('a shopper is refused in plain words, and the orders load no charts for anybody', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const { orderId } = shop.operators.place();
  const scripts: string[] = [];
  page.on('response', (response) => response.request().resourceType() === 'script' && scripts.push(new URL(response.url()).pathname));
  await shopper.arriveAs([]);
  await shopper.heading('Walnut serving board').waitFor();
  expect(await page.getByRole('link', { name: 'Operators', exact: true }).count()).toBe(0);
  const ofShop = new Set(scripts);
  for (const address of ['/operators/orders', orderPage(orderId)]) {
    await shopper.open(address);
    await page.getByRole('alert').getByText('This page is for the people who run the shop').waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
  }
  await shopper.picture('operators-refused');
  const ofOrders = [...new Set(scripts)].filter((script) => !ofShop.has(script));
  const sizes = await Promise.all(ofOrders.map(async (script) => (await (await page.request.get(shop.server.url.origin + script)).body()).length));
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  expect(shop.operators.asked).toEqual([]);
});

test('on a phone nothing reaches beyond the side', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await page.setViewportSize(PHONE);
  const { orderId } = shop.operators.place({ email: `${'long'.repeat(15)}@example.com` });
  const stopped = shop.operators.place(stoppedOrder());
  await arrive();
  await region('What waits for a person').getByText('It has stopped half-way').waitFor();
  await region('Newest orders').getByText('2 orders').waitFor();
  expect(await shopper.width()).toBe(PHONE.width);
  await shopper.picture('operators-orders-phone');
  for (const address of [orderId, stopped.orderId]) {
    await shopper.open(orderPage(address));
    await shown();
    await page.locator('details').evaluateAll((all) => all.forEach((details) => details.toggleAttribute('open', true)));
    expect(await shopper.width()).toBe(PHONE.width);
    await shopper.picture(`operators-order-phone-${address === orderId ? 'confirmed' : 'stopped'}`);
  }
  await shopper.open(orderPage(orderId));
  await shown();
  await openRefund();
  await dialog().getByLabel('Only some').check();
  expect(await shopper.width()).toBe(PHONE.width);
  await shopper.picture('operators-refund-phone');
  expect(shopper.faults).toEqual([]);
});
