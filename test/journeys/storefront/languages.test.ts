import type { RecommendationId } from '../../../contracts/recommendation';
import { products } from '../../storefront/fakeProducts';
import { barriers } from '../../support/axe';
import { CARDS, shopperOfEachTest } from './shopper';

const given = shopperOfEachTest({ locale: 'de-AT' });
const PHONE = { width: 390, height: 844 };

const language = (): Promise<string> => given().page.evaluate(() => document.documentElement.lang);
const recommend = () => ({ recommendationId: 'r-1' as RecommendationId, source: 'popular' as const, items: products.map((product) => ({ product })) });

/** Opens a page and waits for it to show something. */
async function see(address: string, text: string): Promise<void> {
  await given().open(address);
  await given().page.getByRole('main').getByText(text).first().waitFor();
}

test('whoever reads German buys in German, on a phone, from the shop window to the order', async () => {
  const shopper = given();
  const { page, shop, signIn } = shopper;
  shop.recommend = recommend;
  await page.setViewportSize(PHONE);
  const tooWide: string[] = [];
  const look = async (name: string) => {
    if ((await shopper.width()) > PHONE.width) tooWide.push(name);
    await shopper.picture(`german-phone-${name}`);
  };
  await see('/', 'Nur noch 3 Stück');
  await page.getByText('Gerade beliebt').first().waitFor();
  await look('home');
  await page.getByRole('heading', { name: 'Walnut serving board' }).getByRole('link').click();
  await page.getByText('49,00 €').first().waitFor();
  await look('product');
  await shopper.button('In den Warenkorb: Walnut serving board').click();
  await page.getByRole('link', { name: 'Warenkorb (1)' }).click();
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('Straße und Hausnummer').fill('Unter den Linden 1');
  await page.getByLabel('Postleitzahl').fill('10117');
  await page.getByLabel('Ort').fill('Berlin');
  await page.getByLabel('Land').selectOption('Deutschland');
  await shopper.button('Gesamtbetrag anzeigen').click();
  await page.getByText('MwSt. (19 %)').waitFor();
  await look('total');
  await shopper.button('Anmelden und bestellen').click();
  await page.getByRole('link', { name: 'Go on as Ada' }).click();
  const card = page.frameLocator('iframe[title="Secure payment input frame"]');
  await card.getByLabel('Kartennummer').fill(CARDS.good);
  await card.getByLabel('Ablaufdatum').fill('1234');
  await card.getByLabel('Sicherheitscode').fill('123');
  await look('card');
  await shopper.button('Zahlungspflichtig bestellen: 66,52 €').click();
  await shopper.heading('Vielen Dank für Ihre Bestellung').waitFor();
  await page.getByText('Sie haben 66,52 € bezahlt.').waitFor();
  await look('order');
  await page.getByRole('link', { name: 'Alle Ihre Bestellungen' }).click();
  await page.getByText('1 Artikel, 66,52 €').waitFor();
  await look('orders');
  expect(tooWide).toEqual([]);
  expect(await language()).toBe('de');
  expect(signIn.languages).toEqual(['de']);
  expect([...shop.orders.all.values()].map((order) => order.language)).toEqual(['de']);
  expect(shopper.faults).toEqual([]);
});

test('German pages are in nobody’s way, and mark what is English in them', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  shop.recommend = recommend;
  const found: Record<string, string[]> = {};
  for (const [address, text] of [
    ['/', 'Gerade beliebt'],
    ['/search?q=n&category=Kitchen', '2 Produkte'],
    ['/search?q=zzz', 'Nichts gefunden'],
    ['/products/walnut-board', 'Das könnte Ihnen gefallen'],
    ['/orders', 'Bitte melden Sie sich dafür an'],
    ['/account', 'Was wir von Ihren Besuchen erfassen'],
  ] as const) {
    await see(address, text);
    const inTheWay = await barriers(page, `shop German ${address.replaceAll(/\W+/g, ' ').trim() || 'home'}`);
    if (inTheWay.length > 0) found[address] = inTheWay;
  }
  expect(found).toEqual({});
  await see('/products/walnut-board', 'Das könnte Ihnen gefallen');
  expect(await page.getByRole('heading', { name: 'Walnut serving board' }).getAttribute('lang')).toBe('en');
  expect(await page.getByText('Made by hand').getAttribute('lang')).toBe('en');
  expect(await page.getByText('Auf Lager').evaluate((element) => element.closest('[lang]')?.getAttribute('lang'))).toBe('de');
});

test('what the shop refuses it says in German, and what the API says of a field is marked as English', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await see('/products/nothing', 'Dieses Produkt führen wir nicht.');
  shop.search.away = true;
  await see('/search?q=board', 'Die Suche ist gerade nicht verfügbar.');
  await page.route('**/api/quotes', (route) =>
    route.fulfill({ status: 422, contentType: 'application/problem+json', json: { type: '/problems/invalid-body', title: 'The body does not fit', status: 422, errors: [{ pointer: '#/shippingAddress/postalCode', detail: 'is not one of Germany' }] } }),
  );
  await see('/products/walnut-board', '49,00 €');
  await shopper.button('In den Warenkorb').click();
  await page.getByRole('link', { name: 'Warenkorb (1)' }).click();
  for (const [label, text] of [['Name', 'Ada'], ['Straße und Hausnummer', 'Weg 1'], ['Postleitzahl', '1'], ['Ort', 'Berlin']] as const) await page.getByLabel(label).fill(text);
  await page.getByLabel('Land').selectOption('Deutschland');
  await shopper.button('Gesamtbetrag anzeigen').click();
  const refusal = page.getByRole('alert');
  await refusal.getByText('Im Formular passt etwas noch nicht.').waitFor();
  await refusal.getByText('Postleitzahl: is not one of Germany').waitFor();
  expect(await refusal.getByText('is not one of Germany').last().getAttribute('lang')).toBe('en');
  await page.route('**/api/quotes', (route) => route.abort());
  await shopper.button('Gesamtbetrag anzeigen').click();
  await refusal.getByText('Der Shop antwortet nicht.').waitFor();
});

