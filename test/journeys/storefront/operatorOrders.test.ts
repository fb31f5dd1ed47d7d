import { OPERATORS_GROUP } from '../../../contracts/operations';
import { stoppedOrder } from '../../storefront/operatorOrder';
import { watchPolicy } from '../../support/attacks';
import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
const PHONE = { width: 375, height: 812 };
const NEVER = '0193aa6b-0000-7000-8000-0000000000a7';

const region = (name: string) => given().page.getByRole('region', { name });
const dialog = () => given().page.getByRole('dialog');
const taken = () => given().page.getByRole('main').locator('.note[role=status]');
const arrive = (address = '/operators/orders') => given().arriveAs([OPERATORS_GROUP], address);
const orderPage = (orderId: string) => `/operators/orders/${orderId}`;

/** The order's page is there. */
const shown = (name = 'Grace Hopper') => given().heading(`Order for ${name}`).waitFor();

/** What was asked to be done by this route. */
const asked = (act: string) => given().shop.operators.asked.filter((one) => one.act === act);

async function openRefund(): Promise<void> {
  await given().button('Refund').click();
  await dialog().getByLabel('Back into stock').check();
  await dialog().getByLabel(/^Why\?/).fill('Never arrived');
}

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

test('all that is left is refunded once its amount and a reason are confirmed, and the page shows the end of it', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const { orderId } = shop.operators.place();
  await arrive(orderPage(orderId));
  await shown();
  await shopper.button('Refund').click();
  await dialog().getByText('€170.65 of €170.65 goes back to Grace Hopper').waitFor();
  await dialog().getByRole('button', { name: 'Refund €170.65' }).click();
  expect(asked('refunds')).toEqual([]);
  await dialog().getByLabel('Back into stock').check();
  await dialog().getByLabel(/^Why\?/).fill('Never arrived');
  await shopper.picture('operators-refund');
  await dialog().getByRole('button', { name: 'Refund €170.65' }).click();
  await taken().getByText('A refund of €170.65 was asked for').waitFor();
  await region('The order').getByText('of which €170.65 was given back').waitFor();
  expect(await page.getByText('Looking until it shows here').count()).toBe(0);
  await region('What has happened').getByText('Refund, by you').waitFor();
  await region('The order').getByText('2 × Walnut serving board, 1 × Linen apron. Back into stock.').waitFor();
  expect(await shopper.button('Refund').count()).toBe(0);
  expect(asked('refunds')).toEqual([{ act: 'refunds', key: expect.stringMatching(/^[0-9a-f-]{36}$/), body: { goods: 'RESTOCK', reason: 'Never arrived' } }]);
  await shopper.picture('operators-refunded');
  expect(shopper.faults).toEqual([]);
});

test('some pieces are refunded for what they cost, and the order stays what it was', async () => {
  const shopper = given();
  const { shop } = shopper;
  const { orderId } = shop.operators.place();
  await arrive(orderPage(orderId));
  await shown();
  await openRefund();
  await dialog().getByLabel('Only some').check();
  expect(await dialog().getByRole('button', { name: 'Refund €0.00' }).isDisabled()).toBe(true);
  await dialog().getByLabel('Walnut serving board').fill('1');
  await shopper.picture('operators-refund-some');
  await dialog().getByRole('button', { name: 'Refund €58.31' }).click();
  await region('The order').getByText('of which €58.31 was given back').waitFor();
  await region('The order').getByText('1 × Walnut serving board. Back into stock.').waitFor();
  expect(asked('refunds').map(({ body }) => body)).toEqual([{ lines: [{ productId: 'walnut-board', quantity: 1 }], goods: 'RESTOCK', reason: 'Never arrived' }]);
  await shopper.button('Refund').click();
  await dialog().getByText('€112.34 of €170.65 goes back').waitFor();
});

test('a double click asks once, and what was asked for without an answer is asked for again with the same key', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const { orderId } = shop.operators.place();
  await arrive(orderPage(orderId));
  await shown();
  await openRefund();
  shop.operators.mishap = 'answer lost';
  shop.operators.stands = true;
  let answer = () => {};
  shop.operators.hold = new Promise((resolve) => (answer = resolve));
  const confirm = dialog().getByRole('button', { name: 'Refund €170.65' });
  await confirm.dblclick();
  await eventually(() => confirm.isDisabled());
  await page.keyboard.press('Enter');
  answer();
  await dialog().getByRole('alert').getByText('Trying again asks for the same refund, not for a second one').waitFor();
  expect(asked('refunds')).toHaveLength(1);
  await shopper.picture('operators-refund-unknown');
  shop.operators.mishap = undefined;
  await confirm.click();
  await taken().getByText('A refund of €170.65 was asked for').waitFor();
  const [first, second, ...more] = asked('refunds');
  expect([second, more]).toEqual([first, []]);
  await region('What has happened').getByText('Refund, by you').waitFor();
  expect(await region('What has happened').getByText('Refund, by you').count()).toBe(1);
});

