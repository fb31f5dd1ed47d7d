import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { OPERATORS_GROUP } from '../../../contracts/operations';
import type { SearchPage } from '../../../contracts/search';
import { toItem } from '../../../lambdas/shared/dynamodb';
import { shippingAddress } from '../../../pipeline/gate/orders';
import { Shop } from '../../../pipeline/gate/shop';
import { Shoppers } from '../../../pipeline/gate/shoppers';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { DevEnvironment } from '../devEnvironment';
import { SignInPages } from '../signIn';
import { drift } from './drift';

jest.setTimeout(900_000);

const folder = temporaryFolder('search');
let dev: DevEnvironment;
let shop: Shop;
let site: string;
let table: string;
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  site = (await dev.output('Edge', 'SiteUrl')).replace(/\/$/, '');
  shop = new Shop(site);
  table = await dev.output('Catalog', 'ProductsTableName');
});
afterAll(() => dev?.stop());

const PRODUCT = {
  productId: 'zirconium-teapot', name: 'Zirconium teapot', description: 'Outlives its owner.', category: 'Kitchen', vendor: 'Holt & Sons', price: { amount: 9_900, currency: 'EUR' },
  stock: 3, active: true, image: '/products/placeholder.svg', version: 1, updatedAt: '2026-11-01T10:00:00.000Z',
};
const put = (more: object = {}) => new DynamoDBClient(dev.settings).send(new PutItemCommand({ TableName: table, Item: toItem({ ...PRODUCT, ...more }) }));
const find = (q: string): Promise<SearchPage> => shop.call('searchProducts', { query: { q } });
const found = async (q: string): Promise<string[]> => (await find(q)).products.map(({ productId }) => productId);

async function placeOrder(token: string, email: string, name: string): Promise<string> {
  const { products } = await shop.call('listProducts', { query: { limit: '20' } });
  const productId = products.find(({ stock }) => stock > 0)?.productId;
  const quote = await shop.call('createQuote', { body: { lines: [{ productId, quantity: 1 }], shippingCountry: 'DE' } });
  const body = { quoteId: quote.quoteId, shippingAddress: { ...shippingAddress, name }, email, paymentMethod: 'pm_card_visa' };
  return (await shop.call('submitOrder', { token, idempotencyKey: randomUUID(), body })).orderId;
}

async function operatorsToken(): Promise<string> {
  const pages = await SignInPages.of(dev, site);
  return (await pages.signIn(await pages.newPerson(OPERATORS_GROUP))).accessToken;
}

test('the shop’s own catalogue is found from the first deployment on', async () => {
  const { total, facets } = await shop.call('searchProducts', { query: {} });
  expect(total).toBeGreaterThan(10);
  expect(facets.categories.length).toBeGreaterThan(1);
});

test('a new product is found by a few letters and with a typing error, changes its price, and is gone when it is deleted', async () => {
  await put();
  await eventually(async () => (await found('zirconum teapt')).includes(PRODUCT.productId), 60);
  const { suggestions } = await shop.call('suggestProducts', { query: { q: 'zirco' } });
  expect(suggestions).toEqual([{ text: PRODUCT.name, productId: PRODUCT.productId }]);
  await put({ version: 2, price: { amount: 8_800, currency: 'EUR' } });
  await eventually(async () => (await find('zirconium')).products.some(({ price }) => price.amount === 8_800), 60);
  await new DynamoDBClient(dev.settings).send(new DeleteItemCommand({ TableName: table, Key: toItem({ productId: PRODUCT.productId }) }));
  await eventually(async () => (await found('zirconium')).length === 0, 60);
});

test.each([
  ['"', 200], ['a AND (b OR', 200], ['*:*', 200], ['\\', 200], ['name:[* TO z]', 200], ['茶 чай شاي', 200], ['🫖', 200], ['\u0000', 200], ['a b c d e f g h '.repeat(12), 200], ['board '.repeat(33), 200], ['x'.repeat(201), 400],
])('%p is answered with results or a refusal', async (q, status) => {
  for (const route of ['search', 'search/suggestions']) expect({ route, status: (await fetch(`${site}/api/${route}?q=${encodeURIComponent(q)}`)).status }).toEqual({ route, status });
});

test('10,000 characters and what is no text at all are refused, and never with a 500', async () => {
  for (const q of ['x'.repeat(10_000), '%ED%A0%80', '%', 'a&q=b']) {
    const { status } = await fetch(`${site}/api/search?q=${q}`);
    expect({ q: q.slice(0, 20), status, ours: status >= 500 }).toMatchObject({ ours: false });
  }
});

