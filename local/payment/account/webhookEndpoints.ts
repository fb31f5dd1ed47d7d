import type Stripe from 'stripe';
import { API_VERSION, seconds, type Call } from './call';
import { invalidRequest, noSuch } from './errors';
import { newId, randomText } from './ids';
import { newestFirst, owned, type EndpointRecord } from './ledger';
import { pageOf, type ListParameters } from './lists';

/** https://docs.stripe.com/webhooks: the most endpoints an account can have in each mode. */
const MOST_ENDPOINTS = 16;

export interface EndpointParameters {
  readonly url: string;
  readonly enabled_events: string[];
  readonly api_version?: string;
  readonly description?: string | null;
  readonly metadata?: Record<string, string>;
}

/** The answer is the only one that tells the secret. */
export function createEndpoint(call: Call, parameters: EndpointParameters): Stripe.WebhookEndpoint {
  const { ledger, account, now } = call;
  checkEvents(parameters.enabled_events);
  if (newestFirst(ledger.endpoints, account).length >= MOST_ENDPOINTS) throw invalidRequest(`You have reached the maximum of ${MOST_ENDPOINTS} test webhook endpoints.`);
  const secret = `whsec_${randomText(32)}`;
  const endpoint: Stripe.WebhookEndpoint = {
    id: newId('we'),
    object: 'webhook_endpoint',
    api_version: parameters.api_version ?? API_VERSION,
    application: null,
    created: seconds(now),
    description: parameters.description ?? null,
    enabled_events: parameters.enabled_events,
    livemode: false,
    metadata: parameters.metadata ?? {},
    status: 'enabled',
    url: checkedUrl(parameters.url),
  };
  ledger.endpoints.put(endpoint.id, { account, endpoint, secret });
  return { ...endpoint, secret };
}

export function endpointRecord({ ledger, account }: Call, id: string): EndpointRecord {
  const record = owned(ledger.endpoints, account, id);
  if (!record) throw noSuch('webhook_endpoint', id, 'webhook_endpoint', 404);
  return record;
}

export function updateEndpoint(call: Call, id: string, change: Partial<Omit<Stripe.WebhookEndpoint, 'id' | 'object'>>): Stripe.WebhookEndpoint {
  const record = endpointRecord(call, id);
  if (change.enabled_events) checkEvents(change.enabled_events);
  if (change.url !== undefined) checkedUrl(change.url);
  const endpoint = { ...record.endpoint, ...change };
  call.ledger.endpoints.put(id, { ...record, endpoint });
  return endpoint;
}

export function deleteEndpoint(call: Call, id: string): Stripe.DeletedWebhookEndpoint {
  endpointRecord(call, id);
  call.ledger.endpoints.delete(id);
  return { id, object: 'webhook_endpoint', deleted: true };
}

export const listEndpoints = ({ ledger, account }: Call, parameters: ListParameters): Stripe.ApiList<Stripe.WebhookEndpoint> =>
  pageOf(
    newestFirst(ledger.endpoints, account).map(({ endpoint }) => endpoint),
    parameters,
    '/v1/webhook_endpoints',
  );

function checkEvents(types: readonly string[]): void {
  const wrong = types.find((type) => type !== '*' && !/^[a-z_]+(\.[a-z_]+)+$/.test(type));
  if (wrong !== undefined) throw invalidRequest(`Invalid enabled_events: ${wrong} is no event type`, { param: 'enabled_events' });
}

/** Stripe itself refuses addresses that cannot be reached from outside; everything here is on one machine. */
function checkedUrl(url: string): string {
  if (URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)) return url;
  throw invalidRequest('Invalid URL: An explicit scheme (such as https) must be provided.', { code: 'url_invalid', param: 'url' });
}
