import path from 'node:path';
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateSolutionVersionCommand, DescribeCampaignCommand, DescribeSolutionVersionCommand, ListDatasetImportJobsCommand, PersonalizeClient } from '@aws-sdk/client-personalize';
import { v4, v7 } from 'uuid';
import type { Recommendations } from '../../contracts/recommendation';
import { Shop } from '../../pipeline/gate/shop';
import { website } from '../../stages/environments';
import type { Website } from '../../stages/environments';
import { eventually } from '../support/eventually';
import { temporaryFolder } from '../support/folder';
import { DevEnvironment } from './devEnvironment';

jest.setTimeout(900_000);

const [first, ...others] = website.environments;
if (!first) throw new Error('The website has no environment.');
const withCampaign: Website = { ...website, environments: [{ ...first, personalize: { solution: true, campaign: { minimumTps: 1 } } }, ...others] };

let dev: DevEnvironment;
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('campaign');
let shop: Shop;
let products: string[];
let personalize: PersonalizeClient;
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  shop = new Shop((await dev.output('Edge', 'SiteUrl')).replace(/\/$/, ''));
  products = (await shop.call('listProducts', { query: { limit: '20' } })).products.filter(({ stock }) => stock > 0).map(({ productId }) => productId);
  personalize = new PersonalizeClient(dev.settings);
});

const recommended = (query: Readonly<Record<string, string>>): Promise<Recommendations> => shop.call('getRecommendations', { query: { limit: '6', ...query } });
const ids = ({ items }: Recommendations): string[] => items.map(({ product }) => product.productId);
const record = async (events: readonly object[]) => expect(await shop.call('recordClicks', { body: { events } })).toEqual({ accepted: events.length, refused: [] });
const click = (anonymousId: string, productId: string, more: object = {}) => ({ eventId: v7(), type: 'View', eventTime: new Date().toISOString(), page: `/products/${productId}`, productId, anonymousId, sessionId: anonymousId, ...more });

async function train() {
  const solutionArn = await dev.resource('Personalize', 'AWS::Personalize::Solution', 'Training');
  const { solutionVersionArn } = await personalize.send(new CreateSolutionVersionCommand({ solutionArn }));
  return eventually(async () => {
    const { solutionVersion } = await personalize.send(new DescribeSolutionVersionCommand({ solutionVersionArn }));
    return solutionVersion?.status !== 'CREATE PENDING' && solutionVersion;
  }, 60);
}

/** Visitors who have each looked at some products that stand beside one another, and never signed in. */
async function browse(visitors: number, views: number): Promise<void> {
  for (let visitor = 0; visitor < visitors; visitor += 1) {
    const anonymousId = v4();
    await record(Array.from({ length: views }, (_, index) => click(anonymousId, products[(visitor + index) % products.length] ?? '')));
  }
}

const importUntil = (until: Date) => dev.npm('personalize:import', '--environment', dev.name, '--until', until.toISOString());
async function importJobs() {
  const datasetArn = await dev.output('Personalize', 'InteractionsDatasetArn');
  return (await personalize.send(new ListDatasetImportJobsCommand({ datasetArn }))).datasetImportJobs ?? [];
}

async function setStock(productId: string, stock: number): Promise<number> {
  const [TableName, Key] = [await dev.output('Catalog', 'ProductsTableName'), { productId: { S: productId } }];
  const client = new DynamoDBClient(dev.settings);
  const { Item: item } = await client.send(new GetItemCommand({ TableName, Key }));
  await client.send(new UpdateItemCommand({ TableName, Key, UpdateExpression: 'SET stock = :stock ADD version :one', ExpressionAttributeValues: { ':stock': { N: String(stock) }, ':one': { N: '1' } } }));
  return Number(item?.['stock']?.N);
}

