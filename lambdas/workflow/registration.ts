import { createHash } from 'node:crypto';
import type { Stripe } from 'stripe';
import { CallbackEndpoint, CARRIER_API_KEY_HEADER } from '../../contracts/carrier';
import { PAYMENT_EVENTS } from './payment/payment-events';
import { STRIPE_API_VERSION } from './payment/stripe-payments';

const DAY_MS = 24 * 3_600_000;
/** So old a secret may become. */
const SECRET_DAYS = 30;
/** So long Stripe tries to deliver an event, and a day (https://docs.stripe.com/webhooks#automatic-retries). */
const IN_FLIGHT_DAYS = 4;

/** Where the secret is kept that a provider signs with. The one before it is accepted too. */
export interface SigningSecret {
  /** @returns nothing while it has no value */
  current(): Promise<{ readonly text: string; readonly since: Date } | undefined>;
  keep(text: string): Promise<void>;
}

export interface Registration {
  readonly url: string;
  readonly secret: SigningSecret;
  readonly now: Date;
}

/** Says that the secret of an endpoint is kept: Stripe tells it once, and whoever was interrupted then knows it no more. */
const KEPT = { secret: 'kept' };
const isKept = ({ metadata, api_version: version }: Stripe.WebhookEndpoint): boolean => metadata['secret'] === KEPT.secret && version === STRIPE_API_VERSION;

/**
 * Registers the address with Stripe, or brings what is registered for it up to date. An endpoint has one secret for life,
 * so after a month a second one is made; the first goes when all that it had to deliver has been delivered.
 */
export async function registerPaymentWebhook(stripe: Stripe, { url, secret, now }: Registration): Promise<void> {
  const endpoints = (await endpointsAt(stripe, url)).toSorted((one, other) => other.created - one.created);
  const newest = (await secret.current()) && endpoints.find(isKept);
  const ageInDays = newest ? (now.getTime() - newest.created * 1_000) / DAY_MS : Number.POSITIVE_INFINITY;
  if (!newest || ageInDays >= SECRET_DAYS) {
    await makeEndpoint(stripe, url, secret);
  } else {
    await stripe.webhookEndpoints.update(newest.id, { enabled_events: [...PAYMENT_EVENTS] });
  }
  const isOver = (endpoint: Stripe.WebhookEndpoint): boolean => !isKept(endpoint) || (endpoint !== newest && ageInDays >= IN_FLIGHT_DAYS);
  for (const { id } of endpoints.filter(isOver)) await stripe.webhookEndpoints.del(id);
}

async function makeEndpoint(stripe: Stripe, url: string, secret: SigningSecret): Promise<void> {
  const { id, secret: text } = await stripe.webhookEndpoints.create({ url, enabled_events: [...PAYMENT_EVENTS], api_version: STRIPE_API_VERSION, description: 'Website: payments of orders' });
  if (!text) throw new Error(`Stripe gave no secret for ${url}`);
  await secret.keep(text);
  await stripe.webhookEndpoints.update(id, { metadata: KEPT });
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

/** Registers the address with the carrier, and asks for another secret after a month. */
export async function registerCarrierCallbacks(carrier: CarrierAccess, { url, secret, now }: Registration): Promise<void> {
  const registered = await secretFrom(await call(carrier, 'PUT', url, '', JSON.stringify({ url })));
  const kept = await secret.current();
  if (kept?.text !== registered) return secret.keep(registered);
  if (now.getTime() - kept.since.getTime() >= SECRET_DAYS * DAY_MS) await secret.keep(await secretFrom(await call(carrier, 'POST', url, '/secret')));
}

export async function forgetCarrierCallbacks(carrier: CarrierAccess, url: string): Promise<void> {
  await call(carrier, 'DELETE', url);
}

const secretFrom = async (answer: Response): Promise<string> => CallbackEndpoint.parse(await answer.json()).secret;

/** @throws Error with what the carrier said when it did not agree */
async function call({ apiUrl, apiKey }: CarrierAccess, method: 'PUT' | 'POST' | 'DELETE', url: string, path = '', body?: string): Promise<Response> {
  const address = `${apiUrl}/v1/callback-endpoints/${idOf(url)}${path}`;
  const answer = await fetch(address, { method, body, headers: { [CARRIER_API_KEY_HEADER]: apiKey, 'content-type': 'application/json' }, signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`${method} ${address} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return answer;
}

/** The same address has the same endpoint. */
const idOf = (url: string): string => createHash('sha256').update(url).digest('hex').slice(0, 24);
