import path from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeStatementCommand, ExecuteStatementCommand, RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { ListUsageLimitsCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { v4, v7 } from 'uuid';
import { ReportPending, REPORTS } from '../../../contracts/analytics';
import type { ReportName, ReportRow } from '../../../contracts/analytics';
import { OPERATORS_GROUP } from '../../../contracts/operations';
import { Traffic } from '../../../local/traffic/traffic';
import { clicksInRedshift, ordersInRedshift, refresher } from '../../../pipeline/gate/hops/redshift-sinks';
import type { Sink } from '../../../pipeline/gate/hops/sink';
import { website } from '../../../stages/environments';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { Dashboards } from '../dashboards';
import type { Seen } from '../dashboards';
import { DevEnvironment } from '../devEnvironment';
import { SignInPages } from '../signIn';
import { shopOf } from '../website/customers';
import type { DevShop } from '../website/customers';

jest.setTimeout(900_000);

let dev: DevEnvironment;
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('analytics');
let shop: DevShop;
let operator: string;
let shopper: string;
let refresherArn: string;
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  shop = await shopOf(new CognitoIdentityProviderClient(dev.settings), (stack, output) => dev.output(stack, output));
  refresherArn = await dev.output('Redshift', 'RefresherArn');
  const pages = await SignInPages.of(dev, shop.url.replace(/\/$/, ''));
  ({ accessToken: operator } = await pages.signIn(await pages.newPerson(OPERATORS_GROUP)));
  ({ accessToken: shopper } = await pages.signIn(await pages.newPerson()));
});

const PRODUCT = 'stoneware-mug-sage';
const since = new Date(Date.now() - 60 * 60_000).toISOString();
const visitor = () => ({ anonymousId: v4(), sessionId: v4() });
const click = (who: object, type: string, more: object = {}) => ({ eventId: v7(), type, eventTime: new Date().toISOString(), page: '/', ...who, ...more });
const record = async (events: readonly object[]) => expect(await shop.shop.call('recordClicks', { body: { events } })).toEqual({ accepted: events.length, refused: [] });

/** In dev Redshift reads what has come in now and then, and when it is asked to. */
const refresh = (): Promise<void> => refresher(new LambdaClient(dev.settings), refresherArn)();

/** A report's rows, however often it has to be asked for. */
async function rows(report: ReportName, query: Readonly<Record<string, string>> = {}): Promise<ReportRow[]> {
  let asked: Readonly<Record<string, string>> = { since, ...query };
  for (;;) {
    const response = await shop.shop.send('getReport', { token: operator, pathParameters: { report }, query: asked });
    const body: unknown = await response.json();
    if (response.status === 200) return (body as { rows: ReportRow[] }).rows;
    if (response.status !== 202) throw new Error(`${report} is answered with ${response.status}: ${JSON.stringify(body)}`);
    asked = Object.fromEntries(new URL(ReportPending.parse(body).askAgain, shop.url).searchParams);
  }
}
/** The same, once it has what is looked for. */
const has = (report: ReportName, wanted: object, query: Readonly<Record<string, string>> = {}): Promise<void> =>
  eventually(async () => {
    await refresh();
    expect(await rows(report, query)).toContainEqual(expect.objectContaining(wanted));
    return true;
  }, 120).then(() => undefined);
const orders = async (query: Readonly<Record<string, string>> = {}): Promise<number> => {
  await refresh();
  return (await rows('orders', query)).reduce((sum, row) => sum + ('items' in row ? row.orders : 0), 0);
};

test('what visitors do and buy is in each report, what a synthetic one does only where it is asked for', async () => {
  const [person, machine] = [visitor(), visitor()];
  const order = await shop.order({ accessToken: shopper, idToken: '', email: '' }, PRODUCT, { quantity: 2 });
  const bought = { orderId: order.orderId, productId: PRODUCT };
  await record([click(person, 'View', bought), click(person, 'Search', { searchText: 'unicorn’s “saddle”; --', resultCount: 0 }), click(person, 'AddToCart', { productId: PRODUCT, quantity: 2 })]);
  await record([click(person, 'StartCheckout'), click(person, 'Purchase', bought), click(person, 'Purchase', bought), click(machine, 'View', { productId: PRODUCT, synthetic: true })]);

  await has('orders', { orders: 1, items: 2 });
  await has('revenue', { currency: order.total.currency, captured: order.total.amount, refunded: 0, revenue: order.total.amount });
  await has('top-products', { productId: PRODUCT, quantity: 2, orders: 1 });
  await has('funnel', { step: 'Purchase', sessions: 1, orders: 1 });
  await has('conversion', { sessions: 1, buying: 1 });
  await has('live-visitors', { visitors: 1 });
  await has('searches-without-results', { searchText: 'unicorn’s “saddle”; --', searches: 1, visitors: 1 });

  await shop.orderWith('CONFIRMED', await synthetic(), synthetics[0] ?? '');
  await eventually(async () => (await orders({ synthetic: 'include' })) === 2, 120);
  expect(await orders()).toBe(1);
  await has('funnel', { step: 'View', sessions: 2 }, { synthetic: 'include' });
  await has('funnel', { step: 'View', sessions: 1 });
});

