import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { callerOf } from '../aws/caller';
import { messageOf, ServiceError } from '../aws/errors';
import { jsonServices } from '../aws/json-service';
import { listen, type Listening } from '../sandbox/listen';
import { openStore } from '../sandbox/store';
import { Recommender, type Interaction } from './recommender';
import { Resources } from './resources';

/** https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_PutEvents.html and its Event. */
const PutEvents = z.strictObject({
  trackingId: z.string().min(1).max(256),
  userId: z.string().min(1).max(256).optional(),
  sessionId: z.string().min(1).max(256),
  eventList: z.array(z.strictObject({ eventId: z.string().min(1).max(256).optional(), eventType: z.string().min(1).max(256), itemId: z.string().min(1).max(256).optional(), properties: z.string().min(1).max(1_024).optional(), sentAt: z.number() })).min(1).max(10),
});

/** Serves Personalize's dataset groups and event trackers, and takes events; the rest is refused by name. Port 0 chooses a free one. */
export async function startPersonalize({ port, stateDir }: { readonly port: number; readonly stateDir: string }): Promise<Listening & { recommenderOf(datasetGroupArn: string): Recommender }> {
  const store = await openStore(stateDir);
  const resources = new Resources(store);
  const kept = store.collection<Interaction & { readonly group: string }>('interactions');
  const recommenders = new Map<string, Recommender>();
  const recommenderOf = (group: string): Recommender => {
    const recommender = recommenders.get(group) ?? new Recommender();
    recommenders.set(group, recommender);
    return recommender;
  };
  for (const { group, ...interaction } of kept.values()) recommenderOf(group).add(interaction);

  const app = jsonServices([{ targetPrefix: 'AmazonPersonalize', name: 'Personalize', validationError: 'InvalidInputException', operations: resources.operations }], (target, error) => console.error(`${target}:`, error));
  app.get('/_local/health', (context) => context.json({ status: 'ok' }));
  app.post('/events', async (context) => {
    const caller = callerOf(context.req.raw.headers);
    const parsed = PutEvents.safeParse(await context.req.json());
    if (!parsed.success) throw new ServiceError('InvalidInputException', z.prettifyError(parsed.error));
    const { trackingId, sessionId, userId = sessionId, eventList } = parsed.data;
    const { datasetGroupArn: group, accountId } = resources.tracker(trackingId);
    if (accountId !== caller.account) throw new ServiceError('ResourceNotFoundException', `There is no event tracker with the tracking id ${trackingId}.`, 404);
    for (const { eventId, eventType, itemId, sentAt } of eventList) {
      if (itemId === undefined) continue;
      const interaction = { eventId, userId, itemId, eventType, at: sentAt * 1_000 };
      recommenderOf(group).add(interaction);
      kept.put(`${group} ${eventId ?? randomUUID()}`, { group, ...interaction });
    }
    await store.commit();
    return context.body(null, 200);
  });
  app.notFound((context) => context.json({ message: `Personalize does not answer ${context.req.method} ${context.req.path} on this machine.` }, 400, { 'x-amzn-errortype': 'UnknownOperationException' }));
  app.onError((error) => {
    const { name, message, status } = error instanceof ServiceError ? error : new ServiceError('InternalFailure', messageOf(error), 500);
    return Response.json({ message }, { status, headers: { 'x-amzn-errortype': name } });
  });
  const server = await listen(async (request) => app.fetch(request), port);
  return {
    port: server.port,
    recommenderOf,
    close: async () => {
      await server.close();
      await store.close();
    },
  };
}