test('a solution that knows too little does not train, and no campaign can be switched on before it has', async () => {
  expect(await train()).toMatchObject({ status: 'CREATE FAILED', failureReason: expect.stringContaining('fewer than 1000 interactions') });
  await expect(dev.release('Personalize', withCampaign)).rejects.toThrow(/ACTIVE version/);
  expect((await recommended({ anonymousId: v4() })).source).toBe('popular');
});

test('visitors who never signed in are learnt from once their past clicks are imported, which can be begun again', async () => {
  await browse(30, 40);
  expect(await train()).toMatchObject({ status: 'CREATE FAILED' });
  const until = await eventually(async () => {
    const now = new Date();
    await importUntil(now);
    return (await train()).status === 'ACTIVE' && now;
  }, 300);
  const jobs = await importJobs();
  expect(jobs.at(-1)).toMatchObject({ status: 'ACTIVE', importMode: 'FULL' });
  await importUntil(until);
  expect(await importJobs()).toEqual(jobs);
});

test('once trained it recommends through the edge, names its answer, and hears of the click on it', async () => {
  await dev.release('Personalize', withCampaign);
  const campaignArn = await dev.resource('Personalize', 'AWS::Personalize::Campaign', 'Training');
  expect((await personalize.send(new DescribeCampaignCommand({ campaignArn }))).campaign).toMatchObject({ status: 'ACTIVE', minProvisionedTPS: 1 });

  const me = v4();
  const answer = await eventually(async () => {
    const now = await recommended({ anonymousId: me });
    return now.source === 'personalized' && now;
  }, 120);
  expect(answer.recommendationId).toMatch(/^RID-/);
  expect(answer.items).toHaveLength(6);
  expect((await recommended({})).source).toBe('popular');

  const followed = click(me, ids(answer)[0] ?? '', { type: 'RecommendationClicked', recommendationId: answer.recommendationId });
  await record([followed]);
  const receipts = await dev.output('Personalize', 'ReceiptsTableName');
  await eventually(async () => (await new DynamoDBClient(dev.settings).send(new GetItemCommand({ TableName: receipts, Key: { eventId: { S: followed.eventId } } }))).Item?.['requestId']?.S, 120);
  // What was looked at is not recommended again.
  expect(ids(await recommended({ anonymousId: me }))).not.toContain(followed.productId);
});

test('beside a product it recommends more of its kind', async () => {
  const { products: all } = await shop.call('listProducts', { query: { limit: '50' } });
  const counts = new Map<string, number>();
  for (const { category } of all) counts.set(category, (counts.get(category) ?? 0) + 1);
  const beside = all.find(({ category, productId }) => (counts.get(category) ?? 0) > 2 && products.includes(productId));
  const answer = await eventually(async () => {
    const now = await recommended({ anonymousId: v4(), productId: beside?.productId ?? '', limit: '1' });
    return now.source === 'personalized' && now;
  }, 120);
  expect(answer.items[0]?.product.category).toBe(beside?.category);
});

test('what is sold out is left out at once', async () => {
  const me = v4();
  const [best = ''] = ids(await recommended({ anonymousId: me }));
  const before = await setStock(best, 0);
  const answer = await recommended({ anonymousId: me });
  expect(answer.source).toBe('personalized');
  expect(ids(answer)).not.toContain(best);
  await setStock(best, before);
  expect(ids(await recommended({ anonymousId: me }))).toContain(best);
});

test('when it throttles or does not answer, the next rung does, and afterwards it again', async () => {
  const me = v4();
  expect((await recommended({ anonymousId: me })).source).toBe('personalized');
  await dev.throttlePersonalize('GetRecommendations');
  expect((await recommended({ anonymousId: me })).source).toBe('popular');
  await dev.throttlePersonalize();
  expect((await recommended({ anonymousId: me })).source).toBe('personalized');

  const pid = dev.processOf('personalize') ?? 0;
  process.kill(pid, 'SIGSTOP');
  try {
    expect((await recommended({ anonymousId: me })).source).toBe('popular');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await eventually(async () => (await recommended({ anonymousId: me })).source === 'personalized', 60);
});