const synthetics: string[] = [];
/** Has the gate's kind of shopper buy something. */
async function synthetic() {
  const customer = await shop.customer();
  synthetics.push((await shop.order(customer, PRODUCT)).orderId);
  return customer;
}

test('the gate finds its clicks and orders by its own role, which reads nothing else', async () => {
  const { region, endpoint, credentials } = dev.settings;
  const role = `arn:aws:iam::${credentials.accessKeyId}:role/website-dev-gate`;
  const sessionToken = `MSR1.${Buffer.from(JSON.stringify({ r: role, s: 'gate' })).toString('base64url')}`;
  const client = new RedshiftDataClient({ region, endpoint, credentials: { ...credentials, sessionToken } });
  const redshift = { client, workgroup: await dev.output('Redshift', 'WorkgroupName'), database: await dev.output('Redshift', 'DatabaseName'), refresh: refresher(new LambdaClient({ region, endpoint, credentials: { ...credentials, sessionToken } }), refresherArn) };
  const sent = [click(visitor(), 'View', { productId: PRODUCT, synthetic: true }), click(visitor(), 'ViewCart', { synthetic: true })];
  await record(sent);
  const ids = sent.map(({ eventId }) => eventId);
  await expect(eventually(async () => (await arrivedIn(clicksInRedshift(redshift), [...ids, v7()])).toSorted().join() === ids.toSorted().join(), 120)).resolves.toBe(true);
  expect(await arrivedIn(ordersInRedshift(redshift), [...synthetics, v7()])).toEqual(synthetics);

  const { Id } = await client.send(new ExecuteStatementCommand({ WorkgroupName: redshift.workgroup, Database: redshift.database, Sql: 'SELECT COUNT(*) FROM shop.order_lines' }));
  await expect(eventually(async () => (await client.send(new DescribeStatementCommand({ Id }))).Error, 30)).resolves.toContain('permission denied for relation order_lines');
});

const arrivedIn = async (sink: Sink, ids: readonly string[]): Promise<string[]> => [...(await sink.find(ids))];

test('what is asked is bound or refused, whatever stands in it', async () => {
  const hostile = ["'; DROP TABLE public.migrations; --", '" OR 1=1', '2026-11-26T00:00:00.000Z\'; SELECT 1'];
  for (const text of hostile) {
    for (const parameter of ['since', 'until', 'synthetic', 'limit', 'statement', 'report']) {
      await shop.shop.refusal('getReport', { token: operator, pathParameters: { report: 'orders' }, query: { [parameter]: text } }, 400, 'invalid-parameter');
    }
    await shop.shop.refusal('getReport', { token: operator, pathParameters: { report: text } }, 404, 'report-not-found');
  }
  await shop.shop.refusal('getReport', { token: operator, pathParameters: { report: 'orders' }, query: { statement: v4() } }, 410, 'report-gone');
  await shop.shop.refusal('getReport', { token: operator, pathParameters: { report: 'orders' }, query: { since: '2026-01-01T00:00:00.000Z', until: '2026-03-01T00:00:00.000Z' } }, 400, 'invalid-parameter');
  expect(await orders()).toBe(1);
});

test('reports are for operators', async () => {
  for (const report of REPORTS) {
    const refused = shop.shop.refusal('getReport', { token: shopper, pathParameters: { report } }, 403, 'not-an-operator');
    await expect(refused).resolves.toBeUndefined();
  }
  await shop.shop.refusal('getReport', { pathParameters: { report: 'orders' } }, 401);
});

test('a record that nobody can read stops no report', async () => {
  const kinesis = new KinesisClient(dev.settings);
  const images = ['not JSON', '{}', '{"eventName":"MODIFY","dynamodb":{"Keys":{"orderId":{"S":7}},"NewImage":{"orderId":{"N":"1"},"lines":{"L":"x"}}}}', `{"eventName":"MODIFY","dynamodb":{"Keys":{"orderId":{"S":"poison"}},"NewImage":{"orderId":{"S":"poison"},"createdAt":{"S":""},"version":{"N":"many"},"total":{"M":{"amount":{"S":"x"}}}}}}`];
  const poison = ['not JSON', '{"eventId":7}', '[]', 'null', '{"eventId":"x","eventTime":"","price":[1],"quantity":"two"}', JSON.stringify({ ...click(visitor(), 'View', { productId: PRODUCT }), eventTime: '2099-01-01T00:00:00.000Z', synthetic: false })];
  await kinesis.send(new PutRecordsCommand({ StreamARN: await dev.output('Clickstream', 'ClickStreamArn'), Records: poison.map((text) => ({ Data: new TextEncoder().encode(text), PartitionKey: 'poison' })) }));
  const [, changes = ''] = [...(await dev.resources('Orders', 'AWS::Kinesis::Stream'))].find(([id]) => id.startsWith('OrderChanges')) ?? [];
  await kinesis.send(new PutRecordsCommand({ StreamName: changes, Records: images.map((text) => ({ Data: new TextEncoder().encode(text), PartitionKey: 'poison' })) }));
  const person = visitor();
  await record([click(person, 'View', { productId: PRODUCT })]);
  await shop.order({ accessToken: shopper, idToken: '', email: '' }, PRODUCT);
  await eventually(async () => (await orders()) === 2, 120);
  await expect(has('funnel', { step: 'View', sessions: 2 })).resolves.toBeUndefined();
});

