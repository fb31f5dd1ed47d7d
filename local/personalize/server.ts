import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { callerOf } from '../aws/caller';
import { messageOf, ServiceError } from '../aws/errors';
import { jsonServices } from '../aws/json-service';
import { Roles } from '../aws/roles';
import { listen, type Listening } from '../sandbox/listen';
import { openStore } from '../sandbox/store';
import { campaignOperations } from './campaigns';
import { filterOperations } from './filters';
import { Imports } from './imports';
import { Ingesting } from './ingesting';
import { keptIn } from './kept';
import { Knowledge } from './knowledge';
import type { Recommender } from './recommender';
import { resourceOperations } from './resources';
import { getRecommendations } from './runtime';
import { solutionOperations, trainDue } from './solutions';
import { Throttling } from './throttling';

export interface PersonalizeOptions {
  /** 0 chooses a free one. */
  readonly port: number;
  readonly stateDir: string;
  /** Where AWS calls go, those for S3 with the role of an import job. */
  readonly endpoint: string;
}

const BETWEEN_TRAININGS_MS = 60_000;

/** Serves the three APIs of Personalize; what is not answered here is refused by name. */
export async function startPersonalize({ port, stateDir, endpoint }: PersonalizeOptions): Promise<Listening & { recommenderOf(datasetGroupArn: string): Recommender }> {
  const store = await openStore(stateDir);
  const kept = keptIn(store);
  const knowledge = new Knowledge(kept);
  const ingesting = new Ingesting(kept, knowledge);
  const imports = new Imports(kept, knowledge, new Roles(endpoint));
  const throttling = new Throttling();
  const operations = { ...resourceOperations(kept), ...filterOperations(kept), ...solutionOperations(kept, knowledge), ...campaignOperations(kept), ...imports.operations };

  const app = jsonServices([{ targetPrefix: 'AmazonPersonalize', name: 'Personalize', validationError: 'InvalidInputException', operations }], (target, error) => console.error(`${target}:`, error));
  app.get('/_local/health', (context) => context.json({ status: 'ok' }));
  app.put('/_local/throttled', async (context) => context.json({ throttled: throttling.replace(await context.req.json()) }));
  const serve = (path: string, operation: string, work: (account: string, body: unknown) => object | void | Promise<object | void>): Hono =>
    app.post(path, async (context) => {
      throttling.judge(operation);
      return answer(context, await work(callerOf(context.req.raw.headers).account, await bodyOf(context)));
    });
  serve('/events', 'PutEvents', (account, body) => ingesting.putEvents(account, body));
  serve('/items', 'PutItems', (account, body) => ingesting.putItems(account, body));
  serve('/users', 'PutUsers', (account, body) => ingesting.putUsers(account, body));
  serve('/recommendations', 'GetRecommendations', (account, body) => getRecommendations(kept, knowledge, account, body));
  app.notFound((context) => context.json({ message: `Personalize does not answer ${context.req.method} ${context.req.path} on this machine.` }, 400, { 'x-amzn-errortype': 'UnknownOperationException' }));
  app.onError((error) => {
    if (!(error instanceof ServiceError)) console.error(error);
    const { name, message, status } = error instanceof ServiceError ? error : new ServiceError('InternalFailure', messageOf(error), 500);
    return Response.json({ message }, { status, headers: { 'x-amzn-errortype': name } });
  });

  imports.resume();
  const training = setInterval(() => void trainDue(kept, knowledge).catch((error: unknown) => console.error(error)), BETWEEN_TRAININGS_MS);
  const server = await listen(async (request) => app.fetch(request), port);
  return {
    port: server.port,
    recommenderOf: (group) => knowledge.of(group),
    close: async () => {
      clearInterval(training);
      await server.close();
      await store.close();
    },
  };
}

const answer = (context: Context, body: object | void): Response => {
  const headers = { 'x-amzn-requestid': randomUUID() };
  return body ? context.json(body, 200, headers) : context.body(null, 200, headers);
};

async function bodyOf(context: Context): Promise<unknown> {
  const parsed = z.unknown().safeParse(await context.req.json().catch(() => undefined));
  if (!parsed.success || parsed.data === undefined) throw new ServiceError('SerializationException', 'The request body is not JSON.');
  return parsed.data;
}
