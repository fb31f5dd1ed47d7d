import type Stripe from 'stripe';
import type { Collection, Store } from '../../sandbox/store';
import type { ErrorBody } from './errors';

interface Owned {
  /** `acct_…` */
  readonly account: string;
}

export interface IntentRecord extends Owned {
  readonly intent: Stripe.PaymentIntent;
  /** Milliseconds since 1970: search finds an intent only some time after it was made. */
  readonly createdAt: number;
  /** The payment method whose holder has passed the second factor. */
  readonly authenticated?: string;
  /** How the last confirmation wanted a second factor to be asked for, and where to go after it. */
  readonly returnUrl?: string;
  readonly useStripeSdk: boolean;
}

export interface MethodRecord extends Owned {
  readonly method: Stripe.PaymentMethod;
  /** Name of the test card; the number itself is not kept. */
  readonly card: string;
}

export interface TokenRecord extends Owned {
  readonly token: Stripe.ConfirmationToken;
  /** The payment method that confirming with the token makes. */
  readonly method: Stripe.PaymentMethod;
  readonly card: string;
}

/** A second factor that a card's holder is asked for. */
export interface Challenge extends Owned {
  readonly id: string;
  readonly intent: string;
  readonly state: 'open' | 'completed' | 'failed' | 'abandoned';
}

/** Events of every type have these members; the SDK's own type is a union of all of them. */
export interface EventRecord extends Owned {
  readonly event: Stripe.EventBase;
}

export interface EndpointRecord extends Owned {
  readonly endpoint: Stripe.WebhookEndpoint;
  readonly secret: string;
}

/** Something that happens by itself at `at`, milliseconds since 1970. */
export interface Due extends Owned {
  readonly kind: 'authorization-expires' | 'refund-settles';
  readonly id: string;
  readonly at: number;
}

/** The first answer to a request with an idempotency key. */
export interface StoredAnswer extends Owned {
  readonly key: string;
  readonly endpoint: string;
  /** Digest of the parameters. */
  readonly parameters: string;
  readonly requestId: string;
  readonly status: number;
  readonly body: object | { readonly error: ErrorBody };
  readonly storedAt: number;
}

/** Everything the payment sandbox knows, of all accounts; ids are unique among them. */
export class Ledger {
  readonly intents: Collection<IntentRecord>;
  readonly charges: Collection<Owned & { readonly charge: Stripe.Charge }>;
  readonly refunds: Collection<Owned & { readonly refund: Stripe.Refund }>;
  readonly disputes: Collection<Owned & { readonly dispute: Stripe.Dispute }>;
  readonly methods: Collection<MethodRecord>;
  readonly tokens: Collection<TokenRecord>;
  readonly challenges: Collection<Challenge>;
  readonly events: Collection<EventRecord>;
  readonly endpoints: Collection<EndpointRecord>;
  readonly due: Collection<Due>;
  readonly answers: Collection<StoredAnswer>;

  constructor(store: Store) {
    this.intents = store.collection('payment_intents');
    this.charges = store.collection('charges');
    this.refunds = store.collection('refunds');
    this.disputes = store.collection('disputes');
    this.methods = store.collection('payment_methods');
    this.tokens = store.collection('confirmation_tokens');
    this.challenges = store.collection('challenges');
    this.events = store.collection('events');
    this.endpoints = store.collection('webhook_endpoints');
    this.due = store.collection('due');
    this.answers = store.collection('idempotency');
  }
}

/** The record with this id if it belongs to the account. */
export function owned<T extends Owned>(collection: Collection<T>, account: string, id: string): T | undefined {
  const record = collection.get(id);
  return record?.account === account ? record : undefined;
}

/** The account's records, newest first, as every list of the API. */
export const newestFirst = <T extends Owned>(collection: Collection<T>, account: string): T[] =>
  [...collection.values()].filter((record) => record.account === account).toReversed();
