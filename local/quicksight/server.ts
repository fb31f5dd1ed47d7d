import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Hono, type Context } from 'hono';
import type * as z from 'zod';
import { callerOf } from '../aws/caller';
import { messageOf, ServiceError } from '../aws/errors';
import { inWords } from '../aws/json-service';
import { Roles } from '../aws/roles';
import { listen, type Listening } from '../sandbox/listen';
import { openStore } from '../sandbox/store';
import { analysisRoutes } from './api/analyses';
import { dashboardRoutes } from './api/dashboards';
import { dataSetRoutes } from './api/dataSets';
import { dataSourceRoutes } from './api/dataSources';
import { Ingestions } from './api/ingestions';
import { invalid, ResourceError, Resources } from './api/resources';
import type { Routes } from './api/routes';
import { refreshDue, scheduleRoutes } from './api/schedules';
import { tagged, tagRoutes } from './api/tags';
import { vpcConnectionRoutes } from './api/vpcConnections';
import { addDashboards } from './dashboards/pages';
import { Viewing } from './dashboards/viewing';
import { keptIn } from './kept';
import { Tables } from './queries/tables';
import { Sources } from './sources/reading';

export interface QuickSightOptions {
  /** 0 chooses a free one. */
  readonly port: number;
  readonly stateDir: string;
  /** Where AWS calls go, those for data included. */
  readonly endpoint: string;
  /** The built pages of the dashboards. @default none are served */
  readonly pagesDir?: string;
}

const BETWEEN_LOOKS_MS = 15_000;

/** Serves the API of QuickSight, and its dashboards as pages. What is not answered here is refused by name. */
export async function startQuickSight({ port, stateDir, endpoint, pagesDir }: QuickSightOptions): Promise<Listening> {
  const store = await openStore(path.join(stateDir, 'kept'));
  const kept = keptIn(store);
  const tables = await Tables.open(path.join(stateDir, 'spice.duckdb'));
  const sources = new Sources(kept, new Roles(endpoint));
  const ingestions = new Ingestions({ kept, tables, sources });
  const commit = (): Promise<void> => kept.commit();
  const [dataSources, dataSets, analyses, dashboards, connections] = [
    new Resources('datasource', kept.dataSources, commit),
    new Resources('dataset', kept.dataSets, commit),
    new Resources('analysis', kept.analyses, commit),
    new Resources('dashboard', kept.dashboards, commit),
    new Resources('vpcConnection', kept.vpcConnections, commit),
  ];

  const app = new Hono();
  app.get('/_local/health', (context) => context.json({ status: 'ok' }));
  addRoutes(app, {
    ...dataSourceRoutes(dataSources, connections),
    ...dataSetRoutes(dataSets, kept, ingestions),
    ...scheduleRoutes(dataSets, kept),
    ...analysisRoutes(analyses, kept),
    ...dashboardRoutes(dashboards, kept),
    ...vpcConnectionRoutes(connections),
    ...tagRoutes([tagged(dataSources), tagged(dataSets), tagged(analyses), tagged(dashboards), tagged(connections)]),
    'GET /account/:account': () => ({ AccountInfo: { AccountName: 'local', Edition: 'ENTERPRISE', NotificationEmail: 'nobody@localhost', AuthenticationType: 'IAM_ONLY', AccountSubscriptionStatus: 'ACCOUNT_CREATED' } }),
  });
  if (pagesDir !== undefined) addDashboards(app, pagesDir, new Viewing({ kept, tables, sources, ingestions }));
  app.notFound((context) => refusal(new ServiceError('UnknownOperationException', `QuickSight does not answer ${context.req.method} ${context.req.path} on this machine.`)));
  app.onError((error) => {
    if (!(error instanceof ServiceError)) console.error(error);
    return refusal(error instanceof ServiceError ? error : new ServiceError('InternalFailureException', messageOf(error), 500));
  });

  ingestions.resume();
  const looking = setInterval(() => void refreshDue(kept, ingestions, new Date()).catch((error: unknown) => console.error(error)), BETWEEN_LOOKS_MS);
  const server = await listen(async (request) => app.fetch(request), port);
  return {
    port: server.port,
    close: async () => {
      clearInterval(looking);
      await server.close();
      await ingestions.stop();
      await tables.close();
      await store.close();
    },
  };
}

function addRoutes(app: Hono, routes: Routes): void {
  for (const [route, work] of Object.entries(routes)) {
    const [method = '', pattern = ''] = route.split(' ');
    app.on(method, pattern, async (context: Context) => {
      const place = callerOf(context.req.raw.headers);
      const param = (name: string): string => context.req.param(name) ?? '';
      if (context.req.param('account') !== undefined && param('account') !== place.account) throw new ServiceError('AccessDeniedException', `Account ${param('account')} is not the caller's.`, 403);
      const answer = await work({
        place, param,
        query: (name) => context.req.query(name),
        queries: (name) => context.req.queries(name) ?? [],
        body: (schema) => bodyOf(context, schema),
      });
      const RequestId = randomUUID();
      return context.json({ ...answer, RequestId }, 200, { 'x-amzn-requestid': RequestId });
    });
  }
}

function refusal(error: ServiceError): Response {
  const RequestId = randomUUID();
  const body = { Message: error.message, ...(error instanceof ResourceError && { ResourceType: error.resourceType }), RequestId };
  return Response.json(body, { status: error.status, headers: { 'x-amzn-errortype': error.name, 'x-amzn-requestid': RequestId } });
}

async function bodyOf<S extends z.ZodType>(context: Context, schema: S): Promise<z.infer<S>> {
  const parsed = schema.safeParse(await context.req.json().catch(() => ({})));
  if (!parsed.success) throw invalid(inWords(parsed.error));
  return parsed.data;
}
