import type { Stripe } from 'stripe';
import { OrderId } from '../../../contracts/ids';
import type { OrderRecord } from '../../../contracts/order-record';
import { ProblemError } from '../../shared/problem-error';
import { needsAttention } from '../order-changes';
import type { WorkflowOrders } from '../orders-table';
import type { Waits } from '../waits';

/** The events that the shop's endpoint is registered for. */
export const PAYMENT_EVENTS = ['payment_intent.amount_capturable_updated', 'payment_intent.payment_failed', 'payment_intent.canceled', 'charge.dispute.created'] as const satisfies readonly Stripe.WebhookEndpointCreateParams.EnabledEvent[];

/** https://docs.stripe.com/webhooks#replay-attacks */
const TOLERATED_SECONDS = 300;

/**
 * @param body the request's very bytes, as text: the signature is over them
 * @throws ProblemError `bad-signature` for one that is missing, wrong or too old
 */
export async function verifiedEvent(stripe: Stripe, body: string, signature: string | undefined, secret: string, toleratedSeconds = TOLERATED_SECONDS): Promise<Stripe.Event> {
  try {
    return await stripe.webhooks.constructEventAsync(body, signature ?? '', secret, toleratedSeconds);
  } catch (error) {
    throw new ProblemError('bad-signature', undefined, { cause: error });
  }
}

export interface PaymentNews {
  readonly orders: Pick<WorkflowOrders, 'find' | 'change'>;
  readonly waits: Pick<Waits, 'wake'>;
  /** Asks the provider for a payment. */
  readonly intent: (intentId: string) => Promise<Pick<Stripe.PaymentIntent, 'id' | 'metadata'>>;
}

/**
 * What a payment's event means for its order. The event is a hint and no more: the workflow looks at the payment
 * itself, so an event that comes twice, late or out of order does no harm.
 */
export async function receivePaymentEvent({ orders, waits, intent }: PaymentNews, event: Stripe.Event): Promise<void> {
  if (event.type === 'charge.dispute.created') {
    const { payment_intent: disputed, reason } = event.data.object;
    // A dispute says which payment, and nothing of its metadata.
    const order = disputed === null ? undefined : await orderOf(orders, typeof disputed === 'string' ? await intent(disputed) : disputed);
    if (order) await orders.change(order.orderId, needsAttention('PAYMENT_DISPUTED', `The customer's bank disputes the payment: ${reason}`), order);
    return;
  }
  if (event.type !== 'payment_intent.amount_capturable_updated' && event.type !== 'payment_intent.payment_failed' && event.type !== 'payment_intent.canceled') return;
  const order = await orderOf(orders, event.data.object);
  if (order?.status === 'ACTION_REQUIRED' || order?.status === 'ACCEPTED') await waits.wake(order.orderId);
}

/** The order that a payment belongs to; none for a payment of something else, or that only says so. */
async function orderOf(orders: Pick<WorkflowOrders, 'find'>, { id, metadata }: Pick<Stripe.PaymentIntent, 'id' | 'metadata'>): Promise<OrderRecord | undefined> {
  const orderId = OrderId.safeParse(metadata.order_id);
  const order = orderId.success ? await orders.find(orderId.data) : undefined;
  return order?.payment.intentId === id ? order : undefined;
}
