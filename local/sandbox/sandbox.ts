import { setTimeout as sleep } from 'node:timers/promises';
import type { Hono } from 'hono';
import type { Faults, MatchedFault, RequestFault } from './faults';
import type { RequestLog } from './requestLog';
import type { Store } from './store';

/** What an app learns with each request, as Hono's bindings. */
export interface SandboxBindings {
  /** One that the app has to play itself, since only it knows what its errors look like. */
  readonly fault?: MatchedFault<Exclude<RequestFault, ConnectionFault>>;
}
type ConnectionFault = 'down' | 'timeout-before-work' | 'timeout-after-work';
export type SandboxApp = Hono<{ Bindings: SandboxBindings }>;

/** The caller gets no answer: its connection is closed. */
export class ConnectionClosed extends Error {}

export interface SandboxProps {
  readonly app: SandboxApp;
  readonly store: Store;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly now: () => number;
  /** Whether a path belongs to the API that is played, and so is logged and can fail. */
  readonly isApi: (path: string) => boolean;
  /** Takes out of a body what must not be kept. @default nothing */
  readonly redact?: (body: string) => string;
  /** Called after each request. */
  readonly onWorked?: () => void;
}

const isConnectionFault = (fault: MatchedFault<RequestFault> | undefined): fault is MatchedFault<ConnectionFault> =>
  fault !== undefined && ['down', 'timeout-before-work', 'timeout-after-work'].includes(fault.fault);
const isAppFault = (fault: MatchedFault<RequestFault> | undefined): fault is NonNullable<SandboxBindings['fault']> => fault !== undefined && !isConnectionFault(fault);

/**
 * An app as a sandbox: with faults, with a log of requests, and with no answer before everything it changed is kept.
 * The result is a `fetch` for tests that run without a server; it rejects with `ConnectionClosed` where a server
 * closes the connection.
 */
export function sandboxFetch(props: SandboxProps): (request: Request) => Promise<Response> {
  const { app, store, faults, requests, now, isApi, redact = (body) => body, onWorked } = props;

  async function answer(request: Request, fault: MatchedFault<RequestFault> | undefined): Promise<Response> {
    if (fault?.fault === 'down') throw new ConnectionClosed('down');
    if (fault?.fault === 'timeout-before-work') {
      await sleep(fault.milliseconds);
      throw new ConnectionClosed('timeout before work');
    }
    const response = await app.fetch(request, isAppFault(fault) ? { fault } : {});
    if (fault?.fault === 'timeout-after-work') {
      await store.commit();
      onWorked?.();
      await sleep(fault.milliseconds);
      throw new ConnectionClosed('timeout after work');
    }
    return response;
  }

  async function work(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (!isApi(pathname)) return app.fetch(request, {});
    const fault = faults.forRequest(request.method, pathname);
    const logged = {
      at: new Date(now()).toISOString(),
      method: request.method,
      path: pathname + search,
      body: redact(await request.clone().text()),
      idempotencyKey: request.headers.get('idempotency-key') ?? undefined,
      fault: fault?.fault,
    };
    try {
      const response = await answer(request, fault);
      requests.add({ ...logged, status: response.status, answer: await response.clone().text(), replayed: response.headers.get('idempotent-replayed') === 'true' });
      return response;
    } catch (error) {
      requests.add({ ...logged, replayed: false });
      throw error;
    }
  }

  return async (request) => {
    try {
      return await work(request);
    } finally {
      await store.commit();
      onWorked?.();
    }
  };
}
