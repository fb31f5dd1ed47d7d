import type { OrderId } from '../../../contracts/ids';
import { paymentCaptured } from '../order-changes';
import type { WorkflowOrders } from '../orders-table';
import { PaymentUnavailable } from './payments';
import type { Payments } from './payments';

export type CaptureOutcome = { readonly outcome: 'CAPTURED' } | { readonly outcome: 'CAPTURE_FAILED' | 'PAYMENT_EXPIRED' | 'CANCELLED'; readonly detail?: string };

/**
 * Takes the money that is held for an order whose shipment is booked.
 * @throws PaymentUnavailable
 */
export async function capturePayment(
  { orders, payments }: { readonly orders: Pick<WorkflowOrders, 'get' | 'change'>; readonly payments: Payments },
  orderId: OrderId,
): Promise<CaptureOutcome> {
  const order = await orders.get(orderId);
  if (order.payment.status === 'CAPTURED') return { outcome: 'CAPTURED' };
  if (order.cancellation || order.undoing) return { outcome: 'CANCELLED', detail: order.cancellation?.detail };
  const { intentId } = order.payment;
  if (intentId === undefined) throw new Error(`Order ${orderId} has no payment to capture`);

  const payment = await payments.capture(intentId, orderId);
  if (payment.status === 'succeeded') {
    await orders.change(orderId, paymentCaptured(payment.captured), order);
    return { outcome: 'CAPTURED' };
  }
  if (payment.status === 'processing') throw new PaymentUnavailable('The provider is still working on it');
  if (payment.status === 'canceled') return { outcome: 'PAYMENT_EXPIRED', detail: 'The authorization expired before the money was taken' };
  return { outcome: 'CAPTURE_FAILED', detail: payment.decline?.message };
}