test('the language is switched at the foot of the page, by keyboard, and kept for the next visit', async () => {
  const shopper = given();
  const { page } = shopper;
  await see('/products/walnut-board', 'Auf Lager');
  expect(await page.getByRole('group', { name: 'Sprache' }).getByRole('button', { pressed: true }).textContent()).toBe('Deutsch');
  await shopper.button('English').press('Enter');
  await page.getByText('In stock').waitFor();
  expect(await language()).toBe('en');
  expect(await page.getByRole('group', { name: 'Language' }).getByRole('button', { pressed: true }).textContent()).toBe('English');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('English');
  await page.reload();
  await page.getByText('In stock').waitFor();
  const another = await page.context().newPage();
  await another.goto(page.url());
  await another.getByRole('button', { name: 'Deutsch' }).click();
  await another.getByText('Auf Lager').waitFor();
  await page.getByText('Auf Lager').waitFor();
  expect(shopper.faults).toEqual([]);
});

/** Whose browser speaks German, and who has never loaded a word of it here. */
const chooseEnglishAtFirst = () => given().page.addInitScript(() => localStorage.getItem('shop.language') ?? localStorage.setItem('shop.language', '"en"'));

test('a language that cannot be loaded keeps nobody from shopping, says so in its own words, and comes with a reload', async () => {
  const shopper = given();
  const { page } = shopper;
  await page.route('**/german-*.js', (route) => route.abort());
  await see('/', 'Only 3 left');
  expect(await language()).toBe('en');
  const note = page.getByRole('contentinfo').getByRole('alert');
  await note.getByText('Die deutschen Texte können gerade nicht geladen werden.').waitFor();
  await page.unroute('**/german-*.js');
  await note.getByRole('button', { name: 'Load the page again' }).click();
  await page.getByText('Nur noch 3 Stück').waitFor();
  expect(await note.count()).toBe(0);
});

test.each([
  { what: 'the connection is gone', answer: 'lost' as const },
  { what: 'the server is away', answer: () => new Response('', { status: 503 }) },
])('while $what, “Deutsch” says that it cannot be loaded and leaves the page as it is; a reload tries again', async ({ answer }) => {
  const shopper = given();
  const { page, shop } = shopper;
  await chooseEnglishAtFirst();
  await see('/basket', 'Your basket is empty');
  let loaded = 0;
  page.on('load', () => loaded++);
  const looked = page.waitForRequest('**/config.json');
  shop.trouble = () => (answer === 'lost' ? answer : answer());
  await shopper.button('Deutsch').press('Enter');
  const note = page.getByRole('contentinfo').getByRole('alert');
  await note.getByText('Die deutschen Texte können gerade nicht geladen werden.').waitFor();
  await note.getByText('Deutsch cannot be loaded just now, so the shop stays in English.').waitFor();
  await looked;
  // By then that one is answered as well.
  await page.evaluate(() => fetch('/config.json', { method: 'HEAD' }).then(String, String));
  await page.getByText('Your basket is empty').waitFor();
  expect(loaded).toBe(0);
  expect([await language(), await page.getByRole('button', { pressed: true }).textContent()]).toEqual(['en', 'English']);
  await shopper.picture('language-missing');
  shop.trouble = undefined;
  await page.reload();
  await page.getByText('Ihr Warenkorb ist leer').waitFor();
  expect(shopper.faults).toEqual([]);
});

test('whoever is content with English after all is told no more of it', async () => {
  const shopper = given();
  const { page } = shopper;
  await page.route('**/german-*.js', (route) => route.abort());
  await see('/', 'Only 3 left');
  const note = page.getByRole('contentinfo').getByRole('alert');
  await note.waitFor();
  await shopper.button('English').click();
  await note.waitFor({ state: 'detached' });
  expect(await language()).toBe('en');
});

test('a page that was open over a release becomes German by being loaded anew', async () => {
  const shopper = given();
  const { page } = shopper;
  await chooseEnglishAtFirst();
  await see('/basket', 'Your basket is empty');
  let asked = 0;
  await page.route('**/german-*.js', (route) => (asked++ === 0 ? route.fulfill({ status: 404, body: '' }) : route.continue()));
  await shopper.button('Deutsch').click();
  await page.getByText('Ihr Warenkorb ist leer').waitFor();
  expect(asked).toBe(2);
  expect(shopper.faults).toEqual([]);
});

test('operators’ pages are English, and marked so, in a German shop', async () => {
  const shopper = given();
  const { page } = shopper;
  await see('/operators/orders', 'Sign in to see them.');
  expect(await language()).toBe('de');
  expect(await page.getByRole('heading', { name: 'Orders' }).evaluate((element) => element.closest('[lang]')?.getAttribute('lang'))).toBe('en');
  await page.getByRole('banner').getByRole('button', { name: 'Anmelden' }).waitFor();
});
