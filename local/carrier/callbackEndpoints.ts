import { randomBytes } from 'node:crypto';
import type { CallbackEndpoint } from '../../contracts/carrier';
import type { Collection, Store } from '../sandbox/store';
import { CarrierRefusal } from './problems';

interface EndpointRecord {
  readonly account: string;
  readonly endpoint: CallbackEndpoint;
}

/** Where the shops want to be told: an endpoint keeps its secret when it is put again. */
export class CallbackEndpoints {
  readonly #endpoints: Collection<EndpointRecord>;

  constructor(store: Store) {
    this.#endpoints = store.collection('callback_endpoints');
  }

  put(account: string, id: string, url: string): CallbackEndpoint {
    const key = `${account}:${id}`;
    const secret = this.#endpoints.get(key)?.endpoint.secret ?? `whsec_${randomBytes(24).toString('base64')}`;
    const endpoint = { id, url, secret };
    this.#endpoints.put(key, { account, endpoint });
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

  get(key: string): CallbackEndpoint | undefined {
    return this.#endpoints.get(key)?.endpoint;
  }
}
