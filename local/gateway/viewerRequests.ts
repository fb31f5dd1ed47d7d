import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { INSPECTED_BODY_BYTES, inspected } from './firewall/request';
import type { SiteFirewall } from './firewall/siteFirewall';
import { forward } from './forward';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-general */
const LONGEST_URL = 8_192;
const LARGEST_REQUEST = 32_768;
/** What Node's server has to take so that it is not the one to refuse. */
export const LARGEST_HEAD = 2 * LARGEST_REQUEST;

export interface ViewerRequestsProps {
  readonly firewall: Pick<SiteFirewall, 'get'>;
  readonly cloudFront: URL;
  /** Added to each request that may pass. */
  readonly headers: OutgoingHttpHeaders;
}

/** What CloudFront does with a viewer's request before it looks for an answer: its size, then the web ACL. */
export const viewerRequests = (props: ViewerRequestsProps) => (incoming: IncomingMessage, outgoing: ServerResponse): void => {
  if (isTooLarge(incoming)) return refuse(incoming, outgoing, 413, { 'content-type': 'text/html', connection: 'close' }, '<h1>413 ERROR</h1><p>The request could not be satisfied.</p>');
  judge(props, incoming, outgoing).catch((error: unknown) => {
    if (outgoing.headersSent) outgoing.destroy();
    else refuse(incoming, outgoing, 503, { 'content-type': 'text/plain' }, `The firewall of this site cannot judge the request. ${String(error)}\n`);
  });
};

async function judge({ firewall, cloudFront, headers }: ViewerRequestsProps, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { beginning, ended } = await bodyOf(incoming);
  const block = (await firewall.get())(inspected(incoming, beginning.byteLength));
  if (block) return refuse(incoming, outgoing, block.status, block.headers, block.body);
  if (!ended) incoming.unshift(beginning);
  forward(incoming, outgoing, cloudFront, { headers, ...(ended && beginning.byteLength > 0 && { body: beginning }) });
}

/** As much of the body as WAF inspects, and whether that is all of it. */
async function bodyOf(incoming: IncomingMessage): Promise<{ readonly beginning: Buffer; readonly ended: boolean }> {
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers;
  if ((length === undefined || length === '0') && encoding === undefined) return { beginning: Buffer.alloc(0), ended: true };
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > INSPECTED_BODY_BYTES) return { beginning: Buffer.concat(chunks), ended: false };
  }
  return { beginning: Buffer.concat(chunks), ended: true };
}

const isTooLarge = ({ method = '', url = '', rawHeaders }: IncomingMessage): boolean =>
  url.length > LONGEST_URL || rawHeaders.reduce((bytes, text) => bytes + text.length, method.length + url.length) > LARGEST_REQUEST;

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, status: number, headers: OutgoingHttpHeaders, body: string): void {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
  // Whoever is still sending hears the answer all the same.
  incoming.resume();
}
