import { Readable } from 'node:stream';
import type { Call } from '../../../local/permissions/calls/call';
import type { Answer } from '../../../local/permissions/refusal';
import { ACCOUNT } from './requests';

export const REGION = 'eu-central-1';

interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Settings of an SDK client whose calls go to `answer` and nowhere else, as the gateway would receive them. */
export function clientSettings(answer: (call: Call) => Answer) {
  return {
    region: REGION,
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: HttpRequest) => {
        const { status, headers, body } = answer(callOf(request));
        return { response: { statusCode: status, headers, body: Readable.from([Buffer.from(body)]) } };
      },
    },
  };
}

function callOf({ method, path, query = {}, headers, body }: HttpRequest): Call {
  const [, service = ''] = /Credential=[^,]*\/([a-z0-9-]+)\/aws4_request/.exec(headers['authorization'] ?? '') ?? [];
  const parameters = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => [value ?? ''].flat().map((one) => [name, one])));
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { service, region: REGION, account: ACCOUNT, method, url: parameters.size > 0 ? `${path}?${parameters.toString()}` : path, headers: named, body: textOf(body) };
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : '');
