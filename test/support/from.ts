import { request, type IncomingHttpHeaders } from 'node:http';

export interface HeardAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * Sends a request from an address of the loopback of one's own: Linux has all of 127.0.0.0/8, so that customers on one
 * machine can be told apart as CloudFront tells them apart.
 */
export function from(address: string, url: string | URL, { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<HeardAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, localAddress: address, family: 4, headers: { 'user-agent': 'test', ...(body && !headers['transfer-encoding'] && { 'content-length': Buffer.byteLength(body) }), ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
