import { randomBytes } from 'node:crypto';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { readAction } from './action';
import * as acts from './acts';
import { attemptLogStream, readAttemptLog } from './attemptLog';
import { authorsReader } from './authors';
import type { AwsClients } from './awsClients';
import { buildLogStream, readBuildLog } from './buildLog';
import { readChanges } from './changeSet';
import { logFile } from './logFile';
import { logNews } from './logNews';
import { environmentsReader } from './environments';
import { readExecution } from './execution';
import { News, newsStream } from './news';
import { onlyOwnPage } from './ownPage';
import { listExecutions, listPipelines } from './pipelines';
import { problemResponse, Refusal } from './problems';
import { releaseReader } from './release/release';
import { readRollbackTargets } from './rollback';
import { listSources } from './sources';
import { readStackEvents } from './stackEvents';
import { readPartLog, readSurroundings } from './surroundings';

const self = ["'self'"];
const none = ["'none'"];

export interface ConsoleProps {
  readonly clients: AwsClients;
  readonly pageDirectory: string;
  /** An address that tells of links and of parts beside the console, see contracts/surroundings.ts. @default there are none */
  readonly surroundings?: URL;
}

/** The console's server: its page from `pageDirectory`, and under /api what the page shows and does. */
export function consoleApp({ clients, pageDirectory, surroundings }: ConsoleProps): Hono {
  const { codepipeline } = clients;
  const token = randomBytes(32).toString('base64url');
  const authors = authorsReader(codepipeline);
  const release = releaseReader(clients, authors);
  const environments = environmentsReader(clients);
  const app = new Hono();
  const news = new News(async (path) => {
    const answer = await app.request(path, { headers: { host: 'localhost' } });
    return { status: answer.status, body: await answer.text() };
  });

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        connectSrc: self,
        frameAncestors: none,
        baseUri: none,
        formAction: none,
        objectSrc: none,
      },
      xFrameOptions: 'DENY',
      permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [] },
      // The loopback speaks no TLS.
      strictTransportSecurity: false,
    }),
  );
  app.get('/health', (context) => context.json({ status: 'ok' }));
  app.use(onlyOwnPage(token));
  app.use('/api/*', async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });

  app.get('/api/news', (context) => newsStream(context, news));
  app.get('/api/session', (context) => context.json({ token }));
  app.get('/api/pipelines', async (context) => context.json(await listPipelines(codepipeline, authors)));
  app.get('/api/pipelines/:pipeline/executions', async (context) =>
    context.json(await listExecutions(codepipeline, authors, context.req.param('pipeline'), context.req.query('from'))),
  );
  app.get('/api/pipelines/:pipeline/executions/:executionId', async (context) =>
    context.json(await readExecution(clients, context.req.param('pipeline'), context.req.param('executionId'))),
  );
  app.get('/api/pipelines/:pipeline/executions/:executionId/stages/:stage/actions/:action', async (context) =>
    context.json(await readAction(codepipeline, context.req.param())),
  );
  app.get('/api/pipelines/:pipeline/executions/:executionId/stages/:stage/actions/:action/changes', async (context) =>
    context.json(await readChanges(clients, context.req.param())),
  );
  app.get('/api/pipelines/:pipeline/executions/:executionId/stages/:stage/actions/:action/stack-events', async (context) =>
    context.json(await readStackEvents(clients, context.req.param())),
  );
  app.get('/api/pipelines/:pipeline/executions/:executionId/stages/:stage/actions/:action/release', async (context) =>
    context.json(await release(context.req.param())),
  );
  app.get('/api/pipelines/:pipeline/environments', async (context) => context.json(await environments(context.req.param('pipeline'))));
  app.get('/api/surroundings', async (context) => context.json(await readSurroundings(surroundings)));
  app.get('/api/surroundings/:part/log', async (context) => context.json(await readPartLog(surroundings, context.req.param('part'))));
  app.get('/api/pipelines/:pipeline/sources', async (context) => context.json(await listSources(codepipeline, context.req.param('pipeline'))));
  app.get('/api/pipelines/:pipeline/stages/:stage/rollback', async (context) =>
    context.json(await readRollbackTargets(codepipeline, context.req.param('pipeline'), context.req.param('stage'))),
  );
  app.get('/api/builds/:buildId/log/news', (context) => logNews(context, (from) => readBuildLog(clients, context.req.param('buildId'), from)));
  app.get('/api/builds/:buildId/log/file', async (context) => {
    const { buildId } = context.req.param();
    return logFile(context, clients.logs, buildId, await buildLogStream(clients.codebuild, buildId));
  });
  app.get('/api/pipelines/:pipeline/executions/:executionId/attempts/:attempt/log/news', (context) => {
    const address = context.req.param();
    return logNews(context, (from) => readAttemptLog(clients, address, from));
  });
  app.get('/api/pipelines/:pipeline/executions/:executionId/attempts/:attempt/log/file', async (context) => {
    const address = context.req.param();
    return logFile(context, clients.logs, address.attempt, await attemptLogStream(codepipeline, address));
  });

  app.post('*', bodyLimit({ maxSize: 16 * 1024, onError: (context) => problemResponse(context, new Refusal(413, 'The request is too large.')) }));
  app.post('/api/pipelines/:pipeline/executions', async (context) =>
    context.json(await acts.start(codepipeline, context.req.param('pipeline'), await json(context.req)), 201),
  );
  app.post('/api/pipelines/:pipeline/executions/:executionId/stop', async (context) => {
    await acts.stop(codepipeline, context.req.param('pipeline'), context.req.param('executionId'), await json(context.req));
    return context.body(null, 204);
  });
  app.post('/api/pipelines/:pipeline/executions/:executionId/retry', async (context) => {
    await acts.retry(codepipeline, context.req.param('pipeline'), context.req.param('executionId'), await json(context.req));
    return context.body(null, 204);
  });
  app.post('/api/pipelines/:pipeline/stages/:stage/rollback', async (context) =>
    context.json(await acts.rollBack(codepipeline, context.req.param('pipeline'), context.req.param('stage'), await json(context.req)), 201),
  );
  app.post('/api/pipelines/:pipeline/approval', async (context) => {
    await acts.decide(codepipeline, context.req.param('pipeline'), await json(context.req));
    return context.body(null, 204);
  });

  app.all('/api/*', (context) => problemResponse(context, new Refusal(404, `There is nothing at ${context.req.path}.`)));
  app.use(serveStatic({ root: pageDirectory }));
  app.onError((error, context) => problemResponse(context, error));
  return app;
}

async function json(request: { json(): Promise<unknown> }): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    throw new Refusal(400, 'The body is not JSON.');
  }
}
