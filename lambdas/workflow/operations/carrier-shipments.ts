import { CARRIER_API_KEY_HEADER, CarrierProblem, Shipment, ShipmentPage } from '../../../contracts/carrier';
import type { OrderId } from '../../../contracts/ids';
import { toInstant } from '../../../contracts/instant';

/** The carrier did not answer, or not with what the contract says. */
export class CarrierUnavailable extends Error {
  override readonly name = 'CarrierUnavailable';
}

/** The carrier's books, to be read. Every method may throw CarrierUnavailable. */
export class CarrierShipments {
  constructor(
    private readonly apiUrl: string,
    private readonly apiKey: () => Promise<string>,
    private readonly call: typeof fetch = fetch,
  ) {}

  /** @returns undefined only when the carrier says so: a 404 of somebody in between says nothing */
  async find(reference: OrderId): Promise<Shipment | undefined> {
    const answer = await this.#get(`/v1/shipments/${reference}`);
    return answer === NOT_FOUND ? undefined : Shipment.parse(answer);
  }

  /** Shipments that have changed since then, the oldest change first, a page at a time. */
  async *changedSince(moment: Date): AsyncGenerator<readonly Shipment[]> {
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ updatedSince: toInstant(moment), ...(cursor !== undefined && { cursor }) });
      const page: ShipmentPage = ShipmentPage.parse(await this.#get(`/v1/shipments?${query.toString()}`));
      yield page.shipments;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }

  async #get(path: string): Promise<unknown> {
    const headers = { [CARRIER_API_KEY_HEADER]: await this.apiKey() };
    try {
      const answer = await this.call(`${this.apiUrl}${path}`, { headers, signal: AbortSignal.timeout(10_000) });
      const body: unknown = await answer.json();
      if (answer.ok) return body;
      const problem = CarrierProblem.safeParse(body);
      if (answer.status === 404 && problem.data?.type === '/problems/shipment-not-found') return NOT_FOUND;
      throw new Error(`answered ${answer.status}: ${JSON.stringify(body).slice(0, 300)}`);
    } catch (error) {
      throw new CarrierUnavailable(`GET ${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}

const NOT_FOUND = Symbol('shipment-not-found');
