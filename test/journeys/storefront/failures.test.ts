import { OPERATORS_GROUP } from '../../../contracts/operations';
import { products } from '../../storefront/fakeProducts';
import { refuse } from '../../storefront/refuse';
import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();

/** The front page has a shelf for each category, and each of them its own luck. */
const KITCHEN = '/?category=Kitchen';
const board = () => given().page.getByRole('heading', { name: 'Walnut serving board' });
const alert = () => given().page.getByRole('main').getByRole('alert');

/** Troubles in turn at this path; after the last there is none. */
function inTurn(path: string, troubles: readonly ('lost' | 'never' | (() => Response))[]): void {
  const left = [...troubles];
  given().shop.trouble = (asked) => {
    const trouble = asked === path ? left.shift() : undefined;
    return typeof trouble === 'function' ? trouble() : trouble;
  };
}
const always = (path: string, answer: () => Response): void => void (given().shop.trouble = (asked) => (asked === path ? answer() : undefined));

test('what fails in passing is asked for again without a word', async () => {
  inTurn('/api/products', ['lost', () => refuse('try-again'), () => new Response('Too Many Requests', { status: 429, headers: { 'retry-after': '1' } })]);
  await given().open(KITCHEN);
  await board().waitFor();
  expect(await alert().count()).toBe(0);
});

test('an answer that never comes is waited for with a word, given up, and asked for again', async () => {
  inTurn('/api/products', ['never']);
  await given().open(KITCHEN);
  await given().page.getByText('This takes longer than usual. We keep trying.').waitFor();
  await board().waitFor();
  expect(given().faults).toEqual([]);
});

test('a shop that is away says so, and shows its products by itself once it is back', async () => {
  const { page, shop } = given();
  shop.trouble = (path) => (path.startsWith('/api/') ? 'lost' : undefined);
  await given().open();
  await alert().getByText('The shop does not answer. Check your connection and try again.').first().waitFor();
  await given().picture('away');
  shop.trouble = undefined;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await board().waitFor();
  await page.getByRole('link', { name: 'Kitchen', exact: true }).waitFor();
  expect(await alert().count()).toBe(0);
});

test.each([
  { what: 'too many questions', answer: () => new Response('{}', { status: 429, headers: { 'retry-after': '60' } }), words: 'That was a little fast. Try again in a minute.' },
  { what: 'a fault of the shop', answer: () => refuse('internal-error'), words: 'Something went wrong on our side. Try again in a moment.' },
])('after $what the shopper is told so, and a second try shows the products', async ({ answer, words }) => {
  always('/api/products', answer);
  await given().open(KITCHEN);
  await alert().getByText(words).waitFor();
  given().shop.trouble = undefined;
  await given().button('Try again').click();
  await board().waitFor();
  expect(given().faults).toEqual([]);
});

test('whose session has ended is asked to sign in again, and comes back to where they were', async () => {
  const shopper = given();
  const { page, signIn } = shopper;
  await shopper.arriveAs([], '/orders');
  await page.getByText('You have not ordered anything yet.').waitFor();
  signIn.tokens.clear();
  await page.reload();
  await alert().getByText('Your session has ended. Sign in again to go on.').waitFor();
  await shopper.button('Sign in again').click();
  await page.getByRole('link', { name: 'Go on as Ada' }).click();
  await page.getByText('You have not ordered anything yet.').waitFor();
  expect(new URL(page.url()).pathname).toBe('/orders');
});

test.each(['full', 'refused'])('with storage that is %s the basket holds as long as the page, and that is said', async (how) => {
  const shopper = given();
  const { page } = shopper;
  await page.addInitScript((full) => {
    const refuse = (): never => {
      throw new DOMException('No', full ? 'QuotaExceededError' : 'SecurityError');
    };
    if (full) Storage.prototype.setItem = refuse;
    else for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get: refuse });
  }, how === 'full');
  await shopper.open();
  await shopper.button('Add to basket: Walnut serving board').click();
  await page.getByText('Your browser keeps nothing for this shop. Your basket lasts until you close or reload this page.').waitFor();
  await page.getByRole('link', { name: 'Basket (1)' }).click();
  await page.getByText('€49.00').waitFor();
  await shopper.picture(`storage-${how}`);
  expect(shopper.faults).toEqual([]);
});

