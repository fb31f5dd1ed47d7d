import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { IDEMPOTENCY_KEY_HEADER } from '../../contracts/headers';
import { MAX_BODY_BYTES, MAX_WEBHOOK_BYTES } from '../../contracts/limits';
import { Order } from '../../contracts/order';
import { Problem, problemCode } from '../../contracts/problem';
import { Quote } from '../../contracts/quote';
import { Shop } from '../../pipeline/gate/shop';
import { Shoppers, type Shopper } from '../../pipeline/gate/shoppers';
import { website } from '../../stages/environments';
import { eventually } from '../support/eventually';
import { temporaryFolder } from '../support/folder';
import { from, type HeardAnswer } from '../support/from';
import { DevEnvironment } from './devEnvironment';

jest.setTimeout(900_000);

const PRODUCT = 'stoneware-mug-sage';
const address = { name: 'Ada Lovelace', line1: 'Unter den Linden 1', postalCode: '10117', city: 'Berlin', country: 'DE' };
const JSON_BODY = { 'content-type': 'application/json' };
/** Longer than any limit of these lasts. */
const PATIENCE_SECONDS = 180;

/** The website as it is, but that everybody is soon too fast. */
const strict = {
  ...website,
  environments: website.environments.map((environment) => ({
    ...environment,
    perAddress: { requestsPerAddress: 5_000, quotesPerAddress: 30 },
    throttling: { ...environment.throttling, webhooks: { rateLimit: 1, burstLimit: 3 } },
    callsPerPerson: { ...environment.callsPerPerson, submitOrder: 3, cancelOrder: 2 },
  })),
};

let dev: DevEnvironment;
let site: string;
let shoppers: Shoppers;
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'), strict);
  site = (await dev.output('Edge', 'SiteUrl')).replace(/\/$/, '');
  shoppers = new Shoppers(new CognitoIdentityProviderClient(dev.settings), await dev.output('Auth', 'UserPoolId'), await dev.output('Edge', 'GateClientId'));
});
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('request-limits');

