import { CreateCampaignCommand, CreateFilterCommand, CreateSolutionCommand, CreateSolutionVersionCommand, DeleteCampaignCommand, DeleteFilterCommand, DeleteSolutionCommand, DescribeCampaignCommand, DescribeFilterCommand, DescribeSolutionCommand, DescribeSolutionVersionCommand, ListCampaignsCommand, ListFiltersCommand, ListSolutionsCommand, ListSolutionVersionsCommand, UpdateCampaignCommand } from '@aws-sdk/client-personalize';
import { PutEventsCommand, PutItemsCommand, PutUsersCommand } from '@aws-sdk/client-personalize-events';
import { GetPersonalizedRankingCommand, GetRecommendationsCommand } from '@aws-sdk/client-personalize-runtime';
import { startPersonalize } from '../../../local/personalize/server';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { clients, makeShop, views, type Shop } from './shop';

const recipeArn = 'arn:aws:personalize:::recipe/aws-user-personalization-v2';

const stateDir = temporaryFolder('personalize-campaigns');
let server: Awaited<ReturnType<typeof startPersonalize>>;
let aws: ReturnType<typeof clients>;
const start = async () => {
  server = await startPersonalize({ port: 0, stateDir, endpoint: 'http://127.0.0.1:9' });
  aws = clients(server.port);
};
beforeAll(start);
afterAll(() => server.close());

const makeSolution = async ({ datasetGroupArn }: Shop, name: string, more: object = {}): Promise<string> => {
  const { solutionArn = '' } = await aws.personalize.send(new CreateSolutionCommand({ name, datasetGroupArn, recipeArn, ...more }));
  await eventually(async () => (await aws.personalize.send(new DescribeSolutionCommand({ solutionArn }))).solution?.status === 'ACTIVE');
  return solutionArn;
};
const train = async (solutionArn: string) => {
  const { solutionVersionArn } = await aws.personalize.send(new CreateSolutionVersionCommand({ solutionArn }));
  return eventually(async () => {
    const { solutionVersion } = await aws.personalize.send(new DescribeSolutionVersionCommand({ solutionVersionArn }));
    return solutionVersion?.status !== 'CREATE PENDING' && solutionVersion;
  });
};
const follow = (solutionArn: string) => ({ solutionVersionArn: `${solutionArn}/$LATEST`, campaignConfig: { syncWithLatestSolutionVersion: true } });

