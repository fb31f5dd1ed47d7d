import { createHash } from 'node:crypto';
import { PaymentError, invalidRequest } from '../account/errors';
import type { Ledger, StoredAnswer } from '../account/ledger';
import type { FormValue } from './form';

const KEPT_MS = 24 * 3600_000;
const LONGEST_KEY = 255;

export interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface KeyedRequest {
  readonly account: string;
  readonly key: string;
  /** Method and path. */
  readonly endpoint: string;
  readonly form: Record<string, FormValue>;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Does the work of a request once for each key: https://docs.stripe.com/api/idempotent_requests. The first answer is
 * stored once the work has begun, errors included, and given again for 24 hours.
 */
export class Idempotency {
  readonly #answers: Ledger['answers'];
  readonly #inProgress = new Set<string>();

  constructor(ledger: Ledger) {
    this.#answers = ledger.answers;
  }

  /**
   * @param prepare checks the parameters; what it throws is not stored
   * @throws PaymentError when the key belongs to another request, or to one that is still being worked on
   */
  async once(request: KeyedRequest, prepare: () => () => Promise<Answer>): Promise<Answer> {
    const { account, key, endpoint, requestId, now } = request;
    if (key.length > LONGEST_KEY) throw invalidRequest(`Idempotency keys can be at most ${LONGEST_KEY} characters long.`);
    const id = `${account}/${key}`;
    const parameters = digest(request.form);
    const stored = this.#answers.get(id);
    if (stored && stored.storedAt > now - KEPT_MS) return replay(stored, request, parameters);
    if (this.#inProgress.has(id)) throw inUse(key);
    const work = prepare();
    this.#inProgress.add(id);
    try {
      const { status, body } = await work();
      this.#answers.delete(id);
      this.#answers.put(id, { account, key, endpoint, parameters, requestId, status, body, storedAt: now });
      this.#forgetOld(now);
      return { status, body };
    } finally {
      this.#inProgress.delete(id);
    }
  }

  #forgetOld(now: number): void {
    for (const { account, key, storedAt } of this.#answers.values()) {
      if (storedAt > now - KEPT_MS) return;
      this.#answers.delete(`${account}/${key}`);
    }
  }
}

function replay({ endpoint, parameters, status, body, requestId }: StoredAnswer, request: KeyedRequest, sent: string): Answer {
  const advice = `Try using a key other than '${request.key}' if you meant to execute a different request.`;
  if (endpoint !== request.endpoint) {
    throw new PaymentError(400, { type: 'idempotency_error', message: `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${request.endpoint}' vs '${endpoint}'). ${advice}` });
  }
  if (parameters !== sent) {
    throw new PaymentError(400, { type: 'idempotency_error', message: `Keys for idempotent requests can only be used with the same parameters they were first used with. ${advice}` });
  }
  return { status, body, headers: { 'idempotent-replayed': 'true', 'original-request': requestId } };
}

const inUse = (key: string): PaymentError =>
  new PaymentError(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    doc_url: 'https://docs.stripe.com/error-codes#idempotency-key-in-use',
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });

/** The same for the same parameters in any order. */
function digest(form: Record<string, FormValue>): string {
  const sorted = JSON.stringify(form, (_, value: FormValue) =>
    typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value,
  );
  return createHash('sha256').update(sorted).digest('base64url');
}
