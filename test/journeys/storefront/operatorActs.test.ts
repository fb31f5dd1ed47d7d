import { stoppedOrder } from '../../storefront/operatorOrder';
import { eventually } from '../../support/eventually';
import { operatorOfEachTest, orderPage } from './operator';

const { given, region, dialog, taken, arrive, shown, asked, openRefund } = operatorOfEachTest();

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
