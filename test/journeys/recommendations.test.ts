import path from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { v4, v7 } from 'uuid';
import type { ClickEvent } from '../../contracts/click';
import type { Recommendations } from '../../contracts/recommendation';
import { Shop } from '../../pipeline/gate/shop';
import { Shoppers } from '../../pipeline/gate/shoppers';
import { eventually } from '../support/eventually';
import { temporaryFolder } from '../support/folder';
import { DevEnvironment } from './devEnvironment';

jest.setTimeout(900_000);

let dev: DevEnvironment;
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('recommendations');
let shop: Shop;
let products: string[];
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  shop = new Shop((await dev.output('Edge', 'SiteUrl')).replace(/\/$/, ''));
  products = (await shop.call('listProducts', { query: { limit: '20' } })).products.filter(({ stock }) => stock > 0).map(({ productId }) => productId);
});

const visitor = () => ({ anonymousId: v4(), sessionId: v4() });
const click = (who: object, productId: string | undefined, more: object = {}) => ({ eventId: v7(), type: 'View', eventTime: new Date().toISOString(), page: `/products/${productId}`, productId, ...who, ...more });
const record = async (events: readonly object[], token?: string) => expect(await shop.call('recordClicks', { token, body: { events } })).toEqual({ accepted: events.length, refused: [] });
const recommended = (query: Readonly<Record<string, string>>, token?: string): Promise<Recommendations> => shop.call('getRecommendations', { token, query: { limit: '12', ...query } });
const ids = ({ items }: Recommendations): string[] => items.map(({ product }) => product.productId);

async function receipts(): Promise<{ eventId: string | undefined; datasetGroup: string | undefined; requestId: string | undefined }[]> {
  const { Items: items = [] } = await new DynamoDBClient(dev.settings).send(new ScanCommand({ TableName: await dev.output('Personalize', 'ReceiptsTableName'), ConsistentRead: true }));
  return items.map(({ eventId, datasetGroup, requestId }) => ({ eventId: eventId?.S, datasetGroup: datasetGroup?.S, requestId: requestId?.S }));
}

/** The receipts of these events, once all have theirs. */
const received = (events: readonly { eventId: string }[]) =>
  eventually(async () => {
    const found = (await receipts()).filter(({ eventId }) => events.some((event) => event.eventId === eventId));
    return found.length === events.length && found;
  }, 120);

test('what visitors look at changes what is recommended: what goes together to those who look at one of them, what is popular to a stranger', async () => {
  const [first = '', second = '', third = ''] = products;
  const who = visitor();
  const events = [click(who, first), click(who, second), click(who, third, { type: 'AddToCart', quantity: 1, price: { amount: 100, currency: 'EUR' } }), click(who, undefined, { type: 'ViewCart', page: '/cart' })];
  await record(events);
  for (const { datasetGroup, requestId } of await received(events.slice(0, 3))) {
    expect(datasetGroup).toBe('real');
    expect(requestId).toBeTruthy();
  }

  const beside = await eventually(async () => {
    const answer = await recommended({ productId: first, anonymousId: v4() });
    return answer.source === 'similar' && answer;
  }, 120);
  expect(ids(beside).toSorted()).toEqual([second, third].toSorted());
  for (const { because } of beside.items) expect(because).toMatchObject({ productId: first, name: expect.any(String) });

  const stranger = await eventually(async () => {
    const answer = await recommended({ anonymousId: v4() });
    return answer.items.length === 3 && answer;
  }, 120);
  expect(stranger.source).toBe('popular');
  expect(ids(stranger)[0]).toBe(third);
  expect(stranger.items.every(({ because }) => because === undefined)).toBe(true);
  expect((await receipts()).some(({ eventId }) => eventId === events[3]?.eventId)).toBe(false);
});

test('an event that is sent twice has one receipt and counts once', async () => {
  const [, , , fourth = '', fifth = ''] = products;
  const [one, other] = [visitor(), visitor()];
  const [twice, after] = [click(one, fourth), click(other, fifth)];
  await record([twice]);
  await received([twice]);
  await record([twice, twice, after, click(other, fifth)]);
  await received([after]);
  expect((await receipts()).filter(({ eventId }) => eventId === twice.eventId)).toHaveLength(1);
  const answer = await eventually(async () => {
    const now = await recommended({ anonymousId: v4() });
    return ids(now).includes(fifth) && now;
  }, 120);
  expect(ids(answer).indexOf(fifth)).toBeLessThan(ids(answer).indexOf(fourth));
});