test('a refusal says in words what to do, and the page looks at the order again', async () => {
  const shopper = given();
  const { shop } = shopper;
  const order = shop.operators.place();
  await arrive(orderPage(order.orderId));
  await shown();
  await openRefund();
  shop.operators.place({ ...order, status: 'DELIVERED' });
  shop.operators.mishap = 'lines-not-there';
  await dialog().getByRole('button', { name: 'Refund €170.65' }).click();
  await dialog().getByRole('alert').getByText('look at the order and choose anew').waitFor();
  await shopper.picture('operators-refund-refused');
  await dialog().getByRole('button', { name: 'Leave it' }).click();
  await given().page.getByRole('main').getByRole('strong').getByText('Delivered').waitFor();
  expect(await taken().count()).toBe(0);
});

test('what has failed is retried from there, and what was attended to is off the list', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  shop.operators.place(stoppedOrder());
  await arrive();
  await region('What waits for a person').getByRole('link').click();
  await shown();
  await region('Waits for a person').getByText('Mend what the failed step below names, then retry').waitFor();
  await region('Steps and attempts').getByText('The carrier does not take the shop’s key').first().waitFor();
  expect(await shopper.button('Refund').count()).toBe(0);
  await shopper.picture('operators-stopped');
  await shopper.button('Retry').click();
  await dialog().getByText('Fulfilling the order: Book the shipment').waitFor();
  await dialog().getByLabel('Why does it work now?').fill('The key is mended');
  await dialog().getByRole('button', { name: 'Retry' }).click();
  await taken().getByText('It goes on where it failed').waitFor();
  await region('Steps and attempts').getByText('Done', { exact: true }).waitFor();
  expect(await shopper.button('Retry').count()).toBe(0);
  await shopper.button('Mark as attended').click();
  await dialog().getByLabel('What did you find or do?').fill('The key was changed');
  await dialog().getByRole('button', { name: 'Mark as attended' }).click();
  await region('What has happened').getByText('Attended, by you').waitFor();
  expect(await region('Waits for a person').count()).toBe(0);
  await page.getByRole('link', { name: 'All orders' }).click();
  await region('What waits for a person').getByText('Nothing does.').waitFor();
  expect(shop.operators.asked.map(({ act, body }) => [act, body])).toEqual([
    ['retry', { reason: 'The key is mended' }],
    ['attend', { note: 'The key was changed' }],
  ]);
  expect(shopper.faults).toEqual([]);
});

test('somebody whose session has ended is asked to sign in, and nothing is done', async () => {
  const shopper = given();
  const { page, shop, signIn } = shopper;
  const { orderId } = shop.operators.place();
  await arrive(orderPage(orderId));
  await shown();
  await openRefund();
  signIn.tokens.clear();
  await dialog().getByRole('button', { name: 'Refund €170.65' }).click();
  await dialog().getByRole('alert').getByText('Your session has ended').waitFor();
  await dialog().getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('link', { name: 'Go on as Ada' }).click();
  await shown();
  expect(new URL(page.url()).pathname).toBe(orderPage(orderId));
  expect(asked('refunds')).toEqual([]);
});

test('a mail is sent again by keyboard alone', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  shop.operators.place();
  await arrive();
  const press = (...keys: readonly string[]) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const goTo = (words: string) => eventually(async () => {
    if ((await focused()).startsWith(words)) return true;
    await press('Tab');
    return false;
  });
  await region('Newest orders').getByText('1 order', { exact: true }).waitFor();
  await goTo('23 Nov 2026');
  await press('Enter');
  await shown();
  await goTo('Send a mail again');
  await press('Enter', 'Tab');
  await page.keyboard.type('It bounced');
  await shopper.picture('operators-resend');
  await press('Enter');
  await taken().getByText('“Confirmation” is being sent again').waitFor();
  await eventually(async () => (await focused()).startsWith('“Confirmation” is being sent again'));
  await region('Steps and attempts').getByText('Writing to the customer').waitFor();
  await region('What has happened').getByText('Mail sent again: Confirmation, by you').waitFor();
  expect(asked('mails').map(({ body }) => body)).toEqual([{ mail: 'confirmation', reason: 'It bounced' }]);
  await goTo('Refund');
  await press('Enter', 'Escape');
  await eventually(async () => (await focused()) === 'Refund');
  expect(asked('refunds')).toEqual([]);
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