test('without Redshift reports say that they are away, the shop sells, and afterwards nothing is missing', async () => {
  const pid = dev.processOf('redshift');
  if (pid === undefined) throw new Error('There is no Redshift.');
  process.kill(pid, 'SIGSTOP');
  try {
    const response = await shop.shop.send('getReport', { token: operator, pathParameters: { report: 'orders' } });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('30');
    expect(await response.json()).toMatchObject({ type: '/problems/analytics-away' });
    await shop.order({ accessToken: shopper, idToken: '', email: '' }, PRODUCT);
    await record([click(visitor(), 'View', { productId: PRODUCT })]);
  } finally {
    process.kill(pid, 'SIGKILL');
  }
  await eventually(async () => dev.processOf('redshift') !== pid, 120);
  await eventually(async () => (await orders()) === 3, 120);
  await has('funnel', { step: 'View', sessions: 3 });
});

test('the shoppers of npm start -- --traffic are customers to the shop and to its reports, and end when they are told to', async () => {
  const [environment] = website.environments;
  if (!environment) throw new Error('The website has no environment.');
  const [before, stopping, said] = [await orders(), new AbortController(), [] as string[]];
  const traffic = new Traffic({ environment, shoppers: 4, gatewayUrl: dev.endpoint, say: (line) => said.push(line), signal: stopping.signal, seed: 1, haste: 20 });
  const walking = traffic.run();
  try {
    await Promise.race([eventually(() => traffic.tally.clicks >= 200 && traffic.tally.orders >= 2, 240), walking]);
  } finally {
    stopping.abort();
  }
  await walking;
  expect(said).toEqual([`4 shoppers walk through Dev, ${shop.url.replace(/\/$/, '')}`]);
  expect(traffic.tally.refused).toBe(0);

  await eventually(async () => (await orders()) >= before + traffic.tally.orders, 120);
  // Before them there were three sessions.
  const funnel = (await rows('funnel')).flatMap((row) => ('step' in row ? [row.sessions] : []));
  expect(funnel[0]).toBeGreaterThan(3 + traffic.tally.orders);
  expect((await rows('top-products')).length).toBeGreaterThan(1);
});

test('the dashboards draw the same, and no visual is without an answer', async () => {
  const dashboards = await Dashboards.open(dev.dashboardsUrl);
  try {
    expect((await dashboards.list()).map(({ name }) => name).toSorted()).toEqual(['Dev: Live shop', 'Dev: Orders', 'Dev: Yesterday']);
    const [live, ordersNow, yesterday] = [await dashboards.look('Dev: Live shop'), await dashboards.look('Dev: Orders'), await dashboards.look('Dev: Yesterday')];
    expect([...live, ...ordersNow, ...yesterday].filter(({ refused }) => refused !== undefined)).toEqual([]);
    expect([...live, ...ordersNow].filter(({ isDrawn }) => !isDrawn)).toEqual([]);
    const text = (of: readonly Seen[], title: string): string => of.find((visual) => visual.title === title)?.text ?? '';
    expect(text(live, 'Orders')).toBe(String(await orders()));
    expect(text(ordersNow, 'Orders')).toBe(String(await orders()));
    const revenue = (await rows('revenue')).reduce((sum, row) => sum + ('revenue' in row ? row.revenue : 0), 0);
    expect(text(live, 'Revenue').replaceAll(/[^\d.]/g, '')).toBe((revenue / 100).toFixed(2));
    // Nothing has been copied from the lake yet.
    expect(yesterday.filter(({ isDrawn }) => isDrawn)).toEqual([]);
    expect(dashboards.faults).toEqual([]);
  } finally {
    await dashboards.close();
  }
});

test('a day has a limit', async () => {
  const { usageLimits } = await new RedshiftServerlessClient(dev.settings).send(new ListUsageLimitsCommand({}));
  expect(usageLimits).toMatchObject([{ usageType: 'serverless-compute', period: 'daily', amount: 24, breachAction: 'deactivate' }]);
});
