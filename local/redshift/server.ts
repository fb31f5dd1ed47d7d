import path from 'node:path';
import { jsonServices } from '../aws/json-service';
import { Roles } from '../aws/roles';
import { listen } from '../sandbox/listen';
import { dataService } from './data/operations';
import { Statements } from './data/statements';
import { namespaceOf, serverlessService } from './serverless/operations';
import { ServerlessStore } from './serverless/store';
import { Engine } from './sql/engine';

export interface RedshiftOptions {
  readonly port: number;
  /** Where namespaces and their databases are kept. */
  readonly stateDir: string;
  /** Where AWS calls go, those for streams with the role of the view. */
  readonly endpoint: string;
}

export interface Redshift {
  readonly port: number;
  stop(): Promise<void>;
}

const BETWEEN_REFRESHES = 2_000;

/** Starts Redshift Serverless and its Data API on the loopback. */
export async function startRedshift({ port, stateDir, endpoint }: RedshiftOptions): Promise<Redshift> {
  const store = new ServerlessStore(stateDir);
  const engine = new Engine(path.join(stateDir, 'databases'), new Roles(endpoint));
  const app = jsonServices([serverlessService(store), dataService(store, new Statements(engine))], (target, error) => console.error(`${target}:`, error));
  app.get('/_local/health', (context) => context.json({ status: 'ok' }));
  const listening = await listen(async (request) => app.fetch(request), port);

  const stopping = new AbortController();
  const refreshing = refreshUntil(stopping.signal, async () => {
    for (const workgroup of store.kept.workgroups) {
      const target = { workgroup, namespace: namespaceOf(store, workgroup, workgroup.namespaceName) };
      for (const failure of await engine.refreshAll(target)) console.error(failure);
    }
  });
  return {
    port: listening.port,
    stop: async () => {
      stopping.abort();
      await listening.close();
      await refreshing;
      await engine.close();
    },
  };
}

async function refreshUntil(stopped: AbortSignal, refresh: () => Promise<void>): Promise<void> {
  while (!stopped.aborted) {
    await refresh().catch((error: unknown) => console.error(error));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, BETWEEN_REFRESHES);
      stopped.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
