import { v7 as uuid } from 'uuid';
import { CarrierSandbox } from '../../../local/carrier/carrierSandbox';
import { memoryStore } from '../../../local/sandbox/store';
import type { SendWebhook } from '../../../local/sandbox/webhooks';
import { CarrierProblem, Shipment, type ShipmentRequest } from '../../../contracts/carrier';

export const API_KEY = 'carrier-key-of-dev';

export const shipmentRequest = (recipient: Partial<ShipmentRequest['recipient']> = {}): unknown => ({
  recipient: { name: 'Ada Lovelace', line1: 'Invalidenstr. 1', postalCode: '10115', city: 'Berlin', country: 'DE', email: 'ada@example.com', ...recipient },
  parcels: [{ contents: [{ description: 'Walnut serving board', sku: 'walnut-serving-board', quantity: 2, unitValue: { amount: 4_990, currency: 'EUR' } }] }],
  value: { amount: 9_980, currency: 'EUR' },
  idempotencyKey: 'browser-key-1',
});

export const newReference = (): string => uuid();

/** A carrier in memory with a clock of its own. */
export function carrierInMemory(start = Date.UTC(2026, 10, 23)) {
  const clock = { now: start };
  const sent: { url: string; headers: Readonly<Record<string, string>>; body: string }[] = [];
  const receiver = { status: 204 };
  const send: SendWebhook = async ({ url, headers }, body) => {
    sent.push({ url, headers, body });
    return receiver;
  };
  const sandbox = new CarrierSandbox({ store: memoryStore(), now: () => clock.now, send });
  return { sandbox, clock, sent, receiver, api: carrierApi((request) => sandbox.fetch(request), 'http://carrier.example') };
}

/** Calls of the carrier's API whose answers fit its contract. */
export function carrierApi(fetch: (request: Request) => Promise<Response>, url: string, key: string | null = API_KEY) {
  const ask = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown; headers: Headers }> => {
    const headers = { 'content-type': 'application/json', ...(key !== null && { 'x-api-key': key }) };
    const answer = await fetch(new Request(`${url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }));
    const text = await answer.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    if (answer.status >= 400) CarrierProblem.parse(parsed);
    else if (path.startsWith('/v1/shipments/')) Shipment.parse(parsed);
    return { status: answer.status, body: parsed, headers: answer.headers };
  };
  return {
    ask,
    book: (reference: string, request: unknown = shipmentRequest()) => ask('PUT', `/v1/shipments/${reference}`, request),
    find: (reference: string) => ask('GET', `/v1/shipments/${reference}`),
    recall: (reference: string) => ask('DELETE', `/v1/shipments/${reference}`),
  };
}
