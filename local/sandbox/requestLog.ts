import type { Collection, Store } from './store';

const KEPT = 2_000;
const LONGEST_BODY = 20_000;

/** A request as it came in and what it was answered. */
export interface LoggedRequest {
  readonly at: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: string;
  readonly idempotencyKey?: string;
  /** Missing when the connection was closed instead of an answer. */
  readonly status?: number;
  readonly answer?: string;
  /** The stored answer of an earlier request with the same idempotency key. */
  readonly replayed: boolean;
  readonly fault?: string;
}

export interface RequestFilter {
  readonly method?: string;
  /** What the path contains. */
  readonly path?: string;
  readonly idempotencyKey?: string;
  readonly limit: number;
}

const shortened = (text: string): string => (text.length <= LONGEST_BODY ? text : `${text.slice(0, LONGEST_BODY)}…`);

/** The newest requests that a sandbox was asked. */
export class RequestLog {
  readonly #requests: Collection<LoggedRequest & { number: number }>;
  #next = 0;

  constructor(store: Store) {
    this.#requests = store.collection('requests');
    for (const { number } of this.#requests.values()) this.#next = number + 1;
  }

  add(request: LoggedRequest): void {
    const number = this.#next++;
    const answer = request.answer === undefined ? undefined : shortened(request.answer);
    this.#requests.put(String(number), { ...request, body: shortened(request.body), answer, number });
    this.#requests.delete(String(number - KEPT));
  }

  /** Newest first. */
  list({ method, path = '', idempotencyKey, limit }: RequestFilter): LoggedRequest[] {
    return [...this.#requests.values()]
      .toReversed()
      .filter((one) => (!method || one.method === method) && one.path.includes(path) && (!idempotencyKey || one.idempotencyKey === idempotencyKey))
      .slice(0, limit);
  }
}
