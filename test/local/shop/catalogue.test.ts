import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CatalogueProduct, CategoryList, Product, ProductPage } from '../../../contracts/product';
import catalogue from '../../../lambdas/catalog/data/products.json';
import { CatalogueWriter } from '../../../lambdas/catalog/import/catalogue-writer';
import { seedCatalogue } from '../../../lambdas/catalog/seeding';
import { call, ShopServer } from './shopServer';
import type { Handler } from './shopServer';

const root = path.join(__dirname, '../../..');
const catalogueProducts = catalogue.map((product) => CatalogueProduct.parse(product));

describe('the catalogue on a real table', () => {
  let shop: ShopServer;
  let folder: string;
  let handlers: Record<'listProducts' | 'getProduct' | 'listCategories', Handler>;
  beforeAll(async () => {
    shop = await ShopServer.start();
    folder = await mkdtemp(path.join(tmpdir(), 'catalogue-test-'));
    const [listProducts, getProduct, listCategories] = await Promise.all([
      import('../../../lambdas/catalog/list-products'),
      import('../../../lambdas/catalog/get-product'),
      import('../../../lambdas/catalog/list-categories'),
    ]);
    handlers = { listProducts: listProducts.handler, getProduct: getProduct.handler, listCategories: listCategories.handler };
  });
  afterAll(async () => {
    await shop?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const seed = () => {
    const writer = new CatalogueWriter(shop.dynamo, 'products');
    return seedCatalogue(catalogueProducts, (product) => writer.insert(product));
  };
  const all = async (query: Record<string, string>): Promise<Product[]> => {
    const products: Product[] = [];
    let cursor: string | undefined;
    do {
      // oxlint-disable-next-line no-await-in-loop
      const page: ProductPage = ProductPage.parse((await call(handlers.listProducts, { query: { ...query, ...(cursor && { cursor }) } })).json);
      products.push(...page.products);
      cursor = page.nextCursor;
    } while (cursor);
    return products;
  };
  const runImport = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, ['--import', 'tsx', 'app/catalog/import.ts', ...args], { cwd: root, env: process.env }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });

  it('is seeded once, and seeding again leaves every product as it is', async () => {
    expect(await seed()).toEqual({ created: catalogueProducts.length, unchanged: 0 });
    await shop.stockUp('butter-dish', 3, { name: 'Butter Dish, Chipped', category: 'Table' });
    expect(await seed()).toEqual({ created: 0, unchanged: catalogueProducts.length });
    expect(await shop.product('butter-dish')).toMatchObject({ name: 'Butter Dish, Chipped', stock: 3 });
  });

  it('is listed page by page, each active product once', async () => {
    const listed = await all({ limit: '17' });
    expect(listed.map(({ productId }) => productId).toSorted()).toEqual(catalogueProducts.map(({ productId }) => productId).toSorted());
  });

  it('is listed by category and by vendor', async () => {
    const kitchen = await all({ category: 'Kitchen', limit: '5' });
    expect(kitchen.map(({ productId }) => productId).toSorted()).toEqual(catalogueProducts.filter(({ category }) => category === 'Kitchen').map(({ productId }) => productId).toSorted());
    const knives = await all({ vendor: 'Solingen Nord', limit: '4' });
    expect(knives).toHaveLength(catalogueProducts.filter(({ vendor }) => vendor === 'Solingen Nord').length);
    expect(await all({ category: 'Garden', vendor: 'Solingen Nord' })).toHaveLength(2);
  });

  it('names its categories with the number of products in each', async () => {
    const { categories } = CategoryList.parse((await call(handlers.listCategories)).json);
    expect(categories).toHaveLength(10);
    expect(categories).toContainEqual({ name: 'Coffee & tea', products: 16 });
  });

  it('shows one product, and none that is inactive or was never there', async () => {
    const answer = await call(handlers.getProduct, { path: { productId: 'walnut-serving-board' } });
    expect(Product.parse(answer.json)).toMatchObject({ name: 'Walnut Serving Board', price: { amount: 6_400, currency: 'EUR' } });
    await shop.stockUp('hidden', 5, { active: false });
    expect(await call(handlers.getProduct, { path: { productId: 'hidden' } })).toMatchObject({ status: 404, problem: 'product-not-found' });
    expect(await call(handlers.getProduct, { path: { productId: 'never' } })).toMatchObject({ status: 404, problem: 'product-not-found' });
    expect((await all({})).map(({ productId }) => productId)).not.toContain('hidden');
  });

  it.each([['limit', '0'], ['limit', '101'], ['limit', 'all'], ['colour', 'red'], ['category', '']])('refuses the query %s=%s, naming the parameter', async (parameter, value) => {
    const answer = await call(handlers.listProducts, { query: { [parameter]: value } });
    expect(answer).toMatchObject({ status: 400, problem: 'invalid-parameter', json: { errors: [{ parameter }] } });
  });

  it.each(['nonsense', 'e30', ''])('refuses the cursor %j', async (cursor) => {
    expect(await call(handlers.listProducts, { query: { cursor } })).toMatchObject({ status: 400, problem: 'invalid-cursor' });
  });

  it('refuses a cursor of another list', async () => {
    const { nextCursor = '' } = ProductPage.parse((await call(handlers.listProducts, { query: { limit: '1' } })).json);
    expect(await call(handlers.listProducts, { query: { cursor: nextCursor, category: 'Kitchen' } })).toMatchObject({ status: 400, problem: 'invalid-cursor' });
  });

  it('takes the good rows of a file, reports the bad ones by line, and changes nothing the second time', async () => {
    const file = path.join(folder, 'rows.csv');
    await writeFile(
      file,
      [
        '\uFEFFproductId,name,description,category,vendor,price,stock',
        'new-jug,New Jug,"Pours, and stands",Table,Torvald Keramik,29.90,12',
        'Bad Id,Jug,Pours,Table,Torvald Keramik,29.90,12',
        'butter-dish,Butter Dish,Takes a block,Table,Torvald Keramik,31.00,999',
        'free-jug,Jug,=HYPERLINK("x"),Table,Torvald Keramik,29.90,12',
        'comma-jug,Jug,Pours,Table,Torvald Keramik,29,90,12',
      ].join('\r\n'),
    );
    const first = await runImport(file, '--table', 'products');
    expect(first).toEqual({
      code: 1,
      out: '1 products created, 1 updated, 0 unchanged, 3 rows bad.\n',
      err: expect.stringMatching(/rows\.csv:3: productId must be lower-case .*\n.*rows\.csv:5: description must not begin like a spreadsheet formula .*\n.*rows\.csv:6: has 8 fields/),
    });
    expect(await shop.product('new-jug')).toMatchObject({ stock: 12, version: 1, price: { amount: 2_990, currency: 'EUR' }, description: 'Pours, and stands' });
    expect(await shop.product('butter-dish')).toMatchObject({ stock: 3, version: 2, price: { amount: 3_100, currency: 'EUR' } });

    expect((await runImport(file, '--table', 'products')).out).toBe('0 products created, 0 updated, 2 unchanged, 3 rows bad.\n');
    expect((await runImport(file, '--table', 'products', '--set-stock')).out).toBe('0 products created, 1 updated, 1 unchanged, 3 rows bad.\n');
    expect(await shop.product('butter-dish')).toMatchObject({ stock: 999, version: 3 });
  });
});
