import * as z from 'zod';
import type { Dataset, Kept } from './kept';
import type { Knowledge } from './knowledge';
import { found, isOf, requireActive, wrong } from './resource';
import { trackerOf } from './resources';
import { columnsOf, parseSchema } from './schemas';

const id = z.string().min(1).max(256);

/** https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_PutEvents.html and its Event. */
const PutEvents = z.strictObject({
  trackingId: id,
  userId: id.optional(),
  sessionId: id,
  eventList: z
    .array(z.strictObject({ eventId: id.optional(), eventType: id, itemId: id.optional(), properties: z.string().min(1).max(1_024).optional(), recommendationId: z.string().min(1).max(40).optional(), sentAt: z.number() }))
    .min(1)
    .max(10),
});
/** https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_PutItems.html */
const PutItems = z.strictObject({ datasetArn: z.string(), items: z.array(z.strictObject({ itemId: id, properties: z.string().min(1).max(32_000).optional() })).min(1).max(10) });
/** https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_PutUsers.html */
const PutUsers = z.strictObject({ datasetArn: z.string(), users: z.array(z.strictObject({ userId: id, properties: z.string().min(1).max(24_000).optional() })).min(1).max(10) });

/** What comes in one by one: events, items and users. Each throws ServiceError as the service does, and then takes nothing. */
export class Ingesting {
  constructor(
    private readonly kept: Kept,
    private readonly knowledge: Knowledge,
  ) {}

  async putEvents(account: string, body: unknown): Promise<void> {
    const { trackingId, sessionId, userId, eventList } = parsed(PutEvents, body);
    const { datasetGroupArn: group } = trackerOf(this.kept, trackingId, account);
    const who = userId === undefined ? { userId: sessionId, anonymous: true } : { userId };
    if (userId !== undefined) this.knowledge.join(group, sessionId, userId);
    for (const { eventId, eventType, itemId, sentAt } of eventList) if (itemId !== undefined) this.knowledge.learn({ group, eventId, ...who, itemId, eventType, at: sentAt * 1_000 });
    await this.kept.commit();
  }

  async putItems(account: string, body: unknown): Promise<void> {
    const { datasetArn, items } = parsed(PutItems, body);
    const { group, columns } = this.#dataset(account, datasetArn, 'ITEMS');
    const described = items.map(({ itemId, properties }) => ({ group, id: itemId, columns: columns(properties) }));
    for (const item of described) this.knowledge.putItem(item);
    await this.kept.commit();
  }

  async putUsers(account: string, body: unknown): Promise<void> {
    const { datasetArn, users } = parsed(PutUsers, body);
    const { group, columns } = this.#dataset(account, datasetArn, 'USERS');
    const described = users.map(({ userId, properties }) => ({ group, id: userId, columns: columns(properties) }));
    for (const user of described) this.knowledge.putUser(user);
    await this.kept.commit();
  }

  #dataset(account: string, datasetArn: string, type: Dataset['datasetType']) {
    const dataset = found(isOf({ account }, datasetArn) ? this.kept.datasets.get(datasetArn) : undefined, datasetArn, 404);
    if (dataset.datasetType !== type) throw wrong(`${datasetArn} is no dataset of ${type.toLowerCase()}.`);
    requireActive(datasetArn, dataset);
    const schema = parseSchema(found(this.kept.schemas.get(dataset.schemaArn), dataset.schemaArn).schema);
    return { group: dataset.datasetGroupArn, columns: (properties: string | undefined) => columnsOf(schema, properties) };
  }
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) throw wrong(z.prettifyError(result.error));
  return result.data;
}
