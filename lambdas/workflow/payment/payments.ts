import type { OrderId, IdempotencyKey } from '../../../contracts/ids';
import type { Money } from '../../../contracts/money';
import type { PaymentMethod } from '../../../contracts/order';

/** A payment as the provider knows it; the names are Stripe's (https://docs.stripe.com/payments/paymentintents/lifecycle). */
export interface Payment {
  readonly intentId: string;
  readonly status: 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing' | 'requires_capture' | 'succeeded' | 'canceled';
  /** What the browser may complete the payment with, and nobody else may see. */
  readonly clientSecret: string;
  /** Why the last attempt to pay failed. */
  readonly decline?: { readonly code?: string; readonly message: string };
  readonly captured: Money;
  readonly refunded: Money;
}

/** A payment as it is found in the provider's list. */
export interface MadePayment extends Payment {
  /** The order's id as the payment says; whoever made it may have said anything. */
  readonly madeFor?: string;
  readonly madeAt: Date;
}

export interface NewPayment {
  readonly orderId: OrderId;
  readonly amount: Money;
  /** The customer's own key, so that the payment can be found by it as well. */
  readonly idempotencyKey: IdempotencyKey;
  readonly synthetic: boolean;
}

/** The external provider did not answer, or answered that it cannot now: asking again later may help. */
export class PaymentUnavailable extends Error {
  override readonly name = 'PaymentUnavailable';
}

/** The payment provider as the order workflow uses it. Every method may throw PaymentUnavailable; each may be repeated. */
export interface Payments {
  /** Makes the payment known to the provider. No money moves, and nothing is held. */
  create(payment: NewPayment): Promise<Payment>;
  /** Tries to hold the amount on the customer's card, for the shop to capture. A refusal is a status, not an error. */
  confirm(intentId: string, orderId: OrderId, method: PaymentMethod): Promise<Payment>;
  retrieve(intentId: string): Promise<Payment>;
  /** Takes the whole amount that is held. One that cannot be captured any more comes back with the status it has. */
  capture(intentId: string, orderId: OrderId): Promise<Payment>;
  /** Lets go of what is held. A payment that was captured meanwhile comes back as `succeeded`. */
  cancel(intentId: string, orderId: OrderId): Promise<Payment>;
  /** Gives back part of what was captured. `refundId` makes a repeated call the same refund. */
  refund(intentId: string, orderId: OrderId, amount: Money, refundId: string): Promise<Payment>;
}
