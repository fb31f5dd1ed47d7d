import type Stripe from 'stripe';
import type { Ledger } from './ledger';

/** The version whose shapes this sandbox speaks: the SDK's own. */
export const API_VERSION: typeof Stripe.API_VERSION = '2026-10-28.endive';

/** One request to one account, or one thing that happens to it by itself. */
export interface Call {
  readonly ledger: Ledger;
  readonly account: string;
  /** Milliseconds since 1970; the API's own times are in seconds. */
  readonly now: number;
  /** Where the sandbox is reached: addresses in answers begin with it. */
  readonly origin: string;
  readonly requestId?: string;
  readonly idempotencyKey?: string;
  /** Takes an event that a webhook endpoint wants. */
  readonly sendWebhook: (endpoint: string, event: Stripe.EventBase) => void;
}

export const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
