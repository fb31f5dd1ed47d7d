import { listen } from './listen';
import { openStore, type Store } from './store';
import { Ticker } from './ticker';

/** A sandbox as its server needs it. */
export interface Sandbox {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Does what is due. */
  tick(): Promise<void>;
  /** When `tick` has something to do, in milliseconds since 1970. */
  nextDueAt(): number | undefined;
}

export interface SandboxServerProps {
  /** Port of the loopback; 0 chooses a free one. */
  readonly port: number;
  /** Where its state is kept; it survives the process. */
  readonly stateDir: string;
}

export interface RunningSandbox {
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves a sandbox until it is stopped; what was due while nothing ran is done at once. */
export async function startSandbox({ port, stateDir }: SandboxServerProps, make: (store: Store, onWorked: () => void) => Sandbox): Promise<RunningSandbox> {
  const store = await openStore(stateDir);
  const sandbox: Sandbox = make(store, () => ticker.wake());
  const ticker = new Ticker({ tick: () => sandbox.tick(), nextDueAt: () => sandbox.nextDueAt(), now: Date.now });
  const server = await listen(sandbox.fetch, port);
  return {
    port: server.port,
    async stop() {
      ticker.stop();
      await server.close();
      await store.close();
    },
  };
}
