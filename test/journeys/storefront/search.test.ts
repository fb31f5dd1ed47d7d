import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
const PHONE = { width: 390, height: 844 };

const box = () => given().page.getByRole('combobox', { name: 'Search the shop' });
const address = () => {
  const { pathname, search } = new URL(given().page.url());
  return pathname + search;
};
const names = () => given().page.getByRole('region', { name: 'What was found' }).getByRole('heading', { level: 2 }).allTextContents();
const filter = (name: string) => given().page.getByRole('navigation', { name: 'Filters' }).getByRole('link', { name });

test('a few letters suggest products, and the keyboard alone leads to one', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.open();
  await box().pressSequentially('lin');
  const option = page.getByRole('option', { name: 'Linen apron' });
  await option.waitFor();
  expect(await box().getAttribute('aria-expanded')).toBe('true');
  expect(await option.getAttribute('aria-selected')).toBe('false');
  await shopper.picture('suggestions');
  await page.keyboard.press('ArrowDown');
  expect(await option.getAttribute('aria-selected')).toBe('true');
  expect(await box().getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
  await page.keyboard.press('ArrowDown');
  expect(await box().getAttribute('aria-activedescendant')).toBeNull();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Linen apron' }).waitFor();
  expect(address()).toBe('/products/linen-apron');
  // Keys that followed one another quickly asked once.
  expect(shop.search.asked.length).toBeLessThan(4);
  expect(shopper.faults).toEqual([]);
});

test('Escape puts the suggestions away and keeps what was typed; a click on one leads to it', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.open();
  await box().fill('board');
  await page.getByRole('option').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('option').waitFor({ state: 'detached' });
  expect(await box().inputValue()).toBe('board');
  await box().fill('boar');
  await page.getByRole('option', { name: 'Walnut serving board' }).click();
  await page.getByRole('heading', { level: 1, name: 'Walnut serving board' }).waitFor();
});

test('what is found can be narrowed, widened, sorted and gone back from, and each step has an address', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.open();
  await box().fill('n');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Results for “n”' }).waitFor();
  await page.getByText('3 products').waitFor();
  expect(await names()).toEqual(['Walnut serving board', 'Linen apron']);
  await shopper.button('Show more').click();
  await page.getByRole('heading', { name: 'Sencha, first flush' }).waitFor();
  await shopper.picture('results');

  await filter('Kitchen (2)').click();
  await page.getByText('2 products').waitFor();
  await page.getByLabel('Sort by').selectOption('Price, lowest first');
  await eventually(async () => (await names())[0] === 'Linen apron');
  await filter('From €40.00 (1)').click();
  await page.getByText('1 product', { exact: true }).waitFor();
  expect(address()).toBe('/search?q=n&category=Kitchen&minPrice=4000&sort=price-asc');
  expect(await filter('Kitchen').getAttribute('aria-current')).toBe('true');

  await page.reload();
  await page.getByText('1 product', { exact: true }).waitFor();
  expect(await box().inputValue()).toBe('n');
  await filter('Kitchen').click();
  await eventually(() => address() === '/search?q=n&minPrice=4000&sort=price-asc');
  await page.goBack();
  await page.goBack();
  await page.getByText('2 products').waitFor();
  expect(await names()).toEqual(['Linen apron', 'Walnut serving board']);
  await filter('Remove all filters').click();
  await filter('In stock (2)').click();
  await page.getByText('2 products').waitFor();
  await filter('Halvorsen & Daughters (2)').click();
  await eventually(() => address() === '/search?q=n&vendor=Halvorsen+%26+Daughters&inStock=true&sort=price-asc');
  expect(shopper.faults).toEqual([]);
});

test('where nothing is found there is a way on', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.open('/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%20%F0%9F%AB%96');
  await page.getByRole('heading', { name: 'Results for “<script>alert(1)</script> 🫖”' }).waitFor();
  await page.getByText('Nothing was found').waitFor();
  await shopper.picture('nothing-found');
  await shopper.open('/search?q=sencha&category=Kitchen');
  await page.getByRole('link', { name: 'Search without the filters' }).click();
  await page.getByRole('heading', { name: 'Sencha, first flush' }).waitFor();
  expect(address()).toBe('/search?q=sencha');
  expect(shopper.faults).toEqual([]);
});

test('while search is away the shopper is told so, the shop sells on, and a second try finds', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  shop.search.away = true;
  await shopper.open();
  await box().fill('board');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Search is away just now').waitFor();
  await shopper.picture('search-away');
  await page.getByRole('link', { name: 'Kitchen' }).click();
  await page.getByRole('button', { name: 'Add to basket: Walnut serving board' }).click();
  await page.getByText('1 in your basket').waitFor();
  await page.goBack();
  await page.getByRole('alert').waitFor();
  shop.search.away = false;
  await shopper.button('Try again').click();
  await page.getByText('1 product', { exact: true }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(shopper.faults).toEqual([]);
});

test('a text that the firewall does not let through leads on, too', async () => {
  const shopper = given();
  const { page } = shopper;
  await page.route('**/api/search?**', (route) => route.fulfill({ status: 403, contentType: 'text/html', body: 'Request blocked' }));
  await shopper.open('/search?q=%3Cscript%3E');
  await page.getByRole('alert').getByText('This cannot be searched for').waitFor();
  await page.getByRole('link', { name: 'Kitchen' }).click();
  await page.getByRole('heading', { name: 'Linen apron' }).waitFor();
  expect(shopper.faults).toEqual([]);
});

test('an answer that comes late does not take the place of a later question’s', async () => {
  const shopper = given();
  const { page } = shopper;
  let answerFirst = (): void => undefined;
  const first = new Promise<void>((resolve) => (answerFirst = resolve));
  await page.route(/api\/search\?q=apron/, async (route) => {
    await first;
    await route.continue();
  });
  await shopper.open('/search?q=apron');
  await box().fill('board');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Walnut serving board' }).waitFor();
  const late = page.waitForResponse(/q=apron/);
  answerFirst();
  await late;
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect(await names()).toEqual(['Walnut serving board']);
});

test('on a phone the box, the results and the filters have room', async () => {
  const shopper = given();
  const { page } = shopper;
  await page.setViewportSize(PHONE);
  await shopper.open('/search?q=n');
  await page.getByText('3 products').waitFor();
  expect(await filter('Kitchen (2)').isVisible()).toBe(false);
  await shopper.picture('phone-results');
  await page.getByText('Filters', { exact: true }).click();
  await shopper.picture('phone-filters');
  await filter('Kitchen (2)').click();
  await page.getByText('2 products').waitFor();
  await page.setViewportSize({ width: PHONE.height, height: PHONE.width });
  await filter('Remove all filters').waitFor();
  await page.setViewportSize(PHONE);
  for (const path of ['/', '/search?q=n', '/search?q=n&category=Kitchen', '/search?q=zzz', '/products/walnut-board']) {
    await shopper.open(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, PHONE.width]);
  }
});

test('where the deployment has no search there is no field for it, and its address leads nowhere', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  shop.search.deployed = false;
  await shopper.open();
  await page.getByRole('link', { name: 'Basket' }).waitFor();
  expect(await box().count()).toBe(0);
  await page.goto(`${new URL(page.url()).origin}/search?q=linen`);
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  expect(shopper.faults).toEqual([]);
});
