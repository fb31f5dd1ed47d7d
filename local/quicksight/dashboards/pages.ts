import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import * as z from 'zod';
import { isLoopback } from '../../host/loopback';
import { NotDrawn } from '../definition/fields';
import { SourceError } from '../sources/sourceError';
import { NotThere } from './finding';
import type { Problem } from './model';
import type { Viewing } from './viewing';

const Granularity = z.enum(['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR', 'MINUTE', 'SECOND', 'MILLISECOND']);
const Chosen = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('values'), values: z.array(z.string()).max(10_000) }),
  z.strictObject({ kind: z.literal('range'), from: z.iso.datetime().optional(), to: z.iso.datetime().optional() }),
  z.strictObject({ kind: z.literal('relative'), type: z.enum(['PREVIOUS', 'THIS', 'LAST', 'NOW', 'NEXT']), granularity: Granularity, amount: z.int().min(1).max(1_000).optional() }),
]);
const Choices = z.record(z.string(), Chosen);

const self = ["'self'"];
const none = ["'none'"];

/** The dashboards as pages: the page itself at `/`, and what it shows under `/_dashboards`. Only this machine may look. */
export function addDashboards(app: Hono, pagesDir: string, viewing: Viewing): void {
  const place = (context: Context) => ({ account: context.req.param('account') ?? '', region: context.req.param('region') ?? '' });
  const id = (context: Context): string => context.req.param('id') ?? '';
  const DASHBOARD = '/_dashboards/:account/:region/:id';

  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: none, scriptSrc: self, styleSrc: self, imgSrc: self, connectSrc: self, frameAncestors: none, baseUri: none, formAction: none, objectSrc: none },
      // The loopback speaks no TLS.
      strictTransportSecurity: false,
    }),
  );
  app.use('/_dashboards/*', async (context, next) => {
    if (!isLoopback(context.req.header('host') ?? '')) return problem(context, 403, 'The dashboards answer on the loopback only.');
    context.header('cache-control', 'no-store');
    return next();
  });
  app.get('/_dashboards', (context) => context.json(viewing.list()));
  app.get(DASHBOARD, (context) => told(context, () => viewing.dashboard(place(context), id(context))));
  app.get(`${DASHBOARD}/filters/:filter/values`, (context) => told(context, () => viewing.values(place(context), id(context), context.req.param('filter'))));
  app.post(`${DASHBOARD}/visuals/:visual`, async (context) => {
    const choices = Choices.safeParse(await context.req.json().catch(() => undefined));
    if (!choices.success) return problem(context, 400, z.prettifyError(choices.error));
    return told(context, () => viewing.data(place(context), id(context), context.req.param('visual'), choices.data, new Date()));
  });
  app.use(serveStatic({ root: pagesDir }));
}

async function told(context: Context, work: () => object | Promise<object>): Promise<Response> {
  try {
    return context.json(await work());
  } catch (error) {
    if (error instanceof NotThere) return problem(context, 404, error.message);
    if (error instanceof NotDrawn) return problem(context, 422, error.message);
    if (error instanceof SourceError) return problem(context, 502, error.message);
    console.error(error);
    return problem(context, 500, error instanceof Error ? error.message : String(error));
  }
}

const problem = (context: Context, status: 400 | 403 | 404 | 422 | 500 | 502, detail: string): Response => context.json({ detail } satisfies Problem, status);
