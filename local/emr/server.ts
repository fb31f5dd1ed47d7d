import path from 'node:path';
import { Hono } from 'hono';
import type { Context } from 'hono';
import * as z from 'zod';
import { callerOf } from '../aws/caller';
import type { Caller } from '../aws/caller';
import { messageOf, ServiceError } from '../aws/errors';
import { inWords } from '../aws/json-service';
import { Roles } from '../aws/roles';
import { listen, type Listening } from '../sandbox/listen';
import { openStore } from '../sandbox/store';
import { Applications, shownApplication, applicationArn } from './applications';
import { installSpark } from './install';
import { JobRuns, shownRun } from './jobRuns';
import { keptIn } from './kept';
import { ApplicationChange, ApplicationSettings, JobSettings } from './requests';

export interface EmrOptions {
  /** 0 chooses a free one. */
  readonly port: number;
  readonly stateDir: string;
  readonly partsDir: string;
  /** Where AWS calls go, those of the jobs included. */
  readonly endpoint: string;
}

type Work = (caller: Caller, context: Context) => object | Promise<object | void>;

/** Serves the API of EMR Serverless; its jobs are run by Spark on this machine. What is not answered here is refused by name. */
export async function startEmr({ port, stateDir, partsDir, endpoint }: EmrOptions): Promise<Listening> {
  const store = await openStore(path.join(stateDir, 'kept'));
  const kept = keptIn(store);
  const applications = new Applications(kept);
  const runs = new JobRuns({ kept, applications, roles: new Roles(endpoint), endpoint, folder: path.join(stateDir, 'jobs'), spark: (onProgress) => installSpark({ partsDir, onProgress }) });

  const app = new Hono();
  const serve = (method: string, route: string, work: Work): Hono => app.on(method, route, async (context) => context.json((await work(callerOf(context.req.raw.headers), context)) ?? {}));
  const id = (context: Context): string => context.req.param('id') ?? '';
  const run = (context: Context): string => context.req.param('run') ?? '';

  app.get('/_local/health', (context) => context.json({ status: 'ok' }));
  serve('POST', '/applications', async (caller, context) => {
    const { clientToken: _, ...settings } = await bodyOf(context, z.strictObject({ ...ApplicationSettings.shape, clientToken: z.string().optional() }));
    const { applicationId, name } = await applications.create(caller, settings);
    return { applicationId, name, arn: applicationArn(caller, applicationId) };
  });
  serve('GET', '/applications', (caller) => ({ applications: applications.list(caller).map((one) => ({ ...shownApplication(one), id: one.applicationId })) }));
  serve('GET', '/applications/:id', (caller, context) => ({ application: shownApplication(applications.of(caller, id(context))) }));
  serve('PATCH', '/applications/:id', async (caller, context) => {
    const { clientToken: _, ...change } = await bodyOf(context, z.strictObject({ ...ApplicationChange.shape, clientToken: z.string().optional() }));
    return { application: shownApplication(await applications.update(caller, id(context), change)) };
  });
  serve('POST', '/applications/:id/start', async (caller, context) => void (await applications.become(caller, id(context), 'STARTED')));
  serve('POST', '/applications/:id/stop', async (caller, context) => void (await applications.become(caller, id(context), 'STOPPED')));
  serve('DELETE', '/applications/:id', async (caller, context) => void (await applications.become(caller, id(context), 'TERMINATED')));
  serve('POST', '/applications/:id/jobruns', async (caller, context) => {
    const { applicationId, jobRunId } = await runs.start(caller, id(context), await bodyOf(context, JobSettings));
    return { applicationId, jobRunId, arn: `${applicationArn(caller, applicationId)}/jobruns/${jobRunId}` };
  });
  serve('GET', '/applications/:id/jobruns', (caller, context) => {
    const { releaseLabel } = applications.of(caller, id(context));
    return { jobRuns: runs.list(caller, id(context)).map((one) => ({ ...shownRun(one, releaseLabel), id: one.jobRunId })) };
  });
  serve('GET', '/applications/:id/jobruns/:run', (caller, context) => ({ jobRun: shownRun(runs.of(caller, id(context), run(context)), applications.of(caller, id(context)).releaseLabel) }));
  serve('DELETE', '/applications/:id/jobruns/:run', async (caller, context) => {
    await runs.cancel(caller, id(context), run(context));
    return { applicationId: id(context), jobRunId: run(context) };
  });
  app.notFound((context) => refusal(new ServiceError('UnknownOperationException', `EMR Serverless does not answer ${context.req.method} ${context.req.path} on this machine.`)));
  app.onError((error) => {
    if (!(error instanceof ServiceError)) console.error(error);
    return refusal(error instanceof ServiceError ? error : new ServiceError('InternalServerException', messageOf(error), 500));
  });

  const server = await listen(async (request) => app.fetch(request), port);
  return {
    port: server.port,
    close: async () => {
      await runs.stop();
      await server.close();
      await store.close();
    },
  };
}

const refusal = ({ name, message, status }: ServiceError): Response => Response.json({ message }, { status, headers: { 'x-amzn-errortype': name } });

async function bodyOf<S extends z.ZodType>(context: Context, schema: S): Promise<z.infer<S>> {
  const parsed = schema.safeParse(await context.req.json().catch(() => undefined));
  if (!parsed.success) throw new ServiceError('ValidationException', inWords(parsed.error));
  return parsed.data;
}
