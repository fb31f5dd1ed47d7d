import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { CreateNamespaceCommand, CreateWorkgroupCommand, GetNamespaceCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { marshall } from '@aws-sdk/util-dynamodb';
import { v7 } from 'uuid';
import { migrationFiles } from '../../../app/redshift/migrations';
import { ReportQuery } from '../../../contracts/analytics';
import type { ReportName } from '../../../contracts/analytics';
import { Migrating, type Plan } from '../../../lambdas/redshift/migrating';
import { Reporting } from '../../../lambdas/redshift/reporting';
import { Statements } from '../../../lambdas/redshift/statements';
import { startRedshift, type Redshift } from '../../../local/redshift/server';
import { temporaryFolder } from '../../support/folder';
import { fakeStreams, type FakeRecord, settingsOf } from './redshiftServer';

const STREAMING = 'arn:aws:iam::222222222222:role/streaming';
const VIEWS = ['shop.clicks', 'shop.orders', 'shop.order_lines'];
const stateDir = temporaryFolder('redshift-reports');
const [clicks, orders]: [FakeRecord[], FakeRecord[]] = [[], []];
let streams: Awaited<ReturnType<typeof fakeStreams>>;
let redshift: Redshift;
let admin: Statements;

beforeAll(async () => {
  streams = await fakeStreams({ clicks, orders });
  redshift = await startRedshift({ port: 0, stateDir, endpoint: streams.url });
  const serverless = new RedshiftServerlessClient(settings());
  await serverless.send(new CreateNamespaceCommand({ namespaceName: 'shop-test', dbName: 'website', iamRoles: [STREAMING], manageAdminPassword: true }));
  await serverless.send(new CreateWorkgroupCommand({ workgroupName: 'shop-test', namespaceName: 'shop-test', configParameters: [{ parameterKey: 'enable_case_sensitive_identifier', parameterValue: 'true' }] }));
  const { namespace } = await serverless.send(new GetNamespaceCommand({ namespaceName: 'shop-test' }));
  admin = statementsOf('migrating', namespace?.adminPasswordSecretArn);
});
afterAll(async () => {
  await redshift?.stop();
  await streams?.close();
});

const settings = (role?: string) => settingsOf(redshift.port, role);
const statementsOf = (role: string, secretArn?: string) => new Statements(new RedshiftDataClient(settings(role)), { workgroupName: 'shop-test', database: 'website', secretArn });

const plan = (): Plan => ({
  migrations: migrationFiles().map(({ name, sql }) => ({
    name,
    checksum: createHash('sha256').update(sql).digest('hex'),
    sql: sql.replaceAll('${streamingRole}', STREAMING).replaceAll('${clicks}', 'clicks').replaceAll('${orderChanges}', 'orders'),
  })),
  readers: [{ role: 'reports', views: VIEWS }],
  views: [{ name: 'raw.clicks', autoRefresh: 'NO' }, { name: 'raw.order_changes', autoRefresh: 'NO' }],
});
const migrate = (to: Plan, hasTime = () => true) => new Migrating({ statements: admin, request: randomUUID(), hasTime, pause: () => sleep(20) }).run(to);

/** A statement's rows, as somebody. */
async function run(as: Statements, sql: string): Promise<unknown[]> {
  const id = await as.start({ sql });
  for (;;) {
    const { state, error } = await as.progress(id);
    if (state === 'FAILED') throw new Error(error);
    if (state === 'FINISHED') return sql.startsWith('SELECT') ? as.rows(id) : [];
    await sleep(20);
  }
}
const refresh = async (): Promise<void> => {
  for (const view of ['raw.clicks', 'raw.order_changes']) await run(admin, `REFRESH MATERIALIZED VIEW ${view}`);
};
const report = (name: ReportName, query: object = {}) =>
  new Reporting({ statements: statementsOf('reports'), now: () => new Date(), pause: (milliseconds) => sleep(milliseconds) }).report(name, ReportQuery.parse({ since: '2026-11-26T10:00:00.000Z', until: '2026-11-26T11:00:00.000Z', ...query }));
const rows = async (name: ReportName, query: object = {}) => {
  const answer = await report(name, query);
  if (!('rows' in answer)) throw new Error(`${name} is not done`);
  return answer.rows;
};

const ARRIVED = Date.parse('2026-11-26T10:30:00.000Z') / 1_000;
let sequence = 0;
const put = (stream: FakeRecord[], ...records: unknown[]): void => {
  for (const record of records) stream.push({ sequence: String((sequence += 1)), arrived: ARRIVED, data: typeof record === 'string' ? record : JSON.stringify(record) });
};
const click = (sessionId: string, type: string, more: object = {}) => ({ eventId: v7(), type, eventTime: '2026-11-26T10:20:30.000Z', receiveTime: '2026-11-26T10:20:31.000Z', anonymousId: sessionId, sessionId, page: '/', synthetic: false, ...more });
const money = (amount: number) => ({ amount, currency: 'EUR' });
const order = (orderId: string, version: number, more: object = {}) => ({
  orderId, version, status: 'ACCEPTED', createdAt: '2026-11-26T10:25:10.000Z', updatedAt: '2026-11-26T10:25:10.000Z', synthetic: false, itemCount: 3, total: money(6_000),
  lines: [{ productId: 'mug', name: 'Mug', quantity: 2, unitPrice: money(1_000), lineTotal: money(2_000) }, { productId: 'bowl', name: 'Bowl', quantity: 1, unitPrice: money(4_000), lineTotal: money(4_000) }],
  payment: { status: 'PENDING', captured: money(0), refunded: money(0) }, ...more,
});
const change = (eventName: string, image: { orderId: string }, which = 'NewImage') => ({ eventName, tableName: 'orders', recordFormat: 'application/json', dynamodb: { Keys: marshall({ orderId: image.orderId }), [which]: marshall(image) } });

it('applies each file once, in parts where time is short, and refuses one that has changed since', async () => {
  const [request, plan_] = [randomUUID(), plan()];
  let calls = 0;
  while (!(await new Migrating({ statements: admin, request, hasTime: () => false, pause: () => sleep(1) }).run(plan_))) expect((calls += 1)).toBeLessThan(200);
  await expect(run(admin, 'SELECT name FROM public.migrations ORDER BY name')).resolves.toEqual(plan_.migrations.map(({ name }) => ({ name })));
  await expect(migrate(plan_)).resolves.toBe(true);
  await expect(run(admin, 'SELECT COUNT(*) AS n FROM public.migrations')).resolves.toEqual([{ n: plan_.migrations.length }]);
  const migrations = plan_.migrations.map((migration, index) => (index === 0 ? { ...migration, checksum: 'other' } : migration));
  await expect(migrate({ ...plan_, migrations })).rejects.toThrow('0001-streams.sql was applied and has changed since');
});

it('lets a role read the views that it was granted, and do nothing else', async () => {
  const reader = statementsOf('reports');
  await expect(run(reader, 'SELECT COUNT(*) AS n FROM shop.clicks')).resolves.toEqual([{ n: 0 }]);
  await expect(run(reader, 'SELECT COUNT(*) AS n FROM raw.clicks')).rejects.toThrow('permission denied for schema raw');
  await expect(run(reader, 'DROP TABLE public.migrations')).rejects.toThrow('permission denied');
  await expect(run(statementsOf('stranger'), 'SELECT COUNT(*) AS n FROM shop.clicks')).rejects.toThrow('permission denied');
});

it('reports what visitors did, each event once, synthetic ones only where asked, and none at a time that cannot be', async () => {
  const [buyer, looker, machine] = [randomUUID(), randomUUID(), randomUUID()];
  const orderId = v7();
  const twice = click(buyer, 'View', { productId: 'mug' });
  put(clicks, twice, twice, 'not JSON', '{"eventId": 7}', '{"eventId":"x","eventTime":"","quantity":"two","price":[1]}', click(buyer, 'View', { eventTime: '1970-01-01T00:00:00.000Z' }), click(looker, 'View', { eventTime: '2099-01-01T00:00:00.000Z' }));
  put(clicks, click(looker, 'View'), click(looker, 'Search', { searchText: 'Teapöt ☕', resultCount: 0 }), click(looker, 'Search', { searchText: 'mug', resultCount: 3 }), click(buyer, 'Search', { searchText: 'teapöt ☕', resultCount: 0 }));
  put(clicks, click(buyer, 'AddToCart'), click(buyer, 'StartCheckout'), click(buyer, 'Purchase', { orderId, productId: 'mug' }), click(buyer, 'Purchase', { orderId, productId: 'bowl' }), click(machine, 'View', { synthetic: true }));
  await refresh();
  await expect(rows('funnel')).resolves.toEqual([{ step: 'View', sessions: 2 }, { step: 'AddToCart', sessions: 1 }, { step: 'StartCheckout', sessions: 1 }, { step: 'Purchase', sessions: 1, orders: 1 }]);
  await expect(rows('funnel', { synthetic: 'include' })).resolves.toContainEqual({ step: 'View', sessions: 3 });
  await expect(rows('conversion')).resolves.toEqual([{ minute: '2026-11-26T10:20:00.000Z', sessions: 2, buying: 1 }]);
  await expect(rows('searches-without-results')).resolves.toEqual([{ searchText: 'teapöt ☕', searches: 2, visitors: 2 }]);
  await expect(rows('live-visitors', { until: '2026-11-26T10:22:00.000Z' })).resolves.toEqual([{ visitors: 2, sessions: 2 }]);
  await expect(rows('live-visitors', { until: '2026-11-26T10:50:00.000Z' })).resolves.toEqual([{ visitors: 0, sessions: 0 }]);
});

it('reports orders by their newest version, whatever came when, and none that was removed', async () => {
  const [sold, undone, machine] = [v7(), v7(), v7()];
  const captured = { payment: { status: 'CAPTURED', captured: money(6_000), refunded: money(1_000) } };
  put(orders, change('MODIFY', order(sold, 5, captured)), change('INSERT', order(sold, 1)), change('MODIFY', order(sold, 5, captured)), 'not JSON', '{"dynamodb":{"NewImage":{"orderId":{"S":7},"lines":{"L":"x"}}}}');
  put(orders, change('INSERT', order(machine, 1, { synthetic: true, ...captured })), change('INSERT', order(undone, 1)), change('REMOVE', order(undone, 1), 'OldImage'));
  await refresh();
  await expect(rows('orders')).resolves.toEqual([{ minute: '2026-11-26T10:25:00.000Z', orders: 1, items: 3 }]);
  await expect(rows('orders', { synthetic: 'include' })).resolves.toEqual([{ minute: '2026-11-26T10:25:00.000Z', orders: 2, items: 6 }]);
  await expect(rows('revenue')).resolves.toEqual([{ minute: '2026-11-26T10:25:00.000Z', currency: 'EUR', captured: 6_000, refunded: 1_000, revenue: 5_000 }]);
  await expect(rows('top-products')).resolves.toEqual([{ productId: 'mug', name: 'Mug', quantity: 2, orders: 1 }, { productId: 'bowl', name: 'Bowl', quantity: 1, orders: 1 }]);
  await expect(rows('top-products', { limit: '1' })).resolves.toHaveLength(1);
});

it('gives an answer to whoever asks again for just this report', async () => {
  const statements = statementsOf('reports');
  const impatient = (query: object) => {
    let looks = 0;
    return new Reporting({ statements, now: () => new Date(1_795_000_000_000 + (looks += 1) * 10_000), pause: () => sleep(1) }).report('orders', ReportQuery.parse({ since: '2026-11-26T10:00:00.000Z', until: '2026-11-26T11:00:00.000Z', ...query }));
  };
  const pending = await impatient({});
  if (!('askAgain' in pending)) throw new Error('It was done at once.');
  const { statement } = pending;
  const query = Object.fromEntries(new URL(pending.askAgain, 'http://shop').searchParams);
  await expect(report('orders', query)).resolves.toMatchObject({ report: 'orders', rows: [{ orders: 1 }] });
  await expect(report('orders', { statement, synthetic: 'include' })).rejects.toMatchObject({ code: 'report-gone' });
  await expect(report('funnel', { statement })).rejects.toMatchObject({ code: 'report-gone' });
  await expect(report('orders', { statement: randomUUID() })).rejects.toMatchObject({ code: 'report-gone' });
});

it('keeps up with thousands of changes, each with all that has become of its order', async () => {
  const timeline = Array.from({ length: 25 }, (_, index) => ({ at: '2026-11-26T10:25:10.000Z', event: 'PAYMENT_AUTHORIZED', detail: `${index}: ${'what the provider said '.repeat(4)}` }));
  const placed = Array.from({ length: 1_000 }, () => v7());
  for (const version of [1, 2, 3]) put(orders, ...placed.map((orderId) => change(version === 1 ? 'INSERT' : 'MODIFY', order(orderId, version, { customerId: 'one of thousands', timeline }))));
  await refresh();
  await expect(run(admin, "SELECT COUNT(*) AS n, MIN(version) AS version FROM shop.orders WHERE customer_id = 'one of thousands'")).resolves.toEqual([{ n: 1_000, version: 3 }]);
});
