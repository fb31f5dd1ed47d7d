import type Stripe from 'stripe';
import { API_VERSION, seconds, type Call } from './call';
import { newId } from './ids';
import type { EventRecord } from './ledger';

const KEPT_MS = 30 * 24 * 3600_000;

/** Keeps an event for 30 days, as Stripe does, and sends it to the endpoints that are enabled for its type. */
export function emit(call: Call, type: Stripe.Event['type'], object: object, previous?: object): void {
  const { account, ledger } = call;
  const receivers = [...ledger.endpoints.values()].filter(
    ({ account: owner, endpoint }) => owner === account && endpoint.status === 'enabled' && (endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type)),
  );
  const event: Stripe.EventBase = {
    id: newId('evt'),
    object: 'event',
    api_version: API_VERSION,
    created: seconds(call.now),
    data: { object, ...(previous && { previous_attributes: previous }) },
    livemode: false,
    pending_webhooks: receivers.length,
    request: { id: call.requestId ?? null, idempotency_key: call.idempotencyKey ?? null },
    type,
  };
  ledger.events.put(event.id, { account, event });
  forgetOld(call);
  for (const { endpoint } of receivers) call.sendWebhook(endpoint.id, { ...event, api_version: endpoint.api_version });
}

function forgetOld({ ledger, now }: Call): void {
  const oldest: EventRecord | undefined = ledger.events.values().next().value;
  if (oldest && oldest.event.created * 1000 < now - KEPT_MS) ledger.events.delete(oldest.event.id);
}