test('what synthetic visitors do changes what is recommended to them, and to nobody else', async () => {
  const [first = ''] = products;
  const hidden = products.at(-1) ?? '';
  const [who, follower] = [visitor(), visitor()];
  const events = [...Array.from({ length: 8 }, () => click(who, hidden, { synthetic: true })), click(who, first, { synthetic: true }), click(follower, hidden, { synthetic: true })];
  await record(events);
  for (const { datasetGroup } of await received(events)) expect(datasetGroup).toBe('synthetic');
  const own = await eventually(async () => {
    const answer = await recommended({ anonymousId: who.anonymousId });
    return answer.source === 'similar' && answer;
  }, 120);
  expect(own.items[0]?.because?.productId).toBe(first);
  const theirs = await eventually(async () => {
    const answer = await recommended({ anonymousId: follower.anonymousId });
    return answer.source === 'similar' && answer;
  }, 120);
  expect(theirs.items.map(({ product, because }) => [product.productId, because?.productId])).toContainEqual([first, hidden]);
  const strangers = [await recommended({ anonymousId: v4() }), await recommended({ anonymousId: v4(), productId: first }), await recommended({ anonymousId: v4(), productId: hidden })];
  for (const answer of strangers.slice(0, 2)) expect(ids(answer)).not.toContain(hidden);
  // Nobody but synthetic visitors has looked at it.
  expect(strangers[2]?.source).toBe('popular');
});

test('a signed-in visitor is known by their token, and a bad one is refused', async () => {
  const shoppers = new Shoppers(new CognitoIdentityProviderClient(dev.settings), await dev.output('Auth', 'UserPoolId'), await dev.output('Edge', 'GateClientId'));
  const { accessToken } = await shoppers.signUp();
  const [first = '', second = ''] = products;
  const events = [click(visitor(), first)];
  await record(events, accessToken);
  await received(events);
  const answer = await eventually(async () => {
    const now = await recommended({}, accessToken);
    return now.source === 'similar' && now;
  }, 120);
  expect(answer.items[0]?.because?.productId).toBe(first);
  expect(ids(answer)).toContain(second);
  expect(ids(answer)).not.toContain(first);
  await shop.refusal('getRecommendations', { token: 'letmein' }, 401, 'not-signed-in');
  await shop.refusal('getRecommendations', { query: { limit: '13' } }, 400, 'invalid-parameter');
});

test('a record that nobody can read is given up and kept, and those beside it arrive', async () => {
  const who = visitor();
  const event = (productId: string): ClickEvent => ({ ...click(who, productId, { synthetic: true }), receiveTime: new Date().toISOString() }) as unknown as ClickEvent;
  const [before, after] = [event(products[0] ?? ''), event(products[1] ?? '')];
  const poison = `{"poison":"${v4()}"`;
  const data = [JSON.stringify(before), poison, JSON.stringify(after)].map((text) => ({ Data: new TextEncoder().encode(text), PartitionKey: who.sessionId }));
  await new KinesisClient(dev.settings).send(new PutRecordsCommand({ StreamARN: await dev.output('Clickstream', 'ClickStreamArn'), Records: data }));
  expect(await received([before, after])).toHaveLength(2);

  const s3 = new S3Client({ ...dev.settings, forcePathStyle: true });
  const [, bucket] = [...(await dev.resources('Clickstream', 'AWS::S3::Bucket'))].find(([id]) => id.startsWith('Failed')) ?? [];
  const kept = await eventually(async () => {
    const { Contents: [{ Key: key } = {}] = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'aws/lambda/' }));
    return key !== undefined && (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body?.transformToString();
  }, 120);
  const { payload } = JSON.parse(kept) as { payload: string };
  const { Records: [given] } = JSON.parse(payload) as { Records: { kinesis: { data: string } }[] };
  expect(Buffer.from(given?.kinesis.data ?? '', 'base64').toString('utf8')).toBe(poison);
});

test('while Personalize throttles nothing is lost: what it is to be told waits, and arrives once each', async () => {
  const [first = '', second = ''] = products;
  const [one, other] = [visitor(), visitor()];
  const events = [one, other].flatMap((who) => Array.from({ length: 15 }, (_, index) => click(who, index % 2 === 0 ? first : second)));
  await dev.throttlePersonalize('PutEvents', 'PutUsers');
  try {
    await record(events);
    const since = Date.now();
    await eventually(() => Date.now() - since > 5_000, 30);
    expect((await receipts()).filter(({ eventId }) => events.some((event) => event.eventId === eventId))).toEqual([]);
    expect(ids(await recommended({ productId: first }))).toContain(second);
  } finally {
    await dev.throttlePersonalize();
  }
  expect(new Set((await received(events)).map(({ eventId }) => eventId)).size).toBe(events.length);
});

test('without Personalize there are recommendations all the same, and its clicks are told to it once it is back', async () => {
  const [first = '', second = ''] = products;
  const pid = dev.processOf('personalize');
  expect(pid).toBeDefined();
  process.kill(pid ?? 0, 'SIGKILL');
  expect(ids(await eventually(async () => {
    const answer = await recommended({ productId: first });
    return answer.source === 'similar' && answer;
  }, 120))).toContain(second);
  const events = [click(visitor(), first)];
  await record(events);
  expect(await received(events)).toHaveLength(1);
});
