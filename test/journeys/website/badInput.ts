import { randomUUID } from 'node:crypto';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { Problem, problemCode } from '../../../contracts/problem';
import type { Shopper } from '../../../pipeline/gate/shoppers';
import { website } from '../../../stages/environments';
import { address, type DevShop } from './customers';
import type { RunningWebsite } from './runningWebsite';

interface Given {
  readonly dev: DevShop;
  readonly running: RunningWebsite;
}

interface BadRequest {
  readonly what: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | undefined>;
  readonly body?: unknown;
  readonly status: number;
  /** Name of the problem; absent where API Gateway answers before any function. */
  readonly code?: string;
  /** What the problem document must name. */
  readonly names?: string;
}

const line = { productId: 'stoneware-mug-sage', quantity: 1 };
const quotes = (what: string, body: unknown, status: number, code: string, names?: string): BadRequest => ({ what, path: '/api/quotes', body, status, code, names });

const requests: readonly BadRequest[] = [
  quotes('a body that is no JSON', '{"lines": [', 400, 'malformed-json'),
  quotes('an unknown field', { lines: [line], shippingCountry: 'DE', discount: 100 }, 422, 'invalid-body', 'discount'),
  quotes('a text for a number', { lines: [{ ...line, quantity: '2' }], shippingCountry: 'DE' }, 422, 'invalid-body', '#/lines/0/quantity'),
  quotes('a quantity of zero', { lines: [{ ...line, quantity: 0 }], shippingCountry: 'DE' }, 422, 'invalid-body', '#/lines/0/quantity'),
  quotes('a negative quantity', { lines: [{ ...line, quantity: -1 }], shippingCountry: 'DE' }, 422, 'invalid-body', '#/lines/0/quantity'),
  quotes('too many pieces', { lines: [{ ...line, quantity: 100 }], shippingCountry: 'DE' }, 422, 'invalid-body', '#/lines/0/quantity'),
  quotes('too many lines', { lines: Array.from({ length: 21 }, (_, index) => ({ productId: `p-${index}`, quantity: 1 })), shippingCountry: 'DE' }, 422, 'invalid-body', '#/lines'),
  quotes('an unknown product', { lines: [{ productId: 'no-such-thing', quantity: 1 }], shippingCountry: 'DE' }, 422, 'unknown-product', '#/lines/0/productId'),
  quotes('a country the shop does not ship to', { lines: [line], shippingCountry: 'XX' }, 422, 'country-not-served', 'XX'),
  { ...quotes('a content type that is not JSON', 'lines=1', 415, 'unsupported-media-type'), headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  { ...quotes('a wrong method', undefined, 405, 'method-not-allowed'), method: 'DELETE' },
  { what: 'no token', status: 401, headers: { authorization: undefined } },
  { what: 'a token that is none', status: 401, headers: { authorization: 'Bearer nonsense' } },
  { what: 'no idempotency key', status: 400, code: 'idempotency-key-missing', headers: { 'idempotency-key': undefined } },
  { what: 'a quote that does not exist', status: 422, code: 'quote-not-found', body: { quoteId: randomUUID(), shippingAddress: address, paymentMethod: 'pm_card_visa' } },
  { what: 'an address without a city', status: 422, code: 'invalid-body', names: '#/shippingAddress/city', body: { quoteId: randomUUID(), shippingAddress: { ...address, city: undefined }, paymentMethod: 'pm_card_visa' } },
  { what: 'a control character in a name', status: 422, code: 'invalid-body', names: '#/shippingAddress/name', body: { quoteId: randomUUID(), shippingAddress: { ...address, name: 'Ada\u0000' }, paymentMethod: 'pm_card_visa' } },
];

/** What the shop refuses: with which answer, and that it writes nothing. */
export function badInput(given: () => Given): void {
  let customer: Shopper;
  let before: readonly number[];
  beforeAll(async () => {
    customer = await given().dev.customer();
    before = await written(given().running);
  });
  afterAll(async () => {
    expect(await written(given().running)).toEqual(before);
  });

  test.each(requests)('$what is refused with $status', async ({ method = 'POST', path = '/api/orders', headers = {}, body = { quoteId: randomUUID(), shippingAddress: address, paymentMethod: 'pm_card_visa' }, status, code, names }) => {
    const all = { authorization: `Bearer ${customer.accessToken}`, 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers };
    const sent = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
    const response = await fetch(new URL(path, given().dev.url), { method, headers: sent, body: method === 'POST' ? (typeof body === 'string' ? body : JSON.stringify(body)) : undefined });
    const text = await response.text();
    expect([response.status, text]).toEqual([status, expect.anything()]);
    if (code === undefined) return;
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = Problem.parse(JSON.parse(text));
    expect(problemCode(problem)).toBe(code);
    if (names !== undefined) expect(text).toContain(names);
  });

  test('an id token where an access token is due is refused', async () => {
    const { status } = await given().dev.shop.send('listOrders', { token: customer.idToken });
    expect([401, 403]).toContain(status);
  });

  test('a body of more than 64 KiB is refused as too large', async () => {
    const response = await fetch(new URL('/api/quotes', given().dev.url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ lines: [line], shippingCountry: 'x'.repeat(70_000) }) });
    expect(response.status).toBe(413);
  });
}

/** How many items the tables of orders hold. */
async function written(running: RunningWebsite): Promise<number[]> {
  const account = website.environments.find(({ name }) => name === 'Dev')?.account ?? '';
  const client = new DynamoDBClient(running.settings(account));
  const table = await running.output('Dev', 'Orders', 'OrdersTableName');
  const { Count: orders = 0 } = await client.send(new ScanCommand({ TableName: table, Select: 'COUNT' }));
  return [orders];
}
