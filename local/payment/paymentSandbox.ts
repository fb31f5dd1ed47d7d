import { createHmac } from 'node:crypto';
import { Hono } from 'hono';
import { sandboxControls } from '../sandbox/controls';
import { Faults } from '../sandbox/faults';
import { RequestLog } from '../sandbox/requestLog';
import { sandboxFetch, type SandboxBindings } from '../sandbox/sandbox';
import type { Store } from '../sandbox/store';
import { Webhooks, type Delivery, type SendWebhook, type SignedWebhook } from '../sandbox/webhooks';
import { seconds, type Call } from './account/call';
import { Ledger } from './account/ledger';
import { settleRefund } from './account/refunds';
import { cancelIntent } from './account/settlement';
import { apiRoutes } from './api/routes';
import { browserRoutes } from './browser/routes';
import { challengeRoutes } from './pages/challenge';
import { overviewRoutes } from './pages/overview';

export interface PaymentSandboxProps {
  readonly store: Store;
  /** Milliseconds since 1970. @default the machine's clock */
  readonly now?: () => number;
  /** How webhooks are sent. @default POST over HTTP */
  readonly send?: SendWebhook;
  /** Called when something may have become due. */
  readonly onWorked?: () => void;
}

/**
 * A payment provider that speaks the Stripe API. It needs no server: give `fetch` to the SDK with
 * `httpClient: Stripe.createFetchHttpClient(sandbox.fetch)`, a store in memory and a clock, and call `tick` when the
 * clock has moved.
 */
export class PaymentSandbox {
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly webhooks: Webhooks;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly #store: Store;
  readonly #now: () => number;

  constructor({ store, now = Date.now, send, onWorked }: PaymentSandboxProps) {
    this.#store = store;
    this.#now = now;
    this.ledger = new Ledger(store);
    this.faults = new Faults(store);
    this.requests = new RequestLog(store);
    this.webhooks = new Webhooks({ store, faults: this.faults, now, send, sign: (delivery, at) => this.#sign(delivery, at) });
    const call = (account: string, origin: string): Call => this.#call(account, origin);
    const app = new Hono<{ Bindings: SandboxBindings }>();
    app.route('/', sandboxControls(this));
    app.route('/', apiRoutes({ ledger: this.ledger, now, sendWebhook: this.#sendWebhook }));
    app.route('/', browserRoutes());
    app.route('/', challengeRoutes(this.ledger, call));
    app.route('/', overviewRoutes(this));
    this.fetch = sandboxFetch({ app, store, faults: this.faults, requests: this.requests, now, isApi: (path) => path.startsWith('/v1/'), redact: withoutCard, onWorked });
  }

  /** Does what is due: authorizations expire, refunds settle, webhooks are sent. */
  async tick(): Promise<void> {
    for (const { id, kind, at, account } of this.ledger.due.values()) {
      if (at > this.#now()) continue;
      this.ledger.due.delete(id);
      if (kind === 'authorization-expires') cancelIntent(this.#call(account, ''), id, 'automatic');
      else settleRefund(this.#call(account, ''), id);
    }
    await this.#store.commit();
    await this.webhooks.deliverDue();
  }

  /** When `tick` has something to do, in milliseconds since 1970. */
  nextDueAt(): number | undefined {
    let earliest = this.webhooks.nextDueAt();
    for (const { at } of this.ledger.due.values()) earliest = Math.min(earliest ?? at, at);
    return earliest;
  }

  #call(account: string, origin: string): Call {
    return { ledger: this.ledger, account, origin, now: this.#now(), sendWebhook: this.#sendWebhook };
  }

  readonly #sendWebhook: Call['sendWebhook'] = (endpoint, event) => {
    this.webhooks.enqueue({ endpoint, event: event.id, type: event.type, body: JSON.stringify(event, null, 2) });
  };

  /** https://docs.stripe.com/webhooks#verify-manually */
  #sign({ endpoint: id, body }: Delivery, now: number): SignedWebhook | undefined {
    const record = this.ledger.endpoints.get(id);
    if (!record || record.endpoint.status !== 'enabled') return undefined;
    const timestamp = seconds(now);
    const signature = createHmac('sha256', record.secret).update(`${timestamp}.${body}`).digest('hex');
    return { url: record.endpoint.url, headers: { 'stripe-signature': `t=${timestamp},v1=${signature}`, 'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)' } };
  }
}

/** A card's number and code are not kept, as in the real thing. */
const withoutCard = (body: string): string => body.replaceAll(/(%5Bnumber%5D|%5Bcvc%5D|\[number\]|\[cvc\])=[^&]*/gi, '$1=***');
