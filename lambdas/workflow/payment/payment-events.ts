import type { Stripe } from 'stripe';
import * as z from 'zod/mini';
import { OrderId } from '../../../contracts/ids';
import type { OrderRecord } from '../../../contracts/order-record';
import { parseOrRefuse, pointerTo } from '../../shared/parse';
import { ProblemError } from '../../shared/problem-error';
import { needsAttention } from '../order-changes';
import type { WorkflowOrders } from '../orders-table';
import type { Waits } from '../waits';

const ABOUT_PAYMENTS = ['payment_intent.amount_capturable_updated', 'payment_intent.payment_failed', 'payment_intent.canceled'] as const;
const DISPUTE = 'charge.dispute.created';
/** The events that the shop's endpoint is registered for. */
export const PAYMENT_EVENTS = [...ABOUT_PAYMENTS, DISPUTE] as const satisfies readonly Stripe.WebhookEndpointCreateParams.EnabledEvent[];

const Intent = z.object({ id: z.string(), metadata: z.record(z.string(), z.string()) });
/** Of an event, as much as is read. */
const PaymentEvent = z.union([
  z.object({ type: z.enum(ABOUT_PAYMENTS), data: z.object({ object: Intent }) }),
  // A dispute says which payment, and nothing of its metadata.
  z.object({ type: z.literal(DISPUTE), data: z.object({ object: z.object({ payment_intent: z.nullable(z.union([z.string(), Intent])), reason: z.string() }) }) }),
  z.object({ type: z.string().check(z.refine((type) => !PAYMENT_EVENTS.some((known) => known === type))) }),
]);
type PaymentEvent = z.infer<typeof PaymentEvent>;

/** https://docs.stripe.com/webhooks#replay-attacks */
const TOLERATED_SECONDS = 300;

/**
 * @param body the request's very bytes, as text: the signature is over them
 * @throws ProblemError `bad-signature` for one that is missing, wrong or too old, or `invalid-body` for what was signed and makes no sense
 */
export async function verifiedEvent(stripe: Stripe, body: string, signature: string | undefined, secret: string, toleratedSeconds = TOLERATED_SECONDS): Promise<PaymentEvent> {
  let signed: unknown;
  try {
    signed = await stripe.webhooks.constructEventAsync(body, signature ?? '', secret, toleratedSeconds);
  } catch (error) {
    throw new ProblemError('bad-signature', undefined, { cause: error });
  }
  return parseOrRefuse(PaymentEvent, signed, 'invalid-body', (path) => ({ pointer: pointerTo(path) }));
}

export interface PaymentNews {
  readonly orders: Pick<WorkflowOrders, 'find' | 'change'>;
  readonly waits: Pick<Waits, 'wake'>;
  /** Asks the provider for a payment. */
  readonly intent: (intentId: string) => Promise<z.infer<typeof Intent>>;
}

/**
 * What a payment's event means for its order. The event is a hint and no more: the workflow looks at the payment
 * itself, so an event that comes twice, late or out of order does no harm.
 */
export async function receivePaymentEvent({ orders, waits, intent }: PaymentNews, event: PaymentEvent): Promise<void> {
  if (!('data' in event)) return;
  if (event.type === DISPUTE) {
    const { payment_intent: disputed, reason } = event.data.object;
    const order = disputed === null ? undefined : await orderOf(orders, typeof disputed === 'string' ? await intent(disputed) : disputed);
    if (order) await orders.change(order.orderId, needsAttention('PAYMENT_DISPUTED', `The customer's bank disputes the payment: ${reason}`), order);
    return;
  }
  const order = await orderOf(orders, event.data.object);
  if (order?.status === 'ACTION_REQUIRED' || order?.status === 'ACCEPTED') await waits.wake(order.orderId);
}

/** The order that a payment belongs to; none for a payment of something else, or that only says so. */
async function orderOf(orders: Pick<WorkflowOrders, 'find'>, { id, metadata }: z.infer<typeof Intent>): Promise<OrderRecord | undefined> {
  const orderId = OrderId.safeParse(metadata.order_id);
  const order = orderId.success ? await orders.find(orderId.data) : undefined;
  return order?.payment.intentId === id ? order : undefined;
}
