import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { CreateNamespaceCommand, CreateWorkgroupCommand, GetNamespaceCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { marshall } from '@aws-sdk/util-dynamodb';
import { v7 } from 'uuid';
import type { DataSet } from '../../../app/quicksight/data-set';
import { liveShop } from '../../../app/quicksight/live-shop';
import { migrationFiles } from '../../../app/redshift/migrations';
import { Migrating } from '../../../lambdas/redshift/migrating';
import { Statements, type Row } from '../../../lambdas/redshift/statements';
import { startRedshift, type Redshift } from '../../../local/redshift/server';
import { temporaryFolder } from '../../support/folder';
import { fakeStreams, type FakeRecord, settingsOf } from './redshiftServer';

const stateDir = temporaryFolder('redshift-dashboards');
const STREAMING = 'arn:aws:iam::222222222222:role/streaming';
const [clicks, orders]: [FakeRecord[], FakeRecord[]] = [[], []];
let streams: Awaited<ReturnType<typeof fakeStreams>>;
let redshift: Redshift;
let reader: Statements;

const settings = (role?: string) => settingsOf(redshift.port, role);
const statementsOf = (role: string, secretArn?: string) => new Statements(new RedshiftDataClient(settings(role)), { workgroupName: 'shop-test', database: 'website', secretArn });

async function finished(as: Statements, sql: string): Promise<string> {
  const id = await as.start({ sql });
  for (;;) {
    const { state, error } = await as.progress(id);
    if (state === 'FAILED') throw new Error(error);
    if (state === 'FINISHED') return id;
    await sleep(20);
  }
}
/** The rows of a data set, as who may read the two views and nothing else. */
const rowsOf = async ({ rows }: DataSet): Promise<Row[]> => reader.rows(await finished(reader, 'sql' in rows ? rows.sql('') : ''));
const read = (id: string): Promise<Row[]> => {
  const found = liveShop.dataSets.find((of) => of.id === id);
  if (!found) throw new Error(`There is no data set ${id}.`);
  return rowsOf(found);
};

const ARRIVED = Date.parse('2026-11-26T10:30:00.000Z') / 1_000;
const put = (stream: FakeRecord[], ...records: object[]): void => {
  for (const record of records) stream.push({ sequence: String(stream.length + 1), arrived: ARRIVED, data: JSON.stringify(record) });
};
const click = (sessionId: string, type: string, more: object = {}) => ({ eventId: v7(), type, eventTime: '2026-11-26T10:20:30.000Z', receiveTime: '2026-11-26T10:20:31.000Z', anonymousId: sessionId, sessionId, page: '/', synthetic: false, ...more });
const money = (amount: number) => ({ amount, currency: 'EUR' });
const order = (orderId: string, more: object = {}) => {
  const image = {
    orderId, version: 1, status: 'CONFIRMED', createdAt: '2026-11-26T10:25:10.000Z', updatedAt: '2026-11-26T10:25:10.000Z', synthetic: false, itemCount: 3, total: money(6_000),
    lines: [{ productId: 'mug', name: 'Mug', vendor: 'Clay', quantity: 2, unitPrice: money(1_000), lineTotal: money(1_999) }, { productId: 'bowl', name: 'Bowl', quantity: 1, unitPrice: money(4_000), lineTotal: money(4_000) }],
    payment: { status: 'CAPTURED', captured: money(6_000), refunded: money(1_001) }, ...more,
  };
  return { eventName: 'INSERT', tableName: 'orders', recordFormat: 'application/json', dynamodb: { Keys: marshall({ orderId }), NewImage: marshall(image) } };
};

beforeAll(async () => {
  streams = await fakeStreams({ clicks, orders });
  redshift = await startRedshift({ port: 0, stateDir, endpoint: streams.url });
  const serverless = new RedshiftServerlessClient(settings());
  await serverless.send(new CreateNamespaceCommand({ namespaceName: 'shop-test', dbName: 'website', iamRoles: [STREAMING], manageAdminPassword: true }));
  await serverless.send(new CreateWorkgroupCommand({ workgroupName: 'shop-test', namespaceName: 'shop-test', configParameters: [{ parameterKey: 'enable_case_sensitive_identifier', parameterValue: 'true' }] }));
  const { namespace } = await serverless.send(new GetNamespaceCommand({ namespaceName: 'shop-test' }));
  const admin = statementsOf('migrating', namespace?.adminPasswordSecretArn);
  const names: Readonly<Record<string, string>> = { streamingRole: STREAMING, clicks: 'clicks', orderChanges: 'orders' };
  const plan = {
    migrations: migrationFiles().map(({ name, sql }) => ({ name, checksum: createHash('sha256').update(sql).digest('hex'), sql: sql.replaceAll(/\$\{(\w+)\}/g, (_, key: string) => names[key] ?? '') })),
    readers: [{ role: 'dashboards', views: ['shop.clicks', 'shop.orders'] }],
    users: [{ username: 'dashboards', password: 'Correct0horseBattery', views: ['shop.clicks', 'shop.orders'] }],
    views: [],
  };
  // Twice, as two deployments do.
  for (const request of [randomUUID(), randomUUID()]) await new Migrating({ statements: admin, request, hasTime: () => true, pause: () => sleep(20) }).run(plan);
  reader = statementsOf('dashboards');

  const [buyer, looker, machine] = [randomUUID(), randomUUID(), randomUUID()];
  put(clicks, click(looker, 'View'), click(buyer, 'View'), click(buyer, 'AddToCart'), click(buyer, 'StartCheckout'), click(buyer, 'Purchase', { orderId: v7() }), click(machine, 'View', { synthetic: true }));
  put(orders, order('sold'), order('waiting', { status: 'ACCEPTED', payment: { status: 'PENDING', captured: money(0), refunded: money(0) } }), order('synthetic', { synthetic: true }));
  for (const view of ['raw.clicks', 'raw.order_changes']) await finished(admin, `REFRESH MATERIALIZED VIEW ${view}`);
});
afterAll(async () => {
  await redshift?.stop();
  await streams?.close();
});

it.each(liveShop.dataSets.map((of) => [of.id, of] as const))('the data set %s has just the columns that it says', async (_, of) => {
  const [row] = await rowsOf(of);
  expect(Object.keys(row ?? {})).toEqual(Object.keys(of.columns));
});

it('orders have their revenue in major units once it is captured, and none of them is synthetic', async () => {
  const found = (await read('live-orders')).map(({ order_id: id, status, items, currency, revenue }) => [id, status, items, currency, Number(revenue)]);
  expect(found.toSorted(([one], [other]) => String(one).localeCompare(String(other)))).toEqual([['sold', 'CONFIRMED', 3, 'EUR', 49.99], ['waiting', 'ACCEPTED', 3, 'EUR', 0]]);
});

it('lines are of orders that were paid, each with its vendor', async () => {
  const found = (await read('live-lines')).map(({ order_id: id, product, vendor, quantity, sold }) => [id, product, vendor, quantity, Number(sold)]);
  expect(found.toSorted(([, one], [, other]) => String(one).localeCompare(String(other)))).toEqual([['sold', 'Bowl', 'unknown', 1, 40], ['sold', 'Mug', 'Clay', 2, 19.99]]);
});

it('conversion is the average of what each session bought, as a share of a hundred', async () => {
  const shares = (await read('live-sessions')).map(({ conversion }) => Number(conversion));
  expect(shares.toSorted((one, other) => one - other)).toEqual([0, 100]);
});

it('a session is in each step of the funnel that it came to by all before it', async () => {
  const steps = (await read('live-steps')).map(({ step }) => String(step));
  const counts = ['View', 'AddToCart', 'StartCheckout', 'Purchase'].map((step) => steps.filter((one) => one === step).length);
  expect(counts).toEqual([2, 1, 1, 1]);
});
