import { euros, products } from '../../storefront/fakeProducts';
import { refuse } from '../../storefront/refuse';
import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();

const BOARD = 4900;
const line = (name: string) => given().page.getByRole('main').getByRole('listitem').filter({ has: given().page.getByText(name, { exact: true }) }).first();
const offer = (name = 'The total') => given().page.getByRole('region', { name });
const focused = () => given().page.evaluate(() => document.activeElement?.textContent);

function sellBoardFor(amount: number): void {
  const board = products.find(({ productId }) => productId === 'walnut-board');
  if (!board) throw new Error('The fake shop sells no board.');
  Object.assign(board, { price: euros(amount) });
}
afterEach(() => sellBoardFor(BOARD));

async function fillAddress(): Promise<void> {
  const { page } = given();
  await page.getByLabel('Country').selectOption('Germany');
  for (const field of ['Name', 'Street and number', 'Postal code', 'City']) await page.getByLabel(field).fill('10117');
}

async function fillBasket(...names: readonly string[]): Promise<void> {
  await given().open();
  for (const name of names) await given().button(`Add to basket: ${name}`).click();
}

test.each([
  { way: 'dearer', amount: 5900, now: '€59.00', goods: '€97.50', jetzt: '59,00 €' },
  { way: 'cheaper', amount: 3900, now: '€39.00', goods: '€77.50', jetzt: '39,00 €' },
])('what has become $way since it was added says so in words, in the basket and with the total, in both languages', async ({ way, amount, now, goods, jetzt }) => {
  const shopper = given();
  const { page } = shopper;
  await fillBasket('Walnut serving board', 'Linen apron');
  sellBoardFor(amount);
  await shopper.open('/basket');
  const words = `Now ${now}, was €49.00 when you added it.`;
  await line('Walnut serving board').getByText(words).waitFor();
  expect(await page.getByText('when you added it').count()).toBe(1);
  await fillAddress();
  await shopper.button('Show the total').click();
  await offer().getByText('Since you filled your basket, prices have changed').waitFor();
  await offer().getByRole('listitem').filter({ hasText: 'Walnut serving board' }).getByText(words).waitFor();
  await offer().getByText(goods).waitFor();
  await eventually(async () => (await focused()) === 'The total');
  await shopper.picture(`price-${way}`);
  await shopper.button('Deutsch').click();
  await line('Walnut serving board').getByText(`Jetzt ${jetzt}. Als Sie es hinzugefügt haben, waren es 49,00 €.`).waitFor();
  await offer('Gesamtbetrag').getByText(`Jetzt ${jetzt}.`).waitFor();
  await shopper.picture(`german-price-${way}`);
  expect(shopper.faults).toEqual([]);
});

test('whoever adds more of it at the new price has seen that price', async () => {
  const shopper = given();
  const { page } = shopper;
  await fillBasket('Walnut serving board');
  sellBoardFor(5900);
  await fillBasket('Walnut serving board');
  await page.getByRole('link', { name: 'Basket (2)' }).click();
  await line('Walnut serving board').getByText('€59.00').waitFor();
  expect(await page.getByText('when you added it').count()).toBe(0);
});

test('a price that changes between the basket and its total is said with the total, and in the basket as well', async () => {
  const shopper = given();
  await fillBasket('Walnut serving board');
  await shopper.page.getByRole('link', { name: 'Basket (1)' }).click();
  await line('Walnut serving board').getByText('€49.00').waitFor();
  await fillAddress();
  sellBoardFor(5900);
  await shopper.button('Show the total').click();
  for (const place of [offer(), line('Walnut serving board')]) await place.getByText('Now €59.00, was €49.00 when you added it.').waitFor();
  expect(shopper.faults).toEqual([]);
});

test('a basket that was filled before prices were kept is as it was, and says nothing of them', async () => {
  const shopper = given();
  const { page } = shopper;
  await page.addInitScript(() => localStorage.setItem('shop.basket', JSON.stringify([{ productId: 'walnut-board', quantity: 2 }])));
  await shopper.open('/basket');
  await line('Walnut serving board').getByText('€49.00').waitFor();
  await fillAddress();
  await shopper.button('Show the total').click();
  await offer().getByText('€98.00').first().waitFor();
  expect(await page.getByText('when you added it').count()).toBe(0);
  expect(shopper.faults).toEqual([]);
});

test('a basket whose products cannot be looked up still says what is in it', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await fillBasket('Walnut serving board', 'Linen apron');
  shop.trouble = (path) => (path.startsWith('/api/products/') ? refuse('internal-error') : undefined);
  await shopper.open('/basket');
  await page.getByRole('alert').getByText('Something went wrong on our side.').waitFor();
  await line('Linen apron').getByLabel('Quantity of Linen apron').waitFor();
  await shopper.picture('basket-away');
  shop.trouble = undefined;
  await shopper.button('Try again').click();
  await line('Linen apron').getByText('€38.50').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('whoever removes things by keyboard goes on at the top of what is left', async () => {
  const shopper = given();
  await fillBasket('Walnut serving board', 'Linen apron');
  await shopper.page.getByRole('link', { name: 'Basket (2)' }).click();
  await shopper.button('Remove Linen apron').press('Enter');
  await eventually(async () => (await focused()) === 'Your basket');
  await shopper.button('Remove Walnut serving board').press('Enter');
  await eventually(async () => (await focused()) === 'Your basket is empty');
  expect(shopper.faults).toEqual([]);
});

test('a product that has vanished from a basket is named, and can be removed', async () => {
  const shopper = given();
  const { page } = shopper;
  await fillBasket('Walnut serving board', 'Linen apron');
  shopper.shop.trouble = (path) => (path === '/api/products/linen-apron' ? refuse('product-not-found') : path === '/api/quotes' ? refuse('unknown-product') : undefined);
  await page.getByRole('link', { name: 'Basket (2)' }).click();
  await line('Linen apron').getByText('No longer sold. Remove it to go on.').waitFor();
  expect(await page.getByLabel('Quantity of Linen apron').count()).toBe(0);
  await fillAddress();
  await shopper.button('Show the total').click();
  await page.getByRole('alert').getByText('Something in your basket is no longer sold.').waitFor();
  await shopper.picture('vanished');
  shopper.shop.trouble = undefined;
  await shopper.button('Remove Linen apron').click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await shopper.button('Show the total').click();
  await shopper.heading('The total').waitFor();
  expect(given().faults).toEqual([]);
});

test('a price that has changed is not paid before it was shown', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await shopper.getReadyToOrder();
  shop.mishap = 'quote-expired';
  sellBoardFor(5900);
  await shopper.button('Order for €66.52').click();
  await page.getByRole('alert').getByText('The prices were kept for a while, but not this long. Nothing was ordered.').waitFor();
  await page.getByText('Now €59.00, was €49.00 when you added it.').waitFor();
  shop.mishap = undefined;
  await shopper.button('Show the total').click();
  await shopper.fillCard();
  await shopper.button('Order for €78.42').click();
  await shopper.heading('Thank you, we have your order').waitFor();
  expect([...shop.orders.all.values()].map(({ total }) => total.amount)).toEqual([7842]);
});
