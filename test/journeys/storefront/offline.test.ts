import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtPages } from '../../support/builtPages';
import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const pages = builtPages('storefront');
const given = shopperOfEachTest({ serviceWorkers: 'allow' }, pages);

const OFFLINE = 'You are offline. What you have looked at is still here, and your basket is kept.';

/** What the home page asks for to show a shelf of the kitchen. */
const SHELF = '/api/products?category=Kitchen&limit=4';

const notice = () => given().page.getByText(OFFLINE);
const cached = (name: RegExp) =>
  given().page.evaluate(async (pattern) => {
    const names = (await caches.keys()).filter((candidate) => new RegExp(pattern).test(candidate));
    return (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname + new URL(url).search)))).flat();
  }, name.source);
const keeps = (address: string) => eventually(async () => (await cached(/^seen-/)).includes(address), 60);

async function setOffline(offline: boolean): Promise<void> {
  const { page, shop } = given();
  // The browser only believes that it is: what the worker asks for has to fail as well.
  shop.trouble = offline ? () => 'lost' : undefined;
  await page.context().setOffline(offline);
}

test('what was seen and the basket stay without a connection, and what cannot be done says so', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.open();
  await shopper.button('Add to basket: Linen apron').click();
  await keeps(SHELF);
  await page.getByRole('link', { name: 'Walnut serving board' }).click();
  await page.getByRole('heading', { level: 1, name: 'Walnut serving board' }).waitFor();
  await keeps('/api/products/walnut-board');
  await setOffline(true);
  await notice().waitFor();

  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Walnut serving board' }).waitFor();
  await shopper.open();
  await page.getByRole('link', { name: 'Kitchen', exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Linen apron' }).waitFor();
  await notice().waitFor();
  await shopper.picture('offline');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const [button, bar] = await Promise.all([shopper.button('Deutsch').boundingBox(), notice().boundingBox()]);
  expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThan(bar?.y ?? 0);
  await page.getByRole('link', { name: 'Basket (1)' }).click();
  await page.getByRole('link', { name: 'Linen apron' }).waitFor();
  await page.getByText('€38.50').waitFor();

  await page.getByLabel('Country').selectOption('Germany');
  for (const field of ['Name', 'Street and number', 'Postal code', 'City']) await page.getByLabel(field).fill('10117');
  await shopper.button('Show the total').click();
  await page.getByRole('alert').getByText('You are offline, and this needs a connection.').waitFor();
  await shopper.picture('offline-basket');
  await shopper.button('Sign in').click();
  await page.getByText('Signing in needs a connection.').waitFor();
  await page.getByRole('combobox', { name: 'Search the shop' }).fill('walnut');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('You are offline, and this needs a connection.').waitFor();

  await setOffline(false);
  await notice().waitFor({ state: 'detached' });
  await page.getByText('1 product', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Basket (1)' }).click();
  await shopper.button('Show the total').click();
  await shopper.heading('The total').waitFor();
  expect(shopper.faults).toEqual([]);
});

test('what was still on its way when the browser began to keep the shop is kept as well', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  let answer = (): void => undefined;
  const answered = new Promise<undefined>((resolve) => (answer = () => resolve(undefined)));
  shop.trouble = (asked) => (asked === '/api/products' ? answered : undefined);
  await shopper.open();
  await eventually(() => page.evaluate(() => navigator.serviceWorker.controller !== null));
  answer();
  await page.getByRole('heading', { name: 'Linen apron' }).waitFor();
  expect(await keeps(SHELF)).toBe(true);
});

test('nothing of a customer’s own is kept, nor anything of operators’ pages and the page about the API', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.arriveAs([], '/orders');
  await page.getByText('You have not ordered anything yet.').waitFor();
  await shopper.open('/operators/numbers');
  await page.getByRole('alert').first().waitFor();
  await shopper.open('/api-docs.html');
  await shopper.open();
  await keeps('/api/categories');
  const everything = await cached(/./);
  expect(everything).toEqual(expect.arrayContaining(['/', '/config.json']));
  expect(everything.filter((address) => /^\/(api\/)?(orders|operators|recommendations|api-docs)|numbersPage|findOrders|[?&](code|state)=/.test(address))).toEqual([]);
});

test('a release shows at once, and takes the place of the one that was kept', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.open();
  const before = await eventually(() => page.evaluate(async () => (await caches.keys()).find((name) => name.startsWith('shell-'))));
  await eventually(() => page.evaluate(() => navigator.serviceWorker.controller !== null));
  release('The next Market Hall');
  await page.reload();
  expect(await page.title()).toBe('The next Market Hall');
  await eventually(() => page.evaluate(async (old) => !(await caches.keys()).includes(old), before));
  await setOffline(true);
  await page.reload();
  expect(await page.title()).toBe('The next Market Hall');
  await page.getByRole('heading', { name: 'Linen apron' }).waitFor();
});

/** Another page, and a service worker that knows of it. */
function release(title: string): void {
  const [html, worker] = ['index.html', 'service-worker.js'].map((file) => path.join(pages, file));
  if (!html || !worker) throw new Error('There is nothing to release.');
  writeFileSync(html, readFileSync(html, 'utf8').replace(/<title>.*<\/title>/, `<title>${title}</title>`));
  writeFileSync(worker, readFileSync(worker, 'utf8').replace(/"[0-9a-f]{12}"/, '"next"'));
}
