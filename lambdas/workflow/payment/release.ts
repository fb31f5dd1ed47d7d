import type { OrderId } from '../../../contracts/ids';
import { euros } from '../../../contracts/money';
import { paymentRefunded, paymentVoided } from '../order-changes';
import type { WorkflowOrders } from '../orders-table';
import { valueKept } from '../order-value';
import { PaymentUnavailable } from './payments';
import type { Payment, Payments } from './payments';

/**
 * Gives the customer back what they do not get goods for: lets go of what is only held, refunds what was captured down
 * to the value of the goods that are kept. What is due is worked out from what the provider has done, not from what
 * the shop remembers, so that a lost answer is not paid twice.
 * @throws PaymentUnavailable
 */
export async function releasePayment(
  { orders, payments }: { readonly orders: Pick<WorkflowOrders, 'get' | 'change'>; readonly payments: Payments },
  orderId: OrderId,
): Promise<void> {
  const order = await orders.get(orderId);
  const { undoing, payment: { intentId } } = order;
  if (!undoing) return;
  if (intentId === undefined) {
    await orders.change(orderId, paymentVoided, order);
    return;
  }
  const payment = await settled(payments, await payments.retrieve(intentId), orderId);
  if (payment.status === 'canceled') {
    await orders.change(orderId, paymentVoided, order);
    return;
  }
  const due = payment.captured.amount - payment.refunded.amount - valueKept(order, undoing.lines).amount;
  const { captured, refunded } = due > 0 ? await payments.refund(intentId, orderId, euros(due), undoing.undoingId) : payment;
  await orders.change(orderId, paymentRefunded({ captured, refunded }), order);
}

/** Nothing held any more: cancelled, or captured. */
async function settled(payments: Payments, payment: Payment, orderId: OrderId): Promise<Payment> {
  const released = payment.status === 'succeeded' || payment.status === 'canceled' ? payment : await payments.cancel(payment.intentId, orderId);
  if (released.status === 'succeeded' || released.status === 'canceled') return released;
  throw new PaymentUnavailable(`The payment is ${released.status}`);
}
