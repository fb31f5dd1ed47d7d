import { request as send } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request as it goes over the line: no client mends its path or its headers. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

export function ask(url: string, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port, pathname } = new URL(url);
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const all = { 'user-agent': 'fuzz', ...headers, ...(bytes && { 'content-length': String(bytes.length) }) };
  return new Promise((resolve, reject) => {
    const outgoing = send({ hostname, port, method, path: pathname.replace(/\/$/, '') + path, headers: all as Record<string, string | string[]>, agent: false }, (incoming) => {
      text(incoming).then((answered) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: answered }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });
}
