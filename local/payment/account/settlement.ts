import type Stripe from 'stripe';
import { seconds, type Call } from './call';
import { abandonChallenges } from './challenges';
import { changeCharge, latestCharge } from './charges';
import { openDispute } from './disputes';
import { invalidRequest } from './errors';
import { emit } from './events';
import { newId } from './ids';
import { changeIntent, intentRecord, inWords } from './intents';
import { cardOf } from './paymentMethods';

const CANCELABLE = ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action', 'processing'];

export interface CaptureParameters {
  readonly amount_to_capture?: number;
  readonly metadata?: Record<string, string>;
  readonly statement_descriptor?: string;
  readonly statement_descriptor_suffix?: string;
}

/** Takes what was authorized, or less, once: https://docs.stripe.com/api/payment_intents/capture */
export function captureIntent(call: Call, id: string, parameters: CaptureParameters): Stripe.PaymentIntent {
  const record = intentRecord(call, id);
  const { intent } = record;
  const { amount_to_capture: amount = intent.amount_capturable, ...change } = parameters;
  const charge = latestCharge(call, intent);
  if (intent.status !== 'requires_capture' || !charge) {
    throw invalidRequest(
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
      { code: 'payment_intent_unexpected_state', payment_intent: intent },
    );
  }
  const expiresAt = call.ledger.due.get(id)?.at;
  if (expiresAt !== undefined && expiresAt <= call.now) {
    throw invalidRequest(`The charge ${charge.id} cannot be captured because its authorization has expired.`, { code: 'charge_expired_for_capture', payment_intent: intent });
  }
  if (amount > intent.amount_capturable) {
    throw invalidRequest(`The requested capture amount (${inWords(amount, intent.currency)}) is greater than the amount you can capture for this charge (${inWords(intent.amount_capturable, intent.currency)}).`, {
      code: 'amount_too_large',
      param: 'amount_to_capture',
    });
  }
  call.ledger.due.delete(id);
  const card = cardOf(call, intent);
  const captured = changeCharge(call, charge, {
    captured: true,
    amount_captured: amount,
    // The rest of the authorization goes back to the holder.
    amount_refunded: charge.amount - amount,
    balance_transaction: newId('txn'),
    disputed: card?.dispute !== undefined,
  });
  const done = changeIntent(call, record, { ...change, status: 'succeeded', amount_capturable: 0, amount_received: amount });
  emit(call, 'charge.captured', captured);
  emit(call, 'payment_intent.succeeded', done.intent);
  if (card?.dispute) openDispute(call, captured, card.dispute);
  return done.intent;
}

/** Ends an intent and lets go of what it holds: https://docs.stripe.com/api/payment_intents/cancel */
export function cancelIntent(call: Call, id: string, reason: Stripe.PaymentIntent.CancellationReason | null): Stripe.PaymentIntent {
  const record = intentRecord(call, id);
  const { intent } = record;
  if (!CANCELABLE.includes(intent.status)) {
    throw invalidRequest(`You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELABLE.join(', ')}.`, {
      code: 'payment_intent_unexpected_state',
      payment_intent: intent,
    });
  }
  call.ledger.due.delete(id);
  abandonChallenges(call, id);
  const charge = intent.status === 'requires_capture' ? latestCharge(call, intent) : undefined;
  if (charge) {
    const released = changeCharge(call, charge, { amount_refunded: charge.amount, refunded: true });
    emit(call, reason === 'automatic' ? 'charge.expired' : 'charge.refunded', released);
  }
  const canceled = changeIntent(call, record, { status: 'canceled', amount_capturable: 0, canceled_at: seconds(call.now), cancellation_reason: reason, next_action: null });
  emit(call, 'payment_intent.canceled', canceled.intent);
  return canceled.intent;
}
