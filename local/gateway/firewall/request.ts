import type { IncomingMessage } from 'node:http';

/** What a web ACL sees of a request. */
export interface InspectedRequest {
  readonly address: string;
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
  /** How large the body is, up to what WAF inspects of it and one byte more. */
  readonly bodyBytes: number;
}

/** WAF looks at the first 16 KB of a body (https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html). */
export const INSPECTED_BODY_BYTES = 16 * 1024;

export function inspected({ socket, method = 'GET', url = '/', headers }: IncomingMessage, bodyBytes: number): InspectedRequest {
  const [path = '/', ...query] = url.split('?');
  return { address: socket.remoteAddress ?? '', method, path, query: query.join('?'), headers, bodyBytes };
}
