import { createServer, type RequestListener, type Server } from 'node:http';

export interface RunningServer {
  readonly port: number;
  readonly url: URL;
  close(): Promise<void>;
}

/** Serves on a port of the loopback, a free one unless it is named. */
export async function serve(listener: RequestListener | Server, wanted = 0): Promise<RunningServer> {
  const server = typeof listener === 'function' ? createServer(listener) : listener;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(wanted, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    url: new URL(`http://127.0.0.1:${port}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
