import type { OrderId } from '../../../contracts/ids';
import { toInstant } from '../../../contracts/instant';
import type { OrderRecord } from '../../../contracts/order-record';
import { isWorkedOn } from '../../../contracts/order-status';
import { actionRequired, intentCreated, paymentAuthorized, paymentDeclined } from '../order-changes';
import type { WorkflowOrders } from '../orders-table';
import { PaymentUnavailable } from './payments';
import type { Payment, Payments } from './payments';

/** How long a customer has to prove to their bank that it is them, from the moment they ordered. */
export const ACTION_MINUTES = 15;

export type AuthorizationOutcome =
  | { readonly outcome: 'AUTHORIZED'; readonly order: OrderRecord }
  | { readonly outcome: 'ACTION_REQUIRED'; readonly secondsLeft: number }
  /** Not to be gone on with, and why. */
  | { readonly outcome: 'PAYMENT_DECLINED' | 'PAYMENT_EXPIRED' | 'CANCELLED'; readonly detail?: string };

export interface Authorization {
  readonly orders: Pick<WorkflowOrders, 'get' | 'change'>;
  readonly payments: Payments;
  readonly now: () => Date;
}

/**
 * Holds the order's total on the customer's card. May be asked again at any time, also after an answer was lost: the
 * provider's own state decides what is still to be done.
 * @throws PaymentUnavailable
 */
export async function authorizePayment({ orders, payments, now }: Authorization, orderId: OrderId): Promise<AuthorizationOutcome> {
  let order = await orders.get(orderId);
  if (order.cancellation || order.undoing || !isWorkedOn(order.status)) return { outcome: 'CANCELLED', detail: order.cancellation?.detail };
  if (order.status !== 'ACCEPTED' && order.status !== 'ACTION_REQUIRED') return { outcome: 'AUTHORIZED', order };

  let payment = await knownPayment(payments, order);
  // The id is kept before any money can move, so that an authorization whose answer is lost can be found and undone.
  order = await orders.change(orderId, intentCreated(payment.intentId), order);
  if (order.cancellation) return { outcome: 'CANCELLED', detail: order.cancellation.detail };
  if (isUntried(payment)) payment = await payments.confirm(payment.intentId, orderId, order.paymentMethod);

  switch (payment.status) {
    case 'requires_capture':
    case 'succeeded':
      return { outcome: 'AUTHORIZED', order: await orders.change(orderId, paymentAuthorized, order) };
    case 'requires_action': {
      const before = new Date(Date.parse(order.createdAt) + ACTION_MINUTES * 60_000);
      const secondsLeft = Math.ceil((before.getTime() - now().getTime()) / 1_000);
      if (secondsLeft <= 0) return { outcome: 'PAYMENT_EXPIRED', detail: 'The payment was not confirmed in time' };
      await orders.change(orderId, actionRequired({ clientSecret: payment.clientSecret, before: toInstant(before) }), order);
      return { outcome: 'ACTION_REQUIRED', secondsLeft };
    }
    case 'requires_payment_method':
    case 'requires_confirmation':
      await orders.change(orderId, paymentDeclined(payment.decline?.code), order);
      return { outcome: 'PAYMENT_DECLINED', detail: payment.decline?.message };
    case 'canceled':
      return { outcome: 'PAYMENT_EXPIRED', detail: 'The authorization has expired' };
    case 'processing':
      throw new PaymentUnavailable('The provider is still working on it');
  }
}

const knownPayment = (payments: Payments, { payment, orderId, total, idempotencyKey, synthetic }: OrderRecord): Promise<Payment> =>
  payment.intentId === undefined ? payments.create({ orderId, amount: total, idempotencyKey, synthetic }) : payments.retrieve(payment.intentId);

/** Neither tried nor refused. */
const isUntried = ({ status, decline }: Payment): boolean => status === 'requires_confirmation' || (status === 'requires_payment_method' && !decline);