test('an order is found by its customer and by operators, by number, goods and recipient, and by nobody else', async () => {
  const pages = await SignInPages.of(dev, site);
  const person = await pages.newPerson();
  const [customer, stranger, operator] = [await pages.signIn(person), await pages.signIn(await pages.newPerson()), await operatorsToken()];
  const orderId = await placeOrder(customer.accessToken, person.username, 'Zoë Łukasiewicz');
  const { lines: [line] } = await shop.call('getOrder', { token: customer.accessToken, pathParameters: { orderId } });
  const own = async (q: string, token = customer.accessToken): Promise<string[]> => (await shop.call('searchOwnOrders', { token, query: { q } })).orders.map((order) => order.orderId);
  const numbered = orderId.slice(0, 13).toUpperCase();
  await eventually(async () => (await own('')).includes(orderId), 60);
  const [, word = ''] = /(\p{L}{4,})/u.exec(line?.name ?? '') ?? [];
  for (const q of [orderId, numbered, line?.name ?? '', word]) expect({ q, found: await own(q) }).toEqual({ q, found: [orderId] });
  for (const q of ['lukasiewicz', person.username, 'nothing of the kind']) expect({ q, found: await own(q) }).toEqual({ q, found: [] });
  expect(await own('', stranger.accessToken)).toEqual([]);
  await shop.refusal('searchOrders', { token: customer.accessToken }, 403, 'not-an-operator');

  const all = async (query: Record<string, string>): Promise<string[]> => (await shop.call('searchOrders', { token: operator, query })).orders.map((order) => order.orderId);
  for (const q of [orderId, 'lukasiewicz', 'zoe', person.username]) expect({ q, found: await all({ q }) }).toEqual({ q, found: [orderId] });
  expect(await eventually(async () => (await all({ status: 'CONFIRMED' })).includes(orderId), 120)).toBe(true);
});

test('an order of the gate is found by its own shopper, and by operators only when they ask for such', async () => {
  const shoppers = new Shoppers(new CognitoIdentityProviderClient(dev.settings), await dev.output('Auth', 'UserPoolId'), await dev.output('Edge', 'GateClientId'));
  const [shopper, operator] = [await shoppers.signUp(), await operatorsToken()];
  const orderId = await placeOrder(shopper.accessToken, shopper.email, 'Synthetic Shopper');
  await eventually(async () => (await shop.call('searchOwnOrders', { token: shopper.accessToken })).orders.some((order) => order.orderId === orderId), 60);
  const found = async (query: Record<string, string>): Promise<number> => (await shop.call('searchOrders', { token: operator, query: { q: orderId, ...query } })).total;
  expect([await found({}), await found({ synthetic: 'include' })]).toEqual([0, 1]);
});

describe('an index that has drifted', () => {
  drift(() => ({ dev, shop, productsTable: table }));
});

test('while the node is away search says so in words, the shop goes on, and search comes back by itself', async () => {
  const node = dev.processOf('opensearch') ?? 0;
  process.kill(node, 'SIGKILL');
  const refused = await eventually(async () => {
    const answer = await fetch(`${site}/api/search?q=board`);
    return answer.status === 503 && answer;
  }, 30);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.json()).toMatchObject({ type: '/problems/search-away', title: expect.stringContaining('Search is away') });
  expect((await shop.call('listProducts', { query: { limit: '5' } })).products).toHaveLength(5);
  await put({ version: 4, name: 'Zirconium kettle' });
  await eventually(async () => (await found('zirconium kettle')).includes(PRODUCT.productId), 180);
});

test('records that are no product and no order end with their payload where failed records are kept, and what comes after them is found', async () => {
  const client = new DynamoDBClient(dev.settings);
  await client.send(new PutItemCommand({ TableName: table, Item: toItem({ productId: 'poison' }) }));
  await client.send(new PutItemCommand({ TableName: await dev.output('Orders', 'OrdersTableName'), Item: toItem({ orderId: 'poison' }) }));
  await put({ version: 5, name: 'Zirconium ladle' });
  await eventually(async () => (await found('zirconium ladle')).includes(PRODUCT.productId), 60);
  // Personalize's follower reads products as well.
  for (const [stack, source] of [['Search', 'IndexProducts'], ['Search', 'IndexOrders'], ['Personalize', 'FollowCatalogue']] as const) {
    const bucket = await dev.resource(stack === 'Search' ? 'Search' : 'Clickstream', 'AWS::S3::Bucket', 'FailedRecords');
    const Prefix = `aws/lambda/${await dev.resource(stack, 'AWS::Lambda::EventSourceMapping', source)}/`;
    const s3 = new S3Client({ ...dev.settings, forcePathStyle: true });
    expect(await eventually(async () => ((await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }))).KeyCount ?? 0) > 0, 240)).toBe(true);
  }
});
