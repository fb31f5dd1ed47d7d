import * as z from 'zod/mini';
import { MAX_WEBHOOK_BYTES } from '../limits';
import type { Route } from './route';

const Received = z.object({ received: z.literal(true) });
const WEBHOOK = { method: 'POST', traffic: 'webhooks', maxBodyBytes: MAX_WEBHOOK_BYTES, problems: ['bad-signature', 'invalid-body'], status: 200, response: Received } as const;

export const WEBHOOK_ROUTES = {
  /** Called by the payment provider and the carrier, who sign what they send: the body is theirs, not a contract of ours. */
  receivePaymentEvent: { ...WEBHOOK, path: '/api/webhooks/payment', summary: 'The payment provider’s events', signedBy: ['stripe-signature'] },
  receiveCarrierEvent: { ...WEBHOOK, path: '/api/webhooks/carrier', summary: 'The carrier’s callbacks', signedBy: ['webhook-id', 'webhook-timestamp', 'webhook-signature'] },
} as const satisfies Record<string, Route>;
