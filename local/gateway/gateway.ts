import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import * as z from 'zod';
import { signatureOf } from '../aws/signature';
import { domainRequest } from '../opensearch/domains';
import { readsBody } from '../permissions/calls/read';
import { ServiceAct, type Gatekeeper } from '../permissions/gatekeeper';
import { forward } from './forward';
import { acceptHttp2 } from './http2';
import { giveUnread, refused } from './permissionChecks';
import { needsBody, upstreamFor, type Upstreams } from './routes';
import { originOf, SiteRequest, type Sites } from './sites';
import { refusedUnsigned } from './unsigned';

export interface GatewayProps {
  readonly upstreams: Upstreams;
  readonly sites: Sites;
  /** @default every call passes */
  readonly gatekeeper?: Gatekeeper;
}

/**
 * The one endpoint of AWS on this machine: lets each call pass that the policies allow, and routes it by the service in its
 * signature. Under `/_local/` it also answers for itself: `health`, the `sites` of CloudFront distributions, `permissions` for
 * what services do without a call, `apis/<api>/…`, which is `https://<api>.execute-api.<region>.amazonaws.com/…`, and `domains/…`
 * for what is in OpenSearch domains, where each call is signed and checked (local/opensearch/domains.ts).
 */
export function createGateway(props: GatewayProps): Server {
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing, props).catch((error: unknown) => {
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
  acceptHttp2(server);
  return server;
}

async function handle(incoming: IncomingMessage, outgoing: ServerResponse, props: GatewayProps): Promise<void> {
  const { upstreams, gatekeeper } = props;
  const url = incoming.url ?? '/';
  const [, api, path] = /^\/_local\/apis\/([a-z0-9]+)(.*)$/.exec(url) ?? [];
  if (api !== undefined) return forward(incoming, outgoing, upstreams.ministack, { path: path || '/', headers: { host: `${api}.execute-api.localhost` } });
  const domain = domainRequest(url);
  if (url.startsWith('/_local/') && !domain) return answerLocal(incoming, outgoing, props);
  const signature = signatureOf(incoming.headers, url);
  if (domain && signature?.service !== 'es') return json(outgoing, 403, { Message: 'User: anonymous is not authorized to perform: es:ESHttp* because the request is not signed for es' });
  if (signature === undefined) {
    const refusal = gatekeeper && (await refusedUnsigned(incoming, gatekeeper));
    return refusal ? giveUnread(incoming, outgoing, refusal) : forward(incoming, outgoing, upstreams.ministack);
  }
  const { service } = signature;
  const isRead = needsBody(service) || (gatekeeper !== undefined && readsBody({ service, method: incoming.method ?? 'GET', url }));
  const body = isRead ? await buffer(incoming) : undefined;
  const refusal = gatekeeper && (await refused(incoming, signature, body?.toString() ?? '', gatekeeper));
  if (refusal) return giveUnread(incoming, outgoing, refusal);
  if (domain) return forward(incoming, outgoing, upstreams.others.get('es') ?? upstreams.ministack, { path: domain.path });
  forward(incoming, outgoing, upstreamFor({ service, url, body: body?.toString() }, upstreams), { body });
}

async function answerLocal(incoming: IncomingMessage, outgoing: ServerResponse, { sites, gatekeeper }: GatewayProps): Promise<void> {
  const route = `${incoming.method} ${incoming.url}`;
  if (route === 'POST /_local/permissions') {
    const act = ServiceAct.safeParse(parseJson(await text(incoming)));
    if (!act.success) return json(outgoing, 400, { message: act.error.message });
    return json(outgoing, 200, { refused: (await gatekeeper?.refusalsOf(act.data)) ?? [] });
  }
  if (route === 'GET /_local/health') return json(outgoing, 200, { status: 'ready' });
  if (route === 'PUT /_local/permissions') {
    const { checked } = z.object({ checked: z.boolean() }).parse(parseJson(await text(incoming)));
    if (gatekeeper) gatekeeper.isOpen = !checked;
    return json(outgoing, 200, { checked });
  }
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
