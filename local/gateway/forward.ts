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

/**
 * Sends a request on to `upstream` and its answer back, unchanged. When nobody answers there it is 503 in the form of
 * AWS's JSON protocols, which the SDKs and the CLI try again: a part that died is back within seconds.
 */
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
    const message = `The local part behind this call does not answer (${error.message}). The logs folder of npm start says why.`;
    outgoing.writeHead(503, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': 'ServiceUnavailableException' });
    outgoing.end(JSON.stringify({ __type: 'ServiceUnavailableException', message }));
  });
  // A caller that gives up must not leave its call running.
  outgoing.on('close', () => { if (!outgoing.writableFinished) onward.destroy(); });
  if (options.body) onward.end(options.body);
  else incoming.pipe(onward);
}
