import { OPERATORS_GROUP } from '../../../contracts/operations';
import type { RecommendationId } from '../../../contracts/recommendation';
import { products } from '../../storefront/fakeProducts';
import { stoppedOrder } from '../../storefront/operatorOrder';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
/** What https://www.w3.org/WAI/WCAG22/Understanding/reflow asks for: 1280 px, four times as big. */
const NARROW = { width: 320, height: 640 };

const PAGES = [
  { name: 'home', address: '/', text: 'Linen apron' },
  { name: 'category', address: '/?category=Kitchen', text: 'Linen apron' },
  { name: 'search', address: '/search?q=n', text: 'Linen apron' },
  { name: 'nothing found', address: '/search?q=zzz', text: 'Coffee & tea' },
  { name: 'product', address: '/products/walnut-board', text: 'Made by hand' },
  { name: 'no product', address: '/products/nothing', text: /do not sell|führen wir nicht/ },
  { name: 'basket', address: '/basket', text: 'Linen apron' },
  { name: 'order', address: '/orders/', text: '10117' },
  { name: 'orders', address: '/orders', text: '66' },
  { name: 'account', address: '/account', text: 'ada@example.com' },
  { name: 'operators’ orders', address: '/operators/orders', text: 'Newest orders' },
  { name: 'operators’ order', address: '/operators/orders/', text: 'Steps and attempts' },
  { name: 'numbers', address: '/operators/numbers', text: 'Top products' },
  { name: 'no page', address: '/no/such/page', text: /no such page|gibt es nicht/ },
];

/** What reaches beyond the side, other than what can be pushed sideways by itself. */
const beyondTheSide = (): Promise<string[]> =>
  given().page.evaluate(() => {
    const side = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= side) return [];
    const scrolls = (element: Element): boolean => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX) || (element.parentElement !== null && scrolls(element.parentElement));
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > side + 0.5 && !scrolls(element))
      .map((element) => `${element.localName}.${element.className}: ${element.textContent.slice(0, 30)}`);
  });

const VIEWS = [
  { view: 'on the narrowest screen', picture: 'narrow', language: 'en', size: '100%', screen: NARROW },
  { view: 'on the narrowest screen, in German', picture: 'german-narrow', language: 'de', size: '100%', screen: NARROW },
  { view: 'with letters twice as big', picture: 'german-big', language: 'de', size: '200%', screen: { width: 640, height: 800 } },
];

test.each(VIEWS)('$view no page reaches beyond the side', async ({ language, size, screen, picture }) => {
  const shopper = given();
  const { page, shop } = shopper;
  shop.recommend = () => ({ recommendationId: 'r-1' as RecommendationId, source: 'popular', items: products.map((product) => ({ product })) });
  await shopper.order();
  await shopper.heading('Thank you, we have your order').waitFor();
  shopper.signIn.groups.push(OPERATORS_GROUP);
  await page.evaluate(() => sessionStorage.clear());
  await shopper.arriveAs([], '/account');
  await shopper.open();
  for (const name of ['Walnut serving board', 'Linen apron']) await shopper.button(`Add to basket: ${name}`).click();
  const [order] = shop.orders.all.values();
  const inNeed = shop.operators.place(stoppedOrder());
  await page.setViewportSize(screen);
  await page.evaluate((code) => localStorage.setItem('shop.language', JSON.stringify(code)), language);
  await page.addInitScript((bigger) => document.addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = bigger)), size);
  const found: Record<string, string[]> = {};
  for (const { name, address, text } of PAGES) {
    const id = name === 'order' ? order?.orderId : name === 'operators’ order' ? inNeed.orderId : '';
    await shopper.open(`${address}${id}`);
    await page.getByRole('main').getByText(text).first().waitFor();
    const beyond = await beyondTheSide();
    if (beyond.length > 0) found[name] = beyond;
    await shopper.picture(`${picture}-${name}`);
  }
  expect(found).toEqual({});
});
