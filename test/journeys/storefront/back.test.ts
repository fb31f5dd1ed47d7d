import { products } from '../../storefront/fakeProducts';
import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();

const scrolled = () => given().page.evaluate(() => Math.round(scrollY));
const many = Array.from({ length: 24 }, (_, number) => ({ ...products[0], productId: `board-${number}`, name: `Board ${number}` }));

test.each(['/', '/?category=Kitchen', '/search'])('whoever comes back to %s from a product goes on where they were', async (address) => {
  const shopper = given();
  const { page, shop } = shopper;
  await page.setViewportSize({ width: 390, height: 844 });
  shop.trouble = async (path) => {
    // As far away as a server is.
    if (path.startsWith('/api/')) await new Promise((resolve) => setTimeout(resolve, 150));
    if (path === '/api/categories') return Response.json({ categories: ['Bags', 'Bath', 'Garden', 'Table', 'Kitchen'].map((name) => ({ name, products: 4 })) });
    if (path === '/api/products') return Response.json({ products: many });
    if (path === '/api/search') return Response.json({ products: many.map(({ stock, ...product }) => ({ ...product, inStock: (stock ?? 0) > 0 })), total: many.length, facets: { categories: [], vendors: [], prices: [], inStock: 0 } });
    return path.startsWith('/api/products/board-') ? Response.json({ ...products[0], productId: path.slice('/api/products/'.length) }) : undefined;
  };
  await shopper.open(address);
  const link = page.getByRole('heading', { name: 'Board 3', exact: true }).last().getByRole('link');
  await link.waitFor();
  await page.evaluate(() => scrollTo(0, 1_500));
  await eventually(async () => (await scrolled()) === 1_500);
  await link.evaluate((found: HTMLElement) => found.click());
  await page.getByText('Made by hand').waitFor();
  await eventually(async () => (await scrolled()) === 0);
  await page.goBack();
  await link.waitFor();
  await eventually(async () => (await scrolled()) === 1_500);
  expect(shopper.faults).toEqual([]);
});
