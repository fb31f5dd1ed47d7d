import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { IndexAlias } from '../../../lambdas/search/indexed';
import { toItem } from '../../../lambdas/shared/dynamodb';
import type { Shop } from '../../../pipeline/gate/shop';
import { eventually } from '../../support/eventually';
import type { DevEnvironment } from '../devEnvironment';

const PRODUCT = {
  productId: 'adrift', name: 'Adrift lantern', description: 'Burns in any wind.', category: 'Garden', vendor: 'Holt & Sons', price: { amount: 4_200, currency: 'EUR' },
  stock: 3, active: true, image: '/products/placeholder.svg', version: 1, updatedAt: '2026-11-01T10:00:00.000Z',
};

/** What an index has lost, or never should have had: found by the scheduled comparison, and where it cannot mend it, by an index built anew. */
export function drift(given: () => { readonly dev: DevEnvironment; readonly shop: Shop; readonly productsTable: string }): void {
  const client = (): DynamoDBClient => new DynamoDBClient(given().dev.settings);
  const put = (more: object) => client().send(new PutItemCommand({ TableName: given().productsTable, Item: toItem({ ...PRODUCT, ...more }) }));
  const remove = (productId: string) => client().send(new DeleteItemCommand({ TableName: given().productsTable, Key: toItem({ productId }) }));
  /** Products by what they cost, as a search shows them. */
  const found = async (): Promise<Record<string, number>> => {
    const { products } = await given().shop.call('searchProducts', { query: { q: 'adrift' } });
    return Object.fromEntries(products.map(({ productId, price }) => [productId, price.amount]));
  };
  const shows = (expected: Record<string, number>, seconds = 120): Promise<unknown> =>
    eventually(async () => {
      expect(await found()).toEqual(expected);
      return true;
    }, seconds);
  /** The node itself, as nobody reaches it on AWS. */
  const node = async (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${given().dev.searchUrl}/${path}`, { method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  const listen = async (enabled: boolean): Promise<void> => {
    const { dev } = given();
    await dev.aws('lambda', 'update-event-source-mapping', '--uuid', await dev.resource('Search', 'AWS::Lambda::EventSourceMapping', 'IndexProducts'), enabled ? '--enabled' : '--no-enabled');
  };
  /** What comparisons have logged of an index since a moment, once one has come to its end that has anything to say. */
  const told = (message: 'repaired' | 'raised', index: IndexAlias, since: number, keys: readonly string[]): Promise<unknown> =>
    eventually(async () => {
      const lines = (await given().dev.logged('Search', 'Reconcile', message, since)).filter((line) => line['index'] === index);
      const findings = lines.map(({ finding }) => finding as { key: string; what: string });
      return keys.every((key) => findings.some((finding) => finding.key === key)) && Object.fromEntries(findings.map(({ key, what }) => [key, what]));
    }, 300);

  test('what the stream never brought is found again, what was deleted unheard is gone, and the comparison says what it was and what it cannot mend', async () => {
    const { dev } = given();
    await Promise.all(['adrift-old', 'adrift-deleted', 'adrift-forgotten'].map((productId) => put({ productId })));
    await shows({ 'adrift-old': 4_200, 'adrift-deleted': 4_200, 'adrift-forgotten': 4_200 });
    await listen(false);
    try {
      await put({ productId: 'adrift-old', version: 2, price: { amount: 3_900, currency: 'EUR' } });
      await put({ productId: 'adrift-new' });
      await remove('adrift-deleted');
      await node('PUT', 'dev-products/_doc/adrift-ghost?version=4&version_type=external&refresh=true', { ...PRODUCT, productId: 'adrift-ghost', inStock: true });
      // The index remembers the deletion as a newer version than the table has.
      await node('DELETE', 'dev-products/_doc/adrift-forgotten?refresh=true');
      await node('PUT', 'dev-orders/_doc/adrift-order?version=2&version_type=external&refresh=true', { orderId: 'adrift-order' });
      expect(await found()).toEqual({ 'adrift-old': 4_200, 'adrift-deleted': 4_200, 'adrift-ghost': 4_200 });

      const begun = Date.now();
      await dev.hurry('Search', 'Reconcile');
      await shows({ 'adrift-old': 3_900, 'adrift-new': 4_200 }, 300);
      expect(await told('repaired', 'products', begun, ['adrift-old', 'adrift-new', 'adrift-deleted', 'adrift-ghost'])).toMatchObject({
        'adrift-old': 'version 2 was version 1 in the index',
        'adrift-new': 'version 1 was not in the index',
        'adrift-deleted': 'version 1 was in the index only',
        'adrift-ghost': 'version 4 was in the index only',
      });
      expect(await told('raised', 'products', begun, ['adrift-forgotten'])).toMatchObject({ 'adrift-forgotten': expect.stringContaining('only a new index forgets it') });
      expect(await told('repaired', 'orders', begun, ['adrift-order'])).toEqual({ 'adrift-order': 'version 2 was in the index only' });
      expect((await node('GET', 'dev-orders/_doc/adrift-order')).status).toBe(404);
    } finally {
      await listen(true);
    }

    // What comes late after all changes nothing.
    await put({ productId: 'adrift-old', version: 3, price: { amount: 3_500, currency: 'EUR' } });
    await shows({ 'adrift-old': 3_500, 'adrift-new': 4_200 });
  });

  test('what no writing mends `npm run search:reindex` brings, while everybody searches on', async () => {
    const { dev } = given();
    const before = Object.keys((await (await node('GET', '_alias/dev-products')).json()) as object);
    const over = new AbortController();
    let searches = 0;
    const searching = async (): Promise<void> => {
      while (!over.signal.aborted) {
        expect(await found()).toMatchObject({ 'adrift-old': expect.any(Number) });
        searches += 1;
        await sleep(20);
      }
    };
    const build = dev.npm('search:reindex', '--environment', dev.name).finally(() => over.abort());
    await put({ productId: 'adrift-old', version: 4, price: { amount: 3_300, currency: 'EUR' } });
    const [said] = await Promise.all([build, searching()]);
    expect(said).toMatch(/^dev-products-\w+-2: \d+ documents served\.\ndev-orders-\w+-2: \d+ documents served\.\n$/);
    expect(searches).toBeGreaterThan(5);
    await shows({ 'adrift-old': 3_300, 'adrift-new': 4_200, 'adrift-forgotten': 4_200 });

    const after = Object.entries((await (await node('GET', '_alias')).json()) as Record<string, { aliases: object }>).filter(([index]) => index.startsWith('dev-products-'));
    expect(after.map(([, { aliases }]) => Object.keys(aliases))).toEqual([['dev-products']]);
    expect(before).not.toContain(after[0]?.[0]);
    await put({ productId: 'adrift-old', version: 5, price: { amount: 3_100, currency: 'EUR' } });
    await shows({ 'adrift-old': 3_100, 'adrift-new': 4_200, 'adrift-forgotten': 4_200 });
  });
}
