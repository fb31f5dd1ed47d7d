import { createServer, type RequestListener, type Server } from 'node:http';

export interface RunningServer {
  readonly port: number;
  readonly url: URL;
  close(): Promise<void>;
}

/** Serves on a free port of the loopback. */
export async function serve(listener: RequestListener | Server): Promise<RunningServer> {
  const server = typeof listener === 'function' ? createServer(listener) : listener;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
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
