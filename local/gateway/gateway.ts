import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { forward } from './forward';
import { needsBody, signedService, upstreamFor, type Upstreams } from './routes';
import { originOf, SiteRequest, type Sites } from './sites';

/**
 * The one endpoint of AWS on this machine: routes each call by the service in its signature.
 * Under `/_local/` it also answers for itself: `health`, the `sites` of CloudFront distributions, and `apis/<api>/…`,
 * which is `https://<api>.execute-api.<region>.amazonaws.com/…`.
 */
export function createGateway(upstreams: Upstreams, sites: Sites): Server {
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing, upstreams, sites).catch((error: unknown) => {
      if (!outgoing.headersSent) json(outgoing, 500, { message: String(error) });
      else outgoing.destroy();
    });
  });
  // S3 uploads of the CLI wait for a go-ahead before they send their body.
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    outgoing.writeContinue();
    server.emit('request', incoming, outgoing);
  });
  server.keepAliveTimeout = 65_000;
  return server;
}

async function handle(incoming: IncomingMessage, outgoing: ServerResponse, upstreams: Upstreams, sites: Sites): Promise<void> {
  const url = incoming.url ?? '/';
  const [, api, path] = /^\/_local\/apis\/([a-z0-9]+)(.*)$/.exec(url) ?? [];
  if (api !== undefined) return forward(incoming, outgoing, upstreams.ministack, { path: path || '/', headers: { host: `${api}.execute-api.localhost` } });
  if (url.startsWith('/_local/')) return answerLocal(incoming, outgoing, sites);
  const service = signedService(incoming.headers, url);
  if (!needsBody(service)) return forward(incoming, outgoing, upstreamFor(service, undefined, upstreams));
  const body = await buffer(incoming);
  forward(incoming, outgoing, upstreamFor(service, body.toString(), upstreams), { body });
}

async function answerLocal(incoming: IncomingMessage, outgoing: ServerResponse, sites: Sites): Promise<void> {
  const route = `${incoming.method} ${incoming.url}`;
  if (route === 'GET /_local/health') return json(outgoing, 200, { status: 'ready' });
  if (route === 'GET /_local/sites') return json(outgoing, 200, sites.list().map((site) => ({ ...site, origin: originOf(site) })));
  if (route === 'POST /_local/sites') {
    const request = SiteRequest.safeParse(parseJson(await text(incoming)));
    if (!request.success) return json(outgoing, 400, { message: request.error.message });
    return json(outgoing, 200, { origin: originOf(await sites.add(request.data)) });
  }
  const removal = /^DELETE \/_local\/sites\/([A-Z0-9]+)$/i.exec(route);
  if (removal?.[1]) {
    await sites.remove(removal[1]);
    return json(outgoing, 200, {});
  }
  json(outgoing, 404, { message: `The gateway does not know ${route}.` });
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function json(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(body));
}
