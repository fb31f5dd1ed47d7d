import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { ConnectionClosed } from './sandbox';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a sandbox's `fetch` on the loopback; port 0 chooses a free one. @throws Error when the port is in use */
export async function listen(fetch: (request: Request) => Promise<Response>, port: number): Promise<Listening> {
  const listener = getRequestListener(async (request, { incoming }) => {
    try {
      return await fetch(request);
    } catch (error) {
      if (!(error instanceof ConnectionClosed)) throw error;
      incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
  });
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
