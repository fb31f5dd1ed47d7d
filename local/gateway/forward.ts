import { Agent, request, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 512 });

export interface ForwardOptions {
  /** Replaces or adds request headers, e.g. the Host a distribution answers to. */
  readonly headers?: OutgoingHttpHeaders;
  /** @default the path of the request */
  readonly path?: string;
  /** A body that was read already; otherwise the request is streamed through. */
  readonly body?: Buffer;
}

/** Sends a request on to `upstream` and its answer back, unchanged; 502 with the reason when nobody answers there. */
export function forward(incoming: IncomingMessage, outgoing: ServerResponse, upstream: URL, options: ForwardOptions = {}): void {
  const headers = { ...incoming.headers, ...options.headers };
  const onward = request(
    { host: upstream.hostname, port: upstream.port, method: incoming.method, path: options.path ?? incoming.url, headers, agent },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    },
  );
  onward.on('error', (error) => {
    if (outgoing.headersSent) return outgoing.destroy();
    outgoing.writeHead(502, { 'content-type': 'text/plain' });
    outgoing.end(`The local server behind this address does not answer (${error.message}). See the logs in .local/logs.\n`);
  });
  // A caller that gives up must not leave its call running.
  outgoing.on('close', () => { if (!outgoing.writableFinished) onward.destroy(); });
  if (options.body) onward.end(options.body);
  else incoming.pipe(onward);
}