test('a broken link leads on', async () => {
  const shopper = given();
  const { page } = shopper;
  for (const [address, words] of [['/no/such/page', 'There is no such page'], ['/products/nothing', 'We do not sell this product.']]) {
    await shopper.open(address);
    await page.getByText(words ?? '').waitFor();
    if (address === '/no/such/page') await page.getByRole('link', { name: 'Kitchen' }).waitFor();
    await page.getByRole('link', { name: 'Back to the shop' }).click();
    await board().waitFor();
  }
  expect(given().faults).toEqual([]);
});

test('without the shop’s configuration it says that it cannot be opened, and opens by itself once that is there', async () => {
  const { page, shop } = given();
  shop.trouble = (path) => (path === '/config.json' ? 'lost' : undefined);
  await given().open();
  await page.getByText('The shop cannot be opened just now.').waitFor();
  shop.trouble = undefined;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await board().waitFor();
  expect(given().faults).toEqual([]);
});

test('a script that did not come is asked for again by itself; where it is kept away for good that is said', async () => {
  const shopper = given();
  const { page } = shopper;
  let times = 1;
  await page.route('**/assets/index*.js', (route) => (times-- > 0 ? route.abort() : route.continue()));
  await shopper.open();
  await board().waitFor();
  times = 100;
  await page.evaluate(() => sessionStorage.setItem('shop.opening', '3'));
  await page.reload();
  await page.getByRole('alert').getByText('whether something in your browser blocks the shop’s scripts').waitFor();
  await shopper.picture('scripts-blocked');
  times = 0;
  await page.getByRole('link', { name: 'Load it again' }).click();
  await board().waitFor();
  expect(given().faults).toEqual([]);
});

test('a page that was open over a release is loaded anew once when a file of its own is gone', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.arriveAs([OPERATORS_GROUP]);
  let asked = 0;
  await page.route('**/numbersPage-*.js', (route) => (asked++ === 0 ? route.fulfill({ status: 404, body: '' }) : route.continue()));
  await page.evaluate(() => {
    history.pushState(null, '', '/operators/numbers');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await page.getByRole('heading', { level: 1, name: 'The numbers' }).waitFor();
  await eventually(() => asked === 2);
  expect(given().faults).toEqual([]);
});

test('without JavaScript the page says what it needs', async () => {
  const context = await given().page.context().browser()?.newContext({ javaScriptEnabled: false });
  const page = await context?.newPage();
  await page?.goto(given().shop.server.url.href);
  expect(await page?.locator('#shop').innerText()).toContain('The shop needs JavaScript to show its products.');
  await context?.close();
});

const TEXTS = {
  markup: `"><img src=x onerror="taken=true"> & 'quotes' </script>`,
  emoji: '👩🏽‍🍳 Żółć 🫖 “Sencha” — №1',
  rightToLeft: 'لوح تقديم من خشب الجوز (١٢ قطعة)',
  long: 'Linen '.repeat(1_667),
};

test.each(Object.entries(TEXTS))('%s in what others have written shows as text, also on a phone', async (_, text) => {
  const shopper = given();
  const { page, shop } = shopper;
  await page.setViewportSize({ width: 390, height: 844 });
  const [first] = products;
  const product = { ...first, name: text, vendor: text, description: text };
  shop.trouble = (path) => {
    if (path === '/api/products') return Response.json({ products: [product] });
    if (path === '/api/products/walnut-board') return Response.json(product);
    return path === '/api/categories' ? Response.json({ categories: [{ name: text, products: 1 }] }) : undefined;
  };
  const shown = text.trim();
  for (const address of ['/', '/products/walnut-board', '/basket']) {
    await shopper.open(address);
    await page.getByText(shown).first().waitFor();
    expect([address, await shopper.width()]).toEqual([address, 390]);
    if (address === '/') await page.getByRole('main').getByRole('button', { name: 'Add to basket' }).click();
  }
  expect(await page.evaluate(() => 'taken' in window)).toBe(false);
  expect(shopper.faults).toEqual([]);
});

test('a name and an address of any script and with any sign are ordered with and shown as they were typed', async () => {
  const shopper = given();
  const { page } = shopper;
  await shopper.fillBasketAndAddress();
  const typed = { Name: TEXTS.rightToLeft, 'Street and number': TEXTS.markup, City: TEXTS.emoji };
  for (const [field, text] of Object.entries(typed)) await page.getByLabel(field).fill(text);
  await shopper.signInFromBasket();
  await shopper.fillCard();
  await shopper.button('Order for €66.52').click();
  await shopper.heading('Thank you, we have your order').waitFor();
  for (const text of Object.values(typed)) await page.getByText(text).waitFor();
  await shopper.picture('any-script');
  expect(shopper.faults).toEqual([]);
});
