import type { Faults } from './faults';
import type { Collection, Store } from './store';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
const GIVEN_UP_AFTER_MS = 3 * 24 * 3600_000;
const SEND_DEADLINE_MS = 10_000;
/** What has piled up while a receiver was away must not keep it from coming back. */
const MOST_UNDER_WAY = 8;
const KEPT_DELIVERIES = 1_000;
const KEPT_ATTEMPTS = 20;

export interface Attempt {
  readonly at: string;
  /** The receiver's status, missing when it did not answer. */
  readonly status?: number;
  readonly error?: string;
}

/** One event on its way to one endpoint. */
export interface Delivery {
  readonly id: string;
  readonly endpoint: string;
  readonly event: string;
  readonly type: string;
  readonly body: string;
  readonly createdAt: number;
  readonly state: 'pending' | 'delivered' | 'given-up' | 'dropped';
  /** Milliseconds since 1970. */
  readonly nextAttemptAt: number;
  /** A second copy goes out after the first one has arrived. */
  readonly twice: boolean;
  readonly attemptCount: number;
  /** The newest ones. */
  readonly attempts: readonly Attempt[];
}

export interface SignedWebhook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type SendWebhook = (webhook: SignedWebhook, body: string) => Promise<{ readonly status: number }>;

export interface WebhooksProps {
  readonly store: Store;
  readonly faults: Faults;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Address and headers of an attempt made now; undefined when the endpoint is gone or switched off. */
  readonly sign: (delivery: Delivery, now: number) => SignedWebhook | undefined;
  /** @default POST over HTTP */
  readonly send?: SendWebhook;
}

const post: SendWebhook = async ({ url, headers }, body) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(SEND_DEADLINE_MS),
  });
  await response.arrayBuffer();
  return response;
};

/** Webhooks on their way: each is sent until its receiver answers 2xx, with growing pauses, at least once, in no order. */
export class Webhooks {
  readonly #props: WebhooksProps;
  readonly #deliveries: Collection<Delivery>;
  readonly #underWay = new Set<string>();

  constructor(props: WebhooksProps) {
    this.#props = props;
    this.#deliveries = props.store.collection('deliveries');
  }

  enqueue(webhook: Pick<Delivery, 'endpoint' | 'event' | 'type' | 'body'>): void {
    const now = this.#props.now();
    const fault = this.#props.faults.forWebhook(webhook.type);
    const id = `${webhook.event}.${webhook.endpoint}`;
    this.#deliveries.put(id, {
      ...webhook,
      id,
      createdAt: now,
      state: fault?.fault === 'drop-webhook' ? 'dropped' : 'pending',
      nextAttemptAt: fault?.fault === 'reorder-webhooks' ? now + fault.milliseconds : now,
      twice: fault?.fault === 'duplicate-webhook',
      attemptCount: 0,
      attempts: [],
    });
    this.#forgetOld();
  }

  /** Newest first. */
  list(limit: number): Delivery[] {
    return [...this.#deliveries.values()].toReversed().slice(0, limit);
  }

  /** When the next attempt is to be made, in milliseconds since 1970; undefined while whoever ends one goes on with the next. */
  nextDueAt(): number | undefined {
    if (this.#underWay.size >= MOST_UNDER_WAY) return undefined;
    let earliest: number | undefined;
    for (const { id, state, nextAttemptAt } of this.#deliveries.values()) {
      if (state === 'pending' && !this.#underWay.has(id)) earliest = Math.min(earliest ?? nextAttemptAt, nextAttemptAt);
    }
    return earliest;
  }

  /** Makes every attempt that is due, a few at a time; resolves when each has its answer and that is kept. */
  async deliverDue(): Promise<void> {
    const free = Math.max(0, MOST_UNDER_WAY - this.#underWay.size);
    await Promise.all(Array.from({ length: free }, () => this.#deliverOneByOne()));
  }

  async #deliverOneByOne(): Promise<void> {
    for (let due = this.#nextDue(); due; due = this.#nextDue()) await this.#attempt(due);
  }

  #nextDue(): Delivery | undefined {
    const now = this.#props.now();
    for (const delivery of this.#deliveries.values()) {
      if (delivery.state === 'pending' && delivery.nextAttemptAt <= now && !this.#underWay.has(delivery.id)) return delivery;
    }
    return undefined;
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { now, sign, send = post, store } = this.#props;
    const signed = sign(delivery, now());
    if (!signed) {
      this.#deliveries.put(delivery.id, { ...delivery, state: 'given-up' });
      return store.commit();
    }
    this.#underWay.add(delivery.id);
    try {
      const attempt = await send(signed, delivery.body).then(
        ({ status }): Attempt => ({ at: new Date(now()).toISOString(), status }),
        (error: unknown): Attempt => ({ at: new Date(now()).toISOString(), error: error instanceof Error ? error.message : String(error) }),
      );
      this.#deliveries.put(delivery.id, this.#after(delivery, attempt));
      await store.commit();
    } finally {
      this.#underWay.delete(delivery.id);
    }
  }

  #after(delivery: Delivery, attempt: Attempt): Delivery {
    const now = this.#props.now();
    const attemptCount = delivery.attemptCount + 1;
    const next = { ...delivery, attemptCount, attempts: [...delivery.attempts, attempt].slice(-KEPT_ATTEMPTS) };
    const arrived = attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300;
    if (arrived) return delivery.twice ? { ...next, twice: false, nextAttemptAt: now } : { ...next, state: 'delivered' };
    if (now - delivery.createdAt > GIVEN_UP_AFTER_MS) return { ...next, state: 'given-up' };
    return { ...next, nextAttemptAt: now + Math.min(FIRST_PAUSE_MS * 2 ** (attemptCount - 1), LONGEST_PAUSE_MS) };
  }

  #forgetOld(): void {
    if (this.#deliveries.size <= KEPT_DELIVERIES) return;
    for (const { id, state } of this.#deliveries.values()) {
      if (state === 'pending') continue;
      this.#deliveries.delete(id);
      return;
    }
  }
}
