import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { v4, v7 } from 'uuid';
import { ClickEvent } from '../../contracts/click';
import { MAX_CLICKS_BODY_BYTES } from '../../contracts/limits';
import { Shop } from '../../pipeline/gate/shop';
import { Shoppers } from '../../pipeline/gate/shoppers';
import { eventually } from '../support/eventually';
import { temporaryFolder } from '../support/folder';
import { DevEnvironment } from './devEnvironment';

jest.setTimeout(900_000);

let dev: DevEnvironment;
let shop: Shop;
let shoppers: Shoppers;
let bucket: string;
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  shop = new Shop((await dev.output('Edge', 'SiteUrl')).replace(/\/$/, ''));
  shoppers = new Shoppers(new CognitoIdentityProviderClient(dev.settings), await dev.output('Auth', 'UserPoolId'), await dev.output('Edge', 'GateClientId'));
  bucket = await dev.output('Clickstream', 'RawClicksBucketName');
});
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('clicks');

const session = { anonymousId: v4(), sessionId: v4() };
const click = (more: object = {}) => ({ eventId: v7(), type: 'View', eventTime: new Date().toISOString(), ...session, page: '/products/stoneware-mug-sage', productId: 'stoneware-mug-sage', synthetic: true, ...more });

interface Raw {
  readonly key: string;
  readonly event: ClickEvent;
}

async function raw(): Promise<Raw[]> {
  const s3 = new S3Client({ ...dev.settings, forcePathStyle: true });
  const { Contents: contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  const found = await Promise.all(
    contents.map(async ({ Key: key = '' }) => {
      const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const lines = gunzipSync((await body?.transformToByteArray()) ?? Buffer.alloc(0)).toString('utf8').trimEnd().split('\n');
      return lines.map((line) => ({ key, event: ClickEvent.parse(JSON.parse(line)) }));
    }),
  );
  return found.flat();
}

/** What S3 has of these events, once it has all of them. */
const arrived = (eventIds: readonly string[]): Promise<Raw[]> =>
  eventually(async () => {
    const found = (await raw()).filter(({ event }) => eventIds.includes(event.eventId));
    return found.length >= eventIds.length && found;
  }, 120);

test('what an anonymous visitor does arrives in S3, by the hour of its arrival', async () => {
  const events = [click(), click({ type: 'AddToCart', quantity: 2 }), click({ type: 'Search', productId: undefined, searchText: 'Becher “grün” 🫖' })];
  expect(await shop.call('recordClicks', { body: { events } })).toEqual({ accepted: 3, refused: [] });
  const found = await arrived(events.map(({ eventId }) => eventId));
  expect(found).toHaveLength(3);
  for (const { key, event } of found) {
    expect(key).toMatch(/^clicks\/year=\d{4}\/month=\d\d\/day=\d\d\/hour=\d\d\/.*\.gz$/);
    expect(event.userId).toBeUndefined();
    expect(event.synthetic).toBe(true);
  }
  expect(found.map(({ event }) => event.searchText)).toContain('Becher “grün” 🫖');
});

test('what a signed-in visitor does carries who they are, and a bad token is refused', async () => {
  const { accessToken, idToken } = await shoppers.signUp();
  const event = click();
  expect(await shop.call('recordClicks', { token: accessToken, body: { events: [event] } })).toEqual({ accepted: 1, refused: [] });
  const [found] = await arrived([event.eventId]);
  expect(found?.event.userId).toBe(JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()).sub);

  const [head, , signature] = accessToken.split('.');
  const forged = `${head}.${Buffer.from(JSON.stringify({ sub: 'somebody else' })).toString('base64url')}.${signature}`;
  for (const token of [idToken, forged, 'letmein']) await shop.refusal('recordClicks', { token, body: { events: [click()] } }, 401, 'not-signed-in');
});

test('poison is refused by its index, and what stands beside it arrives', async () => {
  const good = [click(), click(), click()];
  const events = [good[0], 'not an event', { ...click(), version: 9 }, good[1], { ...click(), eventTime: '1970-01-01T00:00:00.000Z' }, { ...click(), eventTime: '2099-01-01T00:00:00.000Z' }, { ...click(), quantity: '2' }, good[2], { ...click(), page: `/${'x'.repeat(30_000)}` }];
  const { accepted, refused } = await shop.call('recordClicks', { body: { events } });
  expect(accepted).toBe(3);
  expect(refused.map(({ index }) => index)).toEqual([1, 2, 4, 5, 6, 8]);
  expect(await arrived(good.map(({ eventId }) => eventId))).toHaveLength(3);
});

test('a batch just under the limit is taken whole, one above it is refused whole', async () => {
  const events = Array.from({ length: 100 }, () => click({ page: `/${'p'.repeat(280)}` }));
  expect(Buffer.byteLength(JSON.stringify({ events }))).toBeGreaterThan(50_000);
  expect(Buffer.byteLength(JSON.stringify({ events }))).toBeLessThan(MAX_CLICKS_BODY_BYTES);
  expect(await shop.call('recordClicks', { body: { events } })).toEqual({ accepted: 100, refused: [] });
  expect(await arrived(events.map(({ eventId }) => eventId))).toHaveLength(100);
  await shop.refusal('recordClicks', { body: { events: [{ ...click(), page: 'x'.repeat(MAX_CLICKS_BODY_BYTES) }] } }, 413, 'body-too-large');
});

test('what a consumer gave up on is given to it again by one command, and removed', async () => {
  const s3 = new S3Client({ ...dev.settings, forcePathStyle: true });
  const [[source, eventSourceId] = ['', '']] = [...(await dev.resources('Workflow', 'AWS::Lambda::EventSourceMapping'))];
  const [, failed = ''] = [...(await dev.resources('Workflow', 'AWS::S3::Bucket'))].find(([id]) => id.includes('FailedRecords')) ?? [];
  const key = `aws/lambda/${eventSourceId}/shardId-000000000000/2026/11/26/2026-11-26T12.00.00-${v4()}`;
  await s3.send(new PutObjectCommand({ Bucket: failed, Key: key, Body: JSON.stringify({ version: '1.0', payload: JSON.stringify({ Records: [] }) }) }));
  const kept = async (): Promise<number> => (await s3.send(new ListObjectsV2Command({ Bucket: failed, Prefix: `aws/lambda/${eventSourceId}/` }))).KeyCount ?? 0;

  await dev.npm('redrive', '--environment', dev.name, '--dry-run');
  expect(await kept()).toBe(1);
  await dev.npm('redrive', '--environment', dev.name, '--consumer', `Workflow/${source}`);
  expect(await kept()).toBe(0);
  await expect(dev.npm('redrive', '--environment', dev.name, '--consumer', 'Nobody')).rejects.toThrow(/has no consumer Nobody, only Personalize\/.*Workflow\//);
});
