import { randomBytes } from 'node:crypto';
import type { CallbackEndpoint } from '../../contracts/carrier';
import type { Collection, Store } from '../sandbox/store';
import { CarrierRefusal } from './problems';

interface EndpointRecord {
  readonly account: string;
  readonly endpoint: CallbackEndpoint;
  /** Signs as well until then, in milliseconds since 1970. */
  readonly former?: { readonly secret: string; readonly until: number };
}

const BOTH_SIGN_MS = 3 * 24 * 3_600_000;
const newSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;

/** Where the shops want to be told: an endpoint keeps its secret when it is put again. */
export class CallbackEndpoints {
  readonly #endpoints: Collection<EndpointRecord>;

  constructor(store: Store) {
    this.#endpoints = store.collection('callback_endpoints');
  }

  put(account: string, id: string, url: string): CallbackEndpoint {
    const key = `${account}:${id}`;
    const before = this.#endpoints.get(key);
    const endpoint = { id, url, secret: before?.endpoint.secret ?? newSecret() };
    this.#endpoints.put(key, { ...before, account, endpoint });
    return endpoint;
  }

  /** @throws CarrierRefusal `callback-endpoint-not-found` */
  changeSecret(account: string, id: string, now: number): CallbackEndpoint {
    const key = `${account}:${id}`;
    const before = this.#endpoints.get(key);
    if (!before) throw new CarrierRefusal('callback-endpoint-not-found');
    const endpoint = { ...before.endpoint, secret: newSecret() };
    this.#endpoints.put(key, { account, endpoint, former: { secret: before.endpoint.secret, until: now + BOTH_SIGN_MS } });
    return endpoint;
  }

  /** @throws CarrierRefusal `callback-endpoint-not-found` */
  delete(account: string, id: string): void {
    const key = `${account}:${id}`;
    if (!this.#endpoints.get(key)) throw new CarrierRefusal('callback-endpoint-not-found');
    this.#endpoints.delete(key);
  }

  /** Keys of an account's endpoints, for `get`. */
  keysOf(account: string): string[] {
    return [...this.#endpoints.values()].filter((record) => record.account === account).map(({ endpoint }) => `${account}:${endpoint.id}`);
  }

  /** Where it is, and the secrets that sign what is sent there now. */
  get(key: string, now: number): { readonly url: string; readonly secrets: readonly string[] } | undefined {
    const record = this.#endpoints.get(key);
    if (!record) return undefined;
    const { endpoint, former } = record;
    return { url: endpoint.url, secrets: [endpoint.secret, ...(former && now < former.until ? [former.secret] : [])] };
  }
}
