import type { Route } from 'playwright-core';
import type { RecommendationId } from '../../../contracts/recommendation';
import { products } from '../../storefront/fakeProducts';
import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
const PHONE = { width: 375, height: 812 };
/** Half of what https://web.dev/articles/cls calls good. */
const MOST = 0.05;

/** What has moved by itself, and for how much of the screen. */
interface Shift {
  readonly value: number;
  readonly moved: readonly string[];
}

declare global {
  interface Window {
    shifts?: () => Shift[];
  }
}

/** From the first paint of each page that is opened. */
const watchShifts = (): Promise<unknown> =>
  given().page.addInitScript(() => {
    const shifts: Shift[] = [];
    const keep = (entries: PerformanceEntryList) =>
      shifts.push(
        ...(entries as (PerformanceEntry & { value: number; sources: { node?: Node }[] })[]).map(({ value, sources }) => ({
          value,
          moved: sources.map(({ node }) => (node instanceof Element ? `${node.localName}.${node.className}` : 'what is gone')),
        })),
      );
    const observer = new PerformanceObserver((list) => keep(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    window.shifts = () => {
      keep(observer.takeRecords());
      return shifts;
    };
  });

const painted = (): Promise<unknown> => given().page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Every picture that is in sight is there, and painted. */
async function pictures(): Promise<void> {
  const { page } = given();
  await eventually(() => page.evaluate(() => [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight).every(({ complete }) => complete)));
  await painted();
}

/**
 * Opens a page that asks the shop so many things at once, and perhaps more by what it is answered. Each answer comes once
 * the one before is painted, or it could hide what that one moves.
 */
async function openSlowly(address: string, questions: number, order: string): Promise<void> {
  const { page } = given();
  const asked: Route[] = [];
  const next = (): Route | undefined => (order === 'the last first' ? asked.pop() : asked.shift());
  await page.route('**/api/**', (route) => (route.request().method() === 'GET' ? void asked.push(route) : route.continue()));
  await given().open(address);
  await eventually(() => asked.length === questions);
  for (let route = next(); route; route = next()) {
    const answered = page.waitForResponse(route.request().url());
    await route.continue();
    await (await answered).finished();
    await painted();
  }
}

describe.each(['in turn', 'the last first'])('while its questions are answered %s, on a phone', (order) => {
  beforeEach(async () => {
    const { page, shop } = given();
    shop.recommend = () => ({ recommendationId: 'r-1' as RecommendationId, source: 'popular', items: products.map((product) => ({ product })) });
    await page.setViewportSize(PHONE);
  });

  test.each([
    { name: 'the front page', address: '/', questions: 3, texts: ['Only 3 left', 'Recently seen', 'Popular'] },
    { name: 'a category', address: '/?category=Kitchen', questions: 2, texts: ['Only 3 left'] },
    { name: 'a product', address: '/products/walnut-board', questions: 2, texts: ['In stock', 'You may like'] },
    { name: 'the basket', address: '/basket', questions: 3, texts: ['Linen apron', 'You may like'] },
  ])('$name stays where it is', async ({ address, questions, texts }) => {
    const shopper = given();
    const { page } = shopper;
    await shopper.open();
    for (const name of ['Walnut serving board', 'Linen apron']) await shopper.button(`Add to basket: ${name}`).click();
    await page.getByRole('link', { name: 'Linen apron', exact: true }).first().click();
    await shopper.heading('Linen apron').waitFor();
    await watchShifts();
    await openSlowly(address, questions, order);
    for (const text of texts) await page.getByText(text).first().waitFor();
    await pictures();
    await page.getByRole('contentinfo').scrollIntoViewIfNeeded();
    await pictures();
    const shifts = await page.evaluate(() => window.shifts?.() ?? []);
    const sum = shifts.reduce((before, { value }) => before + value, 0);
    expect(sum < MOST ? [] : shifts).toEqual([]);
    expect(shopper.faults).toEqual([]);
  });
});
