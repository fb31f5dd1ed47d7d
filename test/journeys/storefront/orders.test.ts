import { eventually } from '../../support/eventually';
import { CARDS, shopperOfEachTest } from './shopper';


const given = shopperOfEachTest();

test('an order is followed from the bank to the door, and the page then asks no more', async () => {
  const shopper = given();
  const { page, shop, payment } = shopper;
  await page.clock.install();
  shop.orders.goesTo = 'DELIVERED';
  await shopper.order();
  await shopper.heading('Thank you, we have your order').waitFor();
  for (const happened of ['We received your order', 'Your bank agreed to the payment', 'We booked the shipment', 'You paid', 'We confirmed your order']) {
    await eventually(async () => {
      await page.clock.fastForward(1_000);
      return page.getByText(happened, { exact: true }).isVisible();
    });
  }
  await page.getByText('You have paid €66.52.').waitFor();
  await page.getByText('CE-7731-0042').waitFor();
  const { data } = await payment.stripe.paymentIntents.list();
  expect(data.map(({ amount, status }) => ({ amount, status }))).toEqual([{ amount: 6_652, status: 'requires_capture' }]);
  await shopper.picture('order');
  await eventually(async () => {
    await page.clock.fastForward(15_000);
    return shopper.heading('Your order has arrived').isVisible();
  });
  const { looks } = shop.orders;
  await page.clock.fastForward(600_000);
  await page.getByRole('link', { name: 'All your orders' }).click();
  await page.getByText('Delivered').waitFor();
  expect(shop.orders.looks).toBe(looks);
  expect(shopper.faults).toEqual([]);
});

test('a declined order says that nothing was charged, and can be ordered again', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.order(CARDS.insufficientFunds);
  await shopper.heading('Your payment was declined').waitFor();
  await page.getByText('You have not been charged. Your bank says that there is not enough money on the account.').waitFor();
  await shopper.picture('order-declined');
  await shopper.button('Order again').click();
  expect(await page.getByLabel('Quantity of Walnut serving board').inputValue()).toBe('1');
  await shopper.button('Show the total').click();
  await shopper.fillCard();
  await shopper.button('Order for').click();
  await shopper.heading('Thank you, we have your order').waitFor();
});

test('the bank’s question is put by itself right after ordering, and the order goes on when it is answered', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.order(CARDS.secondFactor);
  const bank = page.frameLocator('iframe[title="3D Secure"]');
  await bank.getByText('€66.52').waitFor();
  await shopper.picture('order-second-factor');
  await bank.getByRole('button', { name: 'Complete' }).click();
  await shopper.heading('Thank you, we have your order').waitFor();
  await page.getByText('You have paid €66.52.').waitFor();
  expect(shopper.faults).toEqual([]);
});

test('the bank’s question waits for a click once the page was left, and a no ends the order', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.order(CARDS.secondFactor);
  await page.frameLocator('iframe[title="3D Secure"]').getByText('€66.52').waitFor();
  await page.reload();
  await shopper.heading('Your bank wants to know that it is you').waitFor();
  await page.getByText('Please answer by').waitFor();
  await shopper.picture('order-action');
  expect(await page.locator('iframe[title="3D Secure"]').count()).toBe(0);
  await shopper.button('Confirm with your bank').click();
  await page.frameLocator('iframe[title="3D Secure"]').getByRole('button', { name: 'Fail' }).click();
  await shopper.heading('Your payment was declined').waitFor();
  await page.getByText('Your bank could not make sure that it was you.').waitFor();
});

test('without the payment provider’s script the bank’s question can be asked for again', async () => {
  const shopper = given();
  const { page, payment, shop } = shopper;
  await shopper.order(CARDS.secondFactor);
  await page.frameLocator('iframe[title="3D Secure"]').getByText('€66.52').waitFor();
  await page.route(`${payment.origin}/**/stripe.js`, (route) => route.abort());
  await page.reload();
  await shopper.button('Confirm with your bank').click();
  await page.getByRole('alert').getByText('The window of your bank cannot be opened.').waitFor();
  await page.unroute(`${payment.origin}/**/stripe.js`);
  await shopper.button('Confirm with your bank').click();
  await page.frameLocator('iframe[title="3D Secure"]').getByRole('button', { name: 'Complete' }).click();
  await shopper.heading('Thank you, we have your order').waitFor();
  expect(shop.attempts).toHaveLength(1);
});

test('an order is cancelled after a question, and what was paid comes back', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.order();
  await page.getByText('You have paid €66.52.').waitFor();
  await shopper.button('Cancel this order').click();
  await shopper.button('Keep it').click();
  await shopper.button('Cancel this order').click();
  await page.getByLabel('Why?').fill('Wrong colour');
  await shopper.picture('order-cancel');
  await shopper.button('Cancel the order').click();
  await shopper.heading('Your order is cancelled').waitFor();
  await page.getByText('We have refunded the €66.52 that you paid.').waitFor();
  await page.getByText('Wrong colour').waitFor();
  await shopper.picture('order-cancelled');
  expect(await shopper.button('Cancel this order').count()).toBe(0);
  expect([...shop.orders.all.values()].map(({ status }) => status)).toEqual(['CANCELLED']);
  expect(shopper.faults).toEqual([]);
});

test('who cancels too late is told so', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.order();
  await page.getByText('We confirmed your order').waitFor();
  await shopper.button('Cancel this order').click();
  const [order] = shop.orders.all.values();
  shop.orders.goesTo = 'HANDED_OVER';
  await shop.orders.look(order?.orderId ?? '');
  await shopper.button('Cancel the order').click();
  await page.getByText('It is too late to cancel this order.').waitFor();
  await shopper.button('Keep it').click();
  await shopper.heading('Your order is on its way').waitFor();
  expect(await shopper.button('Cancel this order').count()).toBe(0);
});

test('the link of a mail leads through the sign-in to the order, on a phone as well', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.order();
  await page.getByText('You have paid €66.52.').waitFor();
  const [order] = shop.orders.all.values();
  await page.evaluate(() => sessionStorage.clear());
  await page.setViewportSize({ width: 390, height: 844 });
  await shopper.open(`/orders/${order?.orderId ?? ''}`);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Go on as Ada' }).click();
  await page.getByText('You have paid €66.52.').waitFor();
  await shopper.picture('phone-order');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
