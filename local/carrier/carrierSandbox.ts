import { Hono } from 'hono';
import { Webhook } from 'standardwebhooks';
import { v7 as uuid } from 'uuid';
import { sandboxControls } from '../sandbox/controls';
import { Faults } from '../sandbox/faults';
import { RequestLog } from '../sandbox/requestLog';
import { sandboxFetch, type SandboxBindings } from '../sandbox/sandbox';
import type { Store } from '../sandbox/store';
import { Webhooks, type Delivery, type SendWebhook, type SignedWebhook } from '../sandbox/webhooks';
import { CallbackEndpoints } from './callbackEndpoints';
import { overviewRoutes } from './overview';
import { carrierRoutes } from './routes';
import { Shipments } from './shipments';

export interface CarrierSandboxProps {
  readonly store: Store;
  /** Milliseconds since 1970. @default the machine's clock */
  readonly now?: () => number;
  /** How callbacks are sent. @default POST over HTTP */
  readonly send?: SendWebhook;
  /** Called when something may have become due. */
  readonly onWorked?: () => void;
}

/** A carrier that needs no server: call its `fetch`, or its `shipments`, and `tick` when the clock has moved. */
export class CarrierSandbox {
  readonly shipments: Shipments;
  readonly endpoints: CallbackEndpoints;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly webhooks: Webhooks;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly #store: Store;

  constructor({ store, now = Date.now, send, onWorked }: CarrierSandboxProps) {
    this.#store = store;
    this.faults = new Faults(store);
    this.requests = new RequestLog(store);
    this.endpoints = new CallbackEndpoints(store);
    this.webhooks = new Webhooks({ store, faults: this.faults, now, send, sign: (delivery, at) => this.#sign(delivery, at) });
    this.shipments = new Shipments({
      store,
      now,
      onEvent: (account, event) => {
        for (const endpoint of this.endpoints.keysOf(account)) this.webhooks.enqueue({ endpoint, event: `msg_${uuid()}`, type: event.type, body: JSON.stringify(event) });
      },
    });
    const app = new Hono<{ Bindings: SandboxBindings }>();
    app.route('/', sandboxControls(this));
    app.route('/', carrierRoutes(this.shipments, this.endpoints, now));
    app.route('/', overviewRoutes(this));
    this.fetch = sandboxFetch({ app, store, faults: this.faults, requests: this.requests, now, isApi: (path) => path.startsWith('/v1/'), onWorked });
  }

  /** Does what is due: shipments move on, callbacks are sent. */
  async tick(): Promise<void> {
    this.shipments.moveOn();
    await this.#store.commit();
    await this.webhooks.deliverDue();
  }

  /** When `tick` has something to do, in milliseconds since 1970. */
  nextDueAt(): number | undefined {
    const moments = [this.shipments.nextDueAt(), this.webhooks.nextDueAt()].filter((at) => at !== undefined);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }

  /** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
  #sign({ endpoint: key, event, body }: Delivery, now: number): SignedWebhook | undefined {
    const endpoint = this.endpoints.get(key, now);
    if (!endpoint) return undefined;
    const at = new Date(now);
    const signatures = endpoint.secrets.map((secret) => new Webhook(secret).sign(event, at, body));
    const headers = { 'webhook-id': event, 'webhook-timestamp': String(Math.floor(now / 1000)), 'webhook-signature': signatures.join(' ') };
    return { url: endpoint.url, headers };
  }
}
