import picomatch from 'picomatch';
import * as z from 'zod';
import type { Collection, Store } from './store';

/** What a sandbox can be told to do wrong with a request; in brackets what the caller sees. */
const REQUEST_FAULTS = [
  /** The connection is closed at once. */
  'down',
  /** The answer comes `milliseconds` late; meanwhile the work counts as being in progress. */
  'slow',
  /** 429 with Retry-After; nothing is done. */
  'throttle',
  /** 500 (payment) or 503 (carrier); nothing is done. */
  'server-error',
  /** The same, though the work has been done. */
  'server-error-after-work',
  /** The connection is closed after `milliseconds`; nothing is done. */
  'timeout-before-work',
  /** The work is done, and the connection closed after `milliseconds` instead of an answer. */
  'timeout-after-work',
] as const;
export type RequestFault = (typeof REQUEST_FAULTS)[number];

const WEBHOOK_FAULTS = [
  /** It is sent twice. */
  'duplicate-webhook',
  /** Its first attempt waits for `milliseconds`, so that later ones come earlier. */
  'reorder-webhooks',
  /** It is never sent. */
  'drop-webhook',
] as const;
export type WebhookFault = (typeof WEBHOOK_FAULTS)[number];

/** One instruction of `PUT /_sandbox/faults`. Of several that match a request, the first counts. */
export const FaultRule = z.strictObject({
  match: z
    .strictObject({
      /** Any method without it. */
      method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
      /** Glob over the request's path, `/v1/payment_intents/*` and `**` alike; for webhooks over the event's type. */
      path: z.string().min(1).optional(),
      /** How often it applies before it is used up; without it until the faults are replaced. */
      times: z.int().positive().optional(),
    })
    .prefault({}),
  fault: z.enum([...REQUEST_FAULTS, ...WEBHOOK_FAULTS]),
  milliseconds: z.int().nonnegative().max(600_000).optional(),
});
export type FaultRule = z.infer<typeof FaultRule>;

export interface MatchedFault<Kind extends RequestFault | WebhookFault> {
  readonly fault: Kind;
  readonly milliseconds: number;
}

const DEFAULT_MILLISECONDS = 1_000;
const isRequestFault = (fault: FaultRule['fault']): fault is RequestFault => REQUEST_FAULTS.some((one) => one === fault);
const isWebhookFault = (fault: FaultRule['fault']): fault is WebhookFault => WEBHOOK_FAULTS.some((one) => one === fault);

/** The faults that are switched on. */
export class Faults {
  readonly #rules: Collection<FaultRule[]>;

  constructor(store: Store) {
    this.#rules = store.collection('faults');
  }

  list(): readonly FaultRule[] {
    return this.#rules.get('rules') ?? [];
  }

  replace(rules: FaultRule[]): void {
    this.#rules.put('rules', rules);
  }

  forRequest(method: string, path: string): MatchedFault<RequestFault> | undefined {
    return this.#take(isRequestFault, method, path);
  }

  forWebhook(eventType: string): MatchedFault<WebhookFault> | undefined {
    return this.#take(isWebhookFault, undefined, eventType);
  }

  #take<Kind extends RequestFault | WebhookFault>(
    isKind: (fault: FaultRule['fault']) => fault is Kind,
    method: string | undefined,
    path: string,
  ): MatchedFault<Kind> | undefined {
    for (const [index, rule] of this.list().entries()) {
      const { fault, match, milliseconds = DEFAULT_MILLISECONDS } = rule;
      if (!isKind(fault)) continue;
      if (match.method !== undefined && method !== undefined && match.method !== method) continue;
      if (match.path !== undefined && !picomatch.isMatch(path, match.path)) continue;
      if (match.times !== undefined) this.#useUp(index, match.times);
      return { fault, milliseconds };
    }
    return undefined;
  }

  #useUp(index: number, times: number): void {
    const rules = this.list();
    this.replace(
      times === 1
        ? rules.filter((_, other) => other !== index)
        : rules.map((rule, other) => (other === index ? { ...rule, match: { ...rule.match, times: times - 1 } } : rule)),
    );
  }
}