test('a solution trains on a thousand interactions of 25 users with two each, counted after its event type, and on no fewer', async () => {
  const shop = await makeShop(aws.personalize, 'few');
  const [all, purchases] = [await makeSolution(shop, 'few-all'), await makeSolution(shop, 'few-purchases', { eventType: 'Purchase' })];
  expect(await train(all)).toMatchObject({ status: 'CREATE FAILED', failureReason: 'Dataset has fewer than 1000 interactions' });
  await expect(aws.personalize.send(new CreateCampaignCommand({ name: 'few', ...follow(all) }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });

  await views(aws.events, shop.trackingId, { users: 20, each: 50 });
  expect(await train(all)).toMatchObject({ status: 'CREATE FAILED', failureReason: 'Dataset has fewer than 25 users with at least 2 interactions' });
  await views(aws.events, shop.trackingId, { users: 25, each: 2, eventType: 'Purchase' });
  expect(await train(all)).toMatchObject({ status: 'ACTIVE', trainingType: 'MANUAL' });
  expect(await train(purchases)).toMatchObject({ status: 'CREATE FAILED', failureReason: 'Dataset has fewer than 1000 interactions after filtering by event type: Purchase' });

  const { solution } = await aws.personalize.send(new DescribeSolutionCommand({ solutionArn: all }));
  expect(solution).toMatchObject({ performAutoTraining: true, solutionConfig: { autoTrainingConfig: { schedulingExpression: 'rate(7 days)' } }, latestSolutionVersion: { status: 'ACTIVE' } });
  expect((await aws.personalize.send(new ListSolutionsCommand({ datasetGroupArn: shop.datasetGroupArn }))).solutions).toHaveLength(2);
  expect((await aws.personalize.send(new ListSolutionVersionsCommand({ solutionArn: all, maxResults: 2 }))).nextToken).toBeDefined();
});

test('a campaign recommends by what was learnt, with the next event already, and honours its filter', async () => {
  const shop = await makeShop(aws.personalize, 'many');
  await views(aws.events, shop.trackingId, { users: 40, each: 26 });
  const solutionArn = await makeSolution(shop, 'many');
  await train(solutionArn);
  await expect(aws.personalize.send(new CreateCampaignCommand({ name: 'many', solutionVersionArn: solutionArn, campaignConfig: { syncWithLatestSolutionVersion: true } }))).rejects.toMatchObject({ name: 'InvalidInputException' });
  const { campaignArn = '' } = await aws.personalize.send(new CreateCampaignCommand({ name: 'many', ...follow(solutionArn) }));
  await eventually(async () => (await aws.personalize.send(new DescribeCampaignCommand({ campaignArn }))).campaign?.status === 'ACTIVE');
  const again = await train(solutionArn);
  expect((await aws.personalize.send(new DescribeCampaignCommand({ campaignArn }))).campaign).toMatchObject({ solutionVersionArn: again.solutionVersionArn, minProvisionedTPS: 1 });

  const put = (eventType: string, itemId: string) => aws.events.send(new PutEventsCommand({ trackingId: shop.trackingId, userId: 'me', sessionId: 's', eventList: [{ eventType, itemId, sentAt: new Date(), recommendationId: 'RID-1' }] }));
  const makeFilter = async (name: string, filterExpression: string) => (await aws.personalize.send(new CreateFilterCommand({ name, datasetGroupArn: shop.datasetGroupArn, filterExpression }))).filterArn ?? '';
  const bought = await makeFilter('bought', 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("Purchase")');
  const category = await makeFilter('category', 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("Purchase") | INCLUDE ItemID WHERE Items.CATEGORY IN ($CATEGORY)');
  await expect(makeFilter('unknown', 'INCLUDE ItemID WHERE Items.COLOUR IN ("red")')).rejects.toMatchObject({ name: 'InvalidInputException' });
  expect((await aws.personalize.send(new DescribeFilterCommand({ filterArn: bought }))).filter?.filterExpression).toContain('Purchase');
  expect((await aws.personalize.send(new ListFiltersCommand({ datasetGroupArn: shop.datasetGroupArn }))).Filters?.map(({ name }) => name)).toEqual(['bought', 'category']);

  const recommend = async (more: object = {}) => {
    const { itemList = [], recommendationId } = await aws.runtime.send(new GetRecommendationsCommand({ campaignArn, userId: 'me', ...more }));
    expect(recommendationId).toMatch(/^RID-.{36}$/);
    return itemList.map(({ itemId = '' }) => itemId);
  };
  expect(await recommend({ numResults: 7 })).toHaveLength(7);
  await put('View', 'item-3');
  await put('Purchase', 'item-4');
  expect(await recommend({ numResults: 30 })).toContain('item-4');
  expect(await recommend({ filterArn: bought, numResults: 30 })).not.toContain('item-4');

  const items = ['item-4', 'item-5', 'item-6'].map((itemId) => ({ itemId, properties: JSON.stringify({ category: itemId === 'item-6' ? 'Kitchen' : 'Coffee & tea', creationTimestamp: 1 }) }));
  await aws.events.send(new PutItemsCommand({ datasetArn: shop.datasets.Items, items }));
  expect(await recommend({ filterArn: category, filterValues: { CATEGORY: '"Coffee & tea"' } })).toEqual(['item-5']);
  expect((await recommend({ filterArn: category, filterValues: { CATEGORY: '"Coffee & tea","Kitchen"' } })).toSorted()).toEqual(['item-5', 'item-6']);
  await expect(recommend({ filterArn: category })).rejects.toMatchObject({ name: 'InvalidInputException', message: expect.stringContaining('CATEGORY') });
  await expect(recommend({ filterArn: category, filterValues: { CATEGORY: 'Kitchen' } })).rejects.toMatchObject({ name: 'InvalidInputException' });

  await server.close();
  await start();
  expect(await recommend({ filterArn: category, filterValues: { CATEGORY: '"Kitchen"' } })).toEqual(['item-6']);

  await aws.personalize.send(new UpdateCampaignCommand({ campaignArn, minProvisionedTPS: 2 }));
  expect((await aws.personalize.send(new ListCampaignsCommand({ solutionArn }))).campaigns).toMatchObject([{ campaignArn, status: 'ACTIVE' }]);
  await expect(aws.personalize.send(new DeleteSolutionCommand({ solutionArn }))).rejects.toMatchObject({ name: 'ResourceInUseException' });
  await aws.personalize.send(new DeleteCampaignCommand({ campaignArn }));
  await aws.personalize.send(new DeleteSolutionCommand({ solutionArn }));
  await aws.personalize.send(new DeleteFilterCommand({ filterArn: bought }));
  await expect(recommend()).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
});

test('what a session did before somebody signed in is nobody’s to train on, and theirs once they have', async () => {
  const shop = await makeShop(aws.personalize, 'sessions');
  const solutionArn = await makeSolution(shop, 'sessions');
  const put = (sessionId: string, userId: string | undefined, count: number) =>
    aws.events.send(new PutEventsCommand({ trackingId: shop.trackingId, sessionId, userId, eventList: Array.from({ length: count }, (_, index) => ({ eventType: 'View', itemId: `item-${index}`, sentAt: new Date() })) }));
  for (let session = 0; session < 100; session += 1) await put(`session-${session}`, undefined, 10);
  expect(await train(solutionArn)).toMatchObject({ status: 'CREATE FAILED', failureReason: 'Dataset has fewer than 1000 interactions' });
  for (let session = 0; session < 100; session += 1) await put(`session-${session}`, `user-${session}`, 1);
  expect(await train(solutionArn)).toMatchObject({ status: 'ACTIVE' });
});

test('items and users are taken as their schema has them, ten at once, and nothing of what is wrong', async () => {
  const { datasets } = await makeShop(aws.personalize, 'described');
  const putItems = (...items: { itemId: string; properties?: string }[]) => aws.events.send(new PutItemsCommand({ datasetArn: datasets.Items, items }));
  await putItems({ itemId: 'a', properties: '{"category":"C"}' });
  await expect(putItems({ itemId: 'a', properties: '{"category":"C","colour":"red"}' })).rejects.toMatchObject({ name: 'InvalidInputException', message: expect.stringContaining('colour') });
  await expect(putItems({ itemId: 'a', properties: '{}' })).rejects.toMatchObject({ name: 'InvalidInputException', message: expect.stringContaining('category') });
  await expect(putItems(...Array.from({ length: 11 }, (_, index) => ({ itemId: `${index}`, properties: '{"category":"C"}' })))).rejects.toMatchObject({ name: 'InvalidInputException' });
  await aws.events.send(new PutUsersCommand({ datasetArn: datasets.Users, users: [{ userId: 'me', properties: '{"language":"en"}' }, { userId: 'you' }] }));
  await expect(aws.events.send(new PutUsersCommand({ datasetArn: datasets.Items, users: [{ userId: 'me' }] }))).rejects.toMatchObject({ name: 'InvalidInputException' });
  await expect(aws.events.send(new PutItemsCommand({ datasetArn: `${datasets.Items}S`, items: [{ itemId: 'a' }] }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('what is told to be asked too often is refused as the service does, for as long as it is told', async () => {
  const { trackingId } = await makeShop(aws.personalize, 'throttled');
  const throttle = (rules: object) => fetch(`http://127.0.0.1:${server.port}/_local/throttled`, { method: 'PUT', body: JSON.stringify(rules) });
  const put = () => aws.events.send(new PutEventsCommand({ trackingId, sessionId: 's', eventList: [{ eventType: 'View', itemId: 'a', sentAt: new Date() }] }));
  await throttle({ PutEvents: { times: 1 } });
  await expect(put()).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } });
  await put();
  await throttle({ PutEvents: {} });
  await expect(put()).rejects.toMatchObject({ name: 'ThrottlingException' });
  await throttle({});
  await put();
});

test('a recipe or an operation that is not answered here is refused by name', async () => {
  const { datasetGroupArn } = await makeShop(aws.personalize, 'other');
  await expect(aws.personalize.send(new CreateSolutionCommand({ name: 'sims', datasetGroupArn, recipeArn: 'arn:aws:personalize:::recipe/aws-sims' }))).rejects.toMatchObject({ name: 'InvalidInputException' });
  await expect(aws.runtime.send(new GetPersonalizedRankingCommand({ campaignArn: 'arn:aws:personalize:us-east-1:222222222222:campaign/a', userId: 'me', inputList: ['a'] }))).rejects.toThrow('/personalize-ranking');
});
