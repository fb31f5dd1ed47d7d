import type { GetRecommendationsCommandInput } from '@aws-sdk/client-personalize-runtime';
import type { PutEventsCommandInput } from '@aws-sdk/client-personalize-events';
import { CategoryName } from '../../../contracts/product';
import { Campaign } from '../../../lambdas/personalize/campaign';
import { EventTrackers } from '../../../lambdas/personalize/event-tracker';
import type { ProductClick } from '../../../lambdas/personalize/learning';
import { clickAt } from '../clickstream/clicks';

/** A client that tells `asked` of what it is asked, and answers with this. */
const client = (asked: unknown[], answer: object): { send: never } => ({
  send: (async ({ input }: { readonly input: unknown }) => {
    asked.push(input);
    return { $metadata: { requestId: 'r' }, ...answer };
  }) as never,
});

const at = new Date('2026-11-26T12:00:00.000Z');
const click = (more: object = {}): ProductClick => ({ ...clickAt(at, { synthetic: false, productId: 'pan' }), receiveTime: at.toISOString(), ...more }) as unknown as ProductClick;

describe('events', () => {
  const put = async (clicks: readonly [ProductClick, ...ProductClick[]]) => {
    const asked: PutEventsCommandInput[] = [];
    const receipt = await new EventTrackers({ client: client(asked, {}), trackingIds: { real: 'R', synthetic: 'S' } }).put(clicks);
    return { receipt, ...asked[0] };
  };

  test('are a browser’s before somebody has signed in, and then the customer’s in the same session', async () => {
    const [before, after] = [click(), click({ userId: 'customer' })];
    expect(await put([before])).toMatchObject({ userId: undefined, sessionId: before.anonymousId, trackingId: 'R' });
    expect(await put([after])).toMatchObject({ userId: 'customer', sessionId: before.anonymousId });
  });

  test('of the gate go where nobody is recommended anything by them', async () => {
    expect(await put([click({ synthetic: true })])).toMatchObject({ trackingId: 'S', receipt: { datasetGroup: 'synthetic' } });
  });

  test('name the answer of the campaign that they came of, and none that Personalize does not know or would refuse', async () => {
    const answers = ['RID-6f1c2b9e-1f0a-4a2b-9a51-1df3b1b2c8a2', '6f1c2b9e-1f0a-4a2b-9a51-1df3b1b2c8a2', `RID-${'a'.repeat(37)}`, undefined];
    const [first, ...more] = answers.map((recommendationId) => click({ type: 'RecommendationClicked', recommendationId }));
    const { eventList = [] } = await put([first ?? click(), ...more]);
    expect(eventList.map(({ recommendationId }) => recommendationId)).toEqual([answers[0], undefined, undefined, undefined]);
  });
});

describe('the campaign', () => {
  const arns = { campaignArn: 'campaign', filterArn: 'not-bought', categoryFilterArn: 'of-category' };
  const ask = async (category?: string) => {
    const asked: GetRecommendationsCommandInput[] = [];
    const runtime = client(asked, { itemList: [{ itemId: 'pan' }, {}, { itemId: 'no id of ours' }], recommendationId: 'RID-1' });
    const answer = await new Campaign({ client: runtime, ...arns }).recommend('me', { limit: 5, ...(category !== undefined && { category: CategoryName.parse(category) }) });
    return { answer, asked: asked[0] };
  };

  test('is asked for what the user has not bought, and answers with what can be a product', async () => {
    const { answer, asked } = await ask();
    expect(asked).toEqual({ campaignArn: 'campaign', userId: 'me', numResults: 5, filterArn: 'not-bought' });
    expect(answer).toEqual({ recommendationId: 'RID-1', productIds: ['pan'] });
  });

  test('is asked for a category by its name in quotes, unless that has some itself', async () => {
    expect((await ask('Coffee & tea')).asked).toMatchObject({ filterArn: 'of-category', filterValues: { CATEGORY: '"Coffee & tea"' } });
    expect((await ask('12" records')).asked).toEqual({ campaignArn: 'campaign', userId: 'me', numResults: 5, filterArn: 'not-bought' });
  });
});
