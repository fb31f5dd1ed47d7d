import { createHash } from 'node:crypto';
import type { Stripe } from 'stripe';
import { CallbackEndpoint, CARRIER_API_KEY_HEADER } from '../../contracts/carrier';
import { PAYMENT_EVENTS } from './payment/payment-events';
import { STRIPE_API_VERSION } from './payment/stripe-payments';

/**
 * Registers the address with Stripe, or brings what is registered for it up to date.
 * @returns the secret that Stripe signs with when it is a new one: it is told once, when an endpoint is made
 */
export async function registerPaymentWebhook(stripe: Stripe, url: string): Promise<string | undefined> {
  const before = await endpointsAt(stripe, url);
  const current = before.find((endpoint) => endpoint.api_version === STRIPE_API_VERSION);
  if (current) {
    await stripe.webhookEndpoints.update(current.id, { enabled_events: [...PAYMENT_EVENTS] });
    return undefined;
  }
  const { secret } = await stripe.webhookEndpoints.create({ url, enabled_events: [...PAYMENT_EVENTS], api_version: STRIPE_API_VERSION, description: 'Website: payments of orders' });
  if (!secret) throw new Error(`Stripe gave no secret for ${url}`);
  for (const { id } of before) await stripe.webhookEndpoints.del(id);
  return secret;
}

export async function forgetPaymentWebhook(stripe: Stripe, url: string): Promise<void> {
  for (const { id } of await endpointsAt(stripe, url)) await stripe.webhookEndpoints.del(id);
}

async function endpointsAt(stripe: Stripe, url: string): Promise<Stripe.WebhookEndpoint[]> {
  const all = await stripe.webhookEndpoints.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
  return all.filter((endpoint) => endpoint.url === url);
}

export interface CarrierAccess {
  readonly apiUrl: string;
  readonly apiKey: string;
}

/** @returns the secret that the carrier signs with */
export async function registerCarrierCallbacks(carrier: CarrierAccess, url: string): Promise<string> {
  const answer = await call(carrier, 'PUT', url, JSON.stringify({ url }));
  return CallbackEndpoint.parse(await answer.json()).secret;
}

export async function forgetCarrierCallbacks(carrier: CarrierAccess, url: string): Promise<void> {
  await call(carrier, 'DELETE', url);
}

/** @throws Error with what the carrier said when it did not agree */
async function call({ apiUrl, apiKey }: CarrierAccess, method: 'PUT' | 'DELETE', url: string, body?: string): Promise<Response> {
  const address = `${apiUrl}/v1/callback-endpoints/${idOf(url)}`;
  const answer = await fetch(address, { method, body, headers: { [CARRIER_API_KEY_HEADER]: apiKey, 'content-type': 'application/json' }, signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`${method} ${address} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return answer;
}

/** The same address has the same endpoint. */
const idOf = (url: string): string => createHash('sha256').update(url).digest('hex').slice(0, 24);
