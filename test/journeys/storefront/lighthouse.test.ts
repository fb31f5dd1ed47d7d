import { AUDITED_PAGES, auditedShop } from '../../support/auditedPages';
import { builtPages } from '../../support/builtPages';
import { Lighthouse } from '../../support/lighthouse';

const pages = builtPages('storefront');
let shop: Awaited<ReturnType<typeof auditedShop>>;
let lighthouse: Lighthouse;

beforeAll(async () => {
  shop = await auditedShop(pages);
  lighthouse = await Lighthouse.start();
});
afterAll(async () => {
  await lighthouse?.close();
  await shop?.close();
});

// How fast it is depends on the machine: `npm run bench -- lighthouse` says that.
test.each(AUDITED_PAGES)('on a phone the $name page has 95 or more of 100 in accessibility, best practices and SEO', async ({ path, stored }) => {
  const { scores, lacking } = await lighthouse.audit(new URL(path, shop.url), { categories: ['accessibility', 'best-practices', 'seo'], stored });
  expect(Object.keys(scores)).toHaveLength(3);
  expect(Object.values(scores).every((score) => score >= 95) ? [] : [scores, ...lacking]).toEqual([]);
});
