import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { onPage } from '../../support/browser';
import { address, type DevShop } from './customers';

/** The confirmation code that the local user pool takes for every new account. */
const CONFIRMATION_CODE = '123456';

interface Given {
  readonly dev: DevShop;
  readonly browser: Browser;
  readonly screenshots: string;
}

/** What a shopper does on the dev site, in a browser where a person would use one. */
export function shopping(given: () => Given): void {
  test('finds products, signs up, orders, and finds the order again', async () => {
    const { dev, browser, screenshots } = given();
    const faults: string[] = [];
    const page = await browser.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => { if (/content security policy/i.test(message.text())) faults.push(message.text()); });
    const picture = (name: string) => page.screenshot({ path: path.join(screenshots, `dev-${name}.png`), fullPage: true });

    await onPage(page, async () => {
      await page.goto(dev.url);
      await page.getByRole('button', { name: /^Add to basket: / }).first().click();
      await picture('catalogue');
      await page.getByRole('link', { name: 'Basket (1)' }).click();
      await page.getByLabel('Name').fill(address.name);
      await page.getByLabel('Street and number').fill(address.line1);
      await page.getByLabel('Postal code').fill(address.postalCode);
      await page.getByLabel('City').fill(address.city);
      await page.getByLabel('Country').selectOption('Germany');
      await page.getByRole('button', { name: 'Show the total' }).click();
      await page.getByRole('heading', { name: 'The total' }).waitFor();
      await page.getByRole('button', { name: 'Sign up' }).click();
      const email = `ada-${randomUUID()}@example.com`;
      await signUp(page, email);
      await enterCard(page, '4242 4242 4242 4242');
      await page.getByRole('button', { name: /^Order for/ }).dblclick();
      await page.getByText('Confirmed', { exact: true }).first().waitFor({ timeout: 60_000 });
      await picture('order');
      await page.getByRole('link', { name: 'All your orders' }).click();
      await page.getByText(/1 item/).first().waitFor();
      expect(await page.getByText(/1 item/).count()).toBe(1);
      await picture('orders');
    });
    expect(faults).toEqual([]);
    await page.close();
  });

  test('pays the quoted price once, however often the request is sent', async () => {
    const { dev } = given();
    const customer = await dev.customer();
    const { products } = await dev.shop.call('listProducts');
    const product = products.find(({ stock }) => stock > 5);
    const body = { quoteId: await dev.quote(product?.productId ?? ''), shippingAddress: address, paymentMethod: 'pm_card_visa' };
    const idempotencyKey = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => dev.shop.send('submitOrder', { token: customer.accessToken, idempotencyKey, body })));
    const orders = await Promise.all(answers.filter(({ status }) => status === 201).map(async (answer) => ((await answer.json()) as { orderId: string }).orderId));
    expect(new Set(orders).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect((await dev.shop.call('listOrders', { token: customer.accessToken })).orders).toHaveLength(1);
    const after = await dev.shop.call('getProduct', { pathParameters: { productId: product?.productId ?? '' } });
    expect(after.stock).toBe((product?.stock ?? 0) - 1);
  });

  test("never sees another customer's order", async () => {
    const { dev } = given();
    const [customer, other] = [await dev.customer(), await dev.customer()];
    const { products: [product] } = await dev.shop.call('listProducts');
    const { orderId } = await dev.order(customer, product?.productId ?? '');
    await dev.shop.refusal('getOrder', { token: other.accessToken, pathParameters: { orderId } }, 404, 'order-not-found');
    expect((await dev.shop.call('listOrders', { token: other.accessToken })).orders).toEqual([]);
  });
}

/** Types a card into the payment provider's own fields. */
async function enterCard(page: Page, number: string): Promise<void> {
  const fields = page.frameLocator('iframe[title="Secure payment input frame"]');
  await fields.getByLabel('Card number').fill(number);
  await fields.getByLabel('Expiration date').fill('1234');
  await fields.getByLabel('Security code').fill('123');
}

/** Fills in the user pool's own pages: an account, its confirmation, and back to the shop. */
async function signUp(page: Page, email: string): Promise<void> {
  const password = `Aa1!${randomUUID()}`;
  await page.locator('input[name="username"], input[name="email"]').first().fill(email);
  await page.locator('input[type="password"]').first().fill(password);
  await page.locator('[type="submit"]').first().click();
  const code = page.locator('input[name="code"], input[name="confirmation_code"]');
  if (await code.first().isVisible({ timeout: 5_000 }).catch(() => false)) {
    await code.first().fill(CONFIRMATION_CODE);
    await page.locator('[type="submit"]').first().click();
  }
}
