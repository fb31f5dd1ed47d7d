import { fromEnv } from '@aws-sdk/credential-provider-env';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { Sha256 } from './sha256';

export interface OpenSearchProps {
  /** `https://search-….es.amazonaws.com`, without a slash at its end. */
  readonly endpoint: string;
  readonly region: string;
  /** Begins the name of each index and alias: `dev-`. */
  readonly prefix: string;
  /** @default those of the function's role */
  readonly credentials?: ReturnType<typeof fromEnv>;
  readonly timeoutMs?: number;
  /** @default the runtime's own */
  readonly fetch?: typeof globalThis.fetch;
}

export interface OpenSearchRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'HEAD' | 'DELETE';
  /** After the prefix: `products/_search`; one that begins with `/` has none. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON, or NDJSON as text. */
  readonly body?: object | string;
}

/** The domain does not answer, or has no time for it: nothing is wrong with what was asked. */
export class SearchAwayError extends Error {
  override readonly name = 'SearchAwayError';
}

/** The domain refuses what was asked. */
export class OpenSearchError extends Error {
  override readonly name = 'OpenSearchError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const PASSING = new Set([429, 500, 502, 503, 504]);
const ATTEMPTS = 2;

/** An OpenSearch domain, asked with the signature of a role: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/request-signing.html */
export class OpenSearch {
  readonly #props: OpenSearchProps;
  readonly #signer: SignatureV4;

  constructor(props: OpenSearchProps) {
    this.#props = props;
    this.#signer = new SignatureV4({ service: 'es', region: props.region, credentials: props.credentials ?? fromEnv(), sha256: Sha256 });
  }

  /** `POST <index>/_search` */
  readonly search = (index: string, body: object): Promise<unknown> => this.call({ method: 'POST', path: `${index}/_search`, body });

  nameOf(index: string): string {
    return `${this.#props.prefix}${index}`;
  }

  /**
   * The answer's JSON; undefined to HEAD.
   * @throws SearchAwayError after a second attempt; OpenSearchError with the status of a refusal
   */
  async call(asked: OpenSearchRequest): Promise<unknown> {
    let reason = '';
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      // oxlint-disable-next-line no-await-in-loop -- the second only where the first has failed
      const answer = await this.#send(asked).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
      if (answer instanceof OpenSearchError && !PASSING.has(answer.status)) throw answer;
      if (!(answer instanceof Error)) return answer.json;
      reason = answer.message;
    }
    throw new SearchAwayError(`OpenSearch does not answer: ${reason}`);
  }

  async #send({ method, path, query = {}, body }: OpenSearchRequest): Promise<{ readonly json: unknown }> {
    const { endpoint, prefix, timeoutMs = 2_000, fetch: send = globalThis.fetch } = this.#props;
    const url = new URL(`${endpoint}/${path.startsWith('/') ? path.slice(1) : `${prefix}${path}`}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const headers = { host: url.host, ...(text !== undefined && { 'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json' }) };
    const { headers: signed } = await this.#signer.sign({ method, protocol: url.protocol, hostname: url.hostname, path: url.pathname, query: { ...query }, headers, body: text });
    const answer = await send(url, { method, headers: signed, body: text, signal: AbortSignal.timeout(timeoutMs) });
    const content = await answer.text();
    if (!answer.ok) throw new OpenSearchError(answer.status, `${method} ${url.pathname}: ${answer.status} ${content.slice(0, 500)}`);
    return { json: content === '' ? undefined : JSON.parse(content) };
  }
}

/** The domain that SEARCH_ENDPOINT names. @throws Error when it names none */
export function configuredOpenSearch(timeoutMs?: number): OpenSearch {
  const config = readEnvironment(z.object({ SEARCH_ENDPOINT: z.url(), INDEX_PREFIX: z.string(), AWS_REGION: z.string() }));
  return new OpenSearch({ endpoint: config.SEARCH_ENDPOINT, prefix: config.INDEX_PREFIX, region: config.AWS_REGION, timeoutMs });
}