const post = (address: string, route: string, body: unknown, headers: Record<string, string> = {}): Promise<HeardAnswer> =>
  from(address, `${site}${route}`, { method: 'POST', headers: { ...JSON_BODY, ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
const askQuote = (address: string): Promise<HeardAnswer> => post(address, '/api/quotes', { lines: [{ productId: PRODUCT, quantity: 1 }], shippingCountry: 'DE' });
const problemIn = ({ text }: HeardAnswer): string | undefined => problemCode(Problem.parse(JSON.parse(text)));

/** How many items the tables of quotes, requests and orders hold. */
async function written(): Promise<number[]> {
  const client = new DynamoDBClient(dev.settings);
  const tables = [...(await dev.resources('Orders', 'AWS::DynamoDB::Table')).values()];
  return Promise.all(tables.map(async (TableName) => (await client.send(new ScanCommand({ TableName, Select: 'COUNT', ConsistentRead: true }))).Count ?? 0));
}

/** Looked at last, when the minutes of all of them are over. */
const goThrough: (() => Promise<HeardAnswer>)[] = [];
/** Who goes on asking stays out: when the crowd asked last. */
let crowdAskedAt = 0;

describe('a person who writes too often', () => {
  const from1 = '127.0.1.1';
  const submit = async ({ accessToken }: Shopper, idempotencyKey: string, quoteId: string): Promise<HeardAnswer> =>
    post(from1, '/api/orders', { quoteId, shippingAddress: address, paymentMethod: 'pm_card_visa' }, { authorization: `Bearer ${accessToken}`, [IDEMPOTENCY_KEY_HEADER]: idempotencyKey });
  const quote = async (): Promise<string> => Quote.parse(JSON.parse((await askQuote(from1)).text)).quoteId;

  test('gets 429 and when to come back, and nothing is written; others never notice', async () => {
    const [ada, eve] = [await shoppers.signUp(), await shoppers.signUp()];
    const quotes = await Promise.all(Array.from({ length: 9 }, quote));
    const accepted: { idempotencyKey: string; quoteId: string; answer: HeardAnswer }[] = [];
    let refused: HeardAnswer | undefined;
    let before: number[] = [];
    // Two minutes may meet in between: then twice as many go through.
    for (const quoteId of quotes.slice(0, 7)) {
      const idempotencyKey = randomUUID();
      before = await written();
      const answer = await submit(ada, idempotencyKey, quoteId);
      if (answer.status !== 201) {
        refused = answer;
        break;
      }
      accepted.push({ idempotencyKey, quoteId, answer });
    }
    expect(accepted.length).toBeGreaterThanOrEqual(3);
    expect(refused).toMatchObject({ status: 429, headers: { 'content-type': 'application/problem+json', 'retry-after': expect.stringMatching(/^([1-9]|[1-5]\d|60)$/) } });
    expect(refused && problemIn(refused)).toBe('too-many-requests');
    expect(await written()).toEqual(before);

    // A second click on what has been ordered is answered all the same.
    const [first] = accepted;
    const again = await submit(ada, first?.idempotencyKey ?? '', first?.quoteId ?? '');
    expect([again.status, Order.parse(JSON.parse(again.text)).orderId]).toEqual([201, Order.parse(JSON.parse(first?.answer.text ?? '')).orderId]);
    expect((await submit(eve, randomUUID(), quotes[7] ?? '')).status).toBe(201);

    const later = randomUUID();
    goThrough.push(() => submit(ada, later, quotes[8] ?? ''));
  });
});

test('a route that is called too often answers 429, other routes do not, and a moment later it takes calls again', async () => {
  const call = (): Promise<HeardAnswer> => post('127.0.2.1', '/api/webhooks/carrier', {});
  const answers = await Promise.all(Array.from({ length: 12 }, call));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  for (const { text } of refused) expect(JSON.parse(text)).toEqual({ message: 'Too Many Requests' });
  await new Shop(site).call('listProducts');
  // Not at once: the carrier calls the same route for the orders above, and may have had what it takes.
  const taken = await eventually(async () => {
    const answer = await call();
    return answer.status === 429 ? undefined : answer;
  }, PATIENCE_SECONDS);
  expect([taken.status, problemIn(taken)]).toEqual([400, 'bad-signature']);
});

test('an address that asks for too many quotes gets 429 from the firewall and when to come back; others never notice', async () => {
  const crowd = '127.0.3.1';
  const answers: HeardAnswer[] = [];
  while (answers.length < 45) answers.push(...(await Promise.all(Array.from({ length: 5 }, () => askQuote(crowd)))));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(30);
  const before = await written();
  const refused = await askQuote(crowd);
  expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '60', 'content-type': 'application/json' } });
  expect(problemIn(refused)).toBe('too-many-requests');
  expect(await written()).toEqual(before);
  expect((await from(crowd, `${site}/api/products`)).status).toBe(200);
  expect((await askQuote('127.0.3.2')).status).toBe(201);
  crowdAskedAt = Date.now();
  goThrough.push(() => askQuote(crowd));
});

describe('what is too large', () => {
  const from4 = '127.0.4.1';

  test('is refused before it is read: 413 for a body, and nothing is written', async () => {
    const before = await written();
    const large = await post(from4, '/api/quotes', 'x'.repeat(MAX_BODY_BYTES + 1));
    expect([large.status, problemIn(large)]).toEqual([413, 'body-too-large']);
    expect(await written()).toEqual(before);
    expect((await post(from4, '/api/quotes', `${' '.repeat(MAX_BODY_BYTES - 2)}{}`)).status).toBe(422);
  });

  test("is judged by the webhooks themselves, whose bodies may be larger than a person's", async () => {
    const status = async (bytes: number): Promise<number> => {
      const answer = await eventually(async () => {
        const heard = await post(from4, '/api/webhooks/payment', 'x'.repeat(bytes));
        return heard.status !== 429 && heard;
      }, PATIENCE_SECONDS);
      return answer.status;
    };
    expect(await status(MAX_BODY_BYTES * 2)).toBe(400);
    expect(await status(MAX_WEBHOOK_BYTES + 1)).toBe(413);
  });

  test('is an address or headers as well', async () => {
    expect((await from(from4, `${site}/api/products?category=${'x'.repeat(8_192)}`)).status).toBe(413);
    expect((await from(from4, `${site}/api/products`, { headers: { 'x-long': 'x'.repeat(10_240) } })).status).toBe(431);
    expect((await from(from4, `${site}/api/products`)).status).toBe(200);
  });
});

test('who was refused goes through once their minute is over', async () => {
  expect(goThrough).toHaveLength(2);
  await sleep(Math.max(0, crowdAskedAt + 61_000 - Date.now()));
  for (const ask of goThrough) await expect(eventually(async () => (await ask()).status === 201, PATIENCE_SECONDS)).resolves.toBe(true);
});
