import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
const recorded = () => given().shop.clicks.map(({ type }) => type);

test('the way from looking to buying is recorded, by one visitor in one visit, with the customer’s token once there is one', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.open();
  await page.getByRole('link', { name: 'Walnut serving board' }).click();
  await page.getByRole('heading', { level: 1, name: 'Walnut serving board' }).waitFor();
  await page.getByRole('combobox', { name: 'Search the shop' }).fill(' Walnut ');
  await page.keyboard.press('Enter');
  await page.getByText('1 product', { exact: true }).waitFor();
  await shopper.order();
  await shopper.heading('Thank you, we have your order').waitFor();
  await eventually(() => recorded().includes('Purchase'));
  // What was under way as the page was left for the sign-in is sent again after it.
  const unique = new Map(shop.clicks.toReversed().map((click) => [click.eventId, click]));
  const clicks = [...unique.values()].toSorted((one, other) => one.eventTime.localeCompare(other.eventTime));
  const [order] = shop.orders.all.values();
  const walnut = { productId: 'walnut-board', price: { amount: 4900, currency: 'EUR' } };
  expect(clicks).toMatchObject([
    { type: 'View', page: '/products/walnut-board', ...walnut },
    { type: 'Search', page: '/search', searchText: 'Walnut', resultCount: 1 },
    { type: 'AddToCart', page: '/', quantity: 1, ...walnut },
    { type: 'ViewCart', page: '/basket' },
    { type: 'StartCheckout', page: '/basket', price: { amount: 6652, currency: 'EUR' } },
    // Back from the sign-in page.
    { type: 'ViewCart', page: '/basket' },
    { type: 'Purchase', page: '/basket', orderId: order?.orderId, quantity: 1, ...walnut },
  ]);
  expect(new Set(clicks.map(({ anonymousId, sessionId }) => `${anonymousId} ${sessionId}`)).size).toBe(1);
  expect(clicks[0]?.token).toBeUndefined();
  expect(clicks.at(-1)?.token).toMatch(/^Bearer ./);
  expect(shopper.faults).toEqual([]);
});

test('a quantity that is changed, down to none, is recorded', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.open();
  await shopper.button('Add to basket: Walnut serving board').click();
  await page.getByRole('link', { name: 'Basket (1)' }).click();
  await page.getByLabel('Quantity of Walnut serving board').fill('3');
  await page.keyboard.press('Tab');
  await shopper.button('Remove Walnut serving board').click();
  await eventually(() => recorded().filter((type) => type === 'UpdateQuantity').length === 2);
  expect(shop.clicks.filter(({ type }) => type === 'UpdateQuantity').map(({ quantity }) => quantity)).toEqual([3, 0]);
});

test('what was done just before the tab was closed arrives', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.open();
  await shopper.button('Add to basket: Walnut serving board').click();
  await page.close({ runBeforeUnload: false });
  await eventually(() => recorded().length > 0, 30);
  expect(recorded()).toEqual(['AddToCart']);
});

test('what the shop could not take while it was away arrives once it is back, after a reload too', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await page.route('**/api/clicks', (route) => route.fulfill({ status: 503 }));
  await shopper.open('/products/walnut-board');
  const refused = page.waitForResponse('**/api/clicks');
  await page.getByRole('heading', { level: 1, name: 'Walnut serving board' }).waitFor();
  await refused;
  await page.unroute('**/api/clicks');
  await page.reload();
  await eventually(() => recorded().filter((type) => type === 'View').length === 2);
  expect(new Set(shop.clicks.map(({ eventId }) => eventId)).size).toBe(2);
  expect(shopper.faults).toEqual([]);
});

test.each([
  ['Do Not Track', 'doNotTrack', '1'],
  ['Global Privacy Control', 'globalPrivacyControl', true],
] as const)('with %s nothing is sent and no id is kept, and the shop works', async (_, name, value) => {
  const shopper = given();
  const { page, shop } = shopper;
  await page.addInitScript(([wish, wanted]) => Object.defineProperty(navigator, wish, { get: () => wanted }), [name, value] as const);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await shopper.open('/products/walnut-board');
  await shopper.button('Add to basket: Walnut serving board').click();
  await page.getByRole('link', { name: 'Basket (1)' }).click();
  await page.getByRole('heading', { name: 'Your basket' }).waitFor();
  await page.getByText('asks not to be followed').waitFor();
  const kept = await page.evaluate(() => [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage)));
  expect(kept).toEqual(['shop.basket']);
  await page.goto('about:blank');
  expect(requests.filter((url) => /clicks|anonymousId/.test(url))).toEqual([]);
  expect(shop.clicks).toEqual([]);
});
