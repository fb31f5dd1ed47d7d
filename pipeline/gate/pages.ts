import { expect, type Checks } from './checks';
import type { Shop } from './shop';

/** What every stage has to show to anybody: its pages, its catalogue, and errors that stay errors. Reads only. */
export async function checkPagesAndCatalogue(checks: Checks, shop: Shop): Promise<void> {
  await checks.check('the shop window opens under a strict content security policy', async () => {
    const { status, headers, text } = await shop.page('/');
    expect(status === 200, `GET / answered ${status}.`);
    expect(/<!doctype html>/i.test(text), `GET / is no page: ${text.slice(0, 200)}`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(/default-src '(none|self)'/.test(policy) && !policy.includes('unsafe-'), `Its policy is '${policy}'.`);
    const application = /<script type="module"[^>]+src="([^"]+)"/.exec(text)?.[1];
    expect(application !== undefined, 'The page names no script of its application.');
    for (const [, script = ''] of text.matchAll(/<script[^>]+src="([^"]+)"/g)) {
      const { status: found, headers: told } = await shop.page(script);
      const caching = told.get('cache-control') ?? '';
      // What bears the hash of its content in its name never changes.
      expect(found === 200 && (script !== application || caching.includes('immutable')), `GET ${script} answered ${found}, cache-control '${caching}'.`);
    }
  });
  await checks.check('the pages know where to sign in', async () => {
    const { status, headers, text } = await shop.page('/config.json');
    expect(status === 200, `GET /config.json answered ${status}.`);
    expect(!(headers.get('cache-control') ?? '').includes('immutable'), 'config.json would be cached for ever.');
    expect(text.includes('"authority"'), `config.json names no authority: ${text.slice(0, 300)}`);
  });
  await checks.check('the catalogue lists products and serves each one', async () => {
    const { products: [first] } = await shop.call('listProducts', { query: { limit: '5' } });
    expect(first !== undefined, 'The catalogue is empty.');
    const product = await shop.call('getProduct', { pathParameters: { productId: first.productId } });
    expect(product.name === first.name, `The list calls it '${first.name}', its own page '${product.name}'.`);
    const picture = await shop.page(product.image);
    expect(picture.status === 200, `Its picture ${product.image} answered ${picture.status}.`);
    const { categories } = await shop.call('listCategories');
    expect(categories.some(({ name }) => name === product.category), `Its category '${product.category}' is not among the categories.`);
  });
  await checks.check('a product is found by its name, and suggested by the beginning of it', async () => {
    const { products: [first] } = await shop.call('listProducts', { query: { limit: '1' } });
    expect(first !== undefined, 'The catalogue is empty.');
    const { products } = await shop.call('searchProducts', { query: { q: first.name, category: first.category, limit: '100' } });
    expect(products.some(({ productId }) => productId === first.productId), `'${first.name}' is not among the ${products.length} found by its name.`);
    // Ten are suggested, so of names that begin alike not each one; but then others are.
    const { suggestions } = await shop.call('suggestProducts', { query: { q: first.name.slice(0, -1) } });
    expect(suggestions.length > 0, `Nothing is suggested for '${first.name.slice(0, -1)}'.`);
  });
  await checks.check('an unknown product is a problem document, never a page', () =>
    shop.refusal('getProduct', { pathParameters: { productId: 'no-such-product' } }, 404, 'product-not-found'));
  await checks.check('an unknown API path stays an error', async () => {
    const { status, text } = await shop.page('/api/nothing-here');
    expect(status === 404 && !/<!doctype html>/i.test(text), `GET /api/nothing-here answered ${status}: ${text.slice(0, 200)}`);
  });
  await checks.check('orders are closed to strangers', () => shop.refusal('listOrders', {}, 401));
}
