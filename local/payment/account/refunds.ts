import type Stripe from 'stripe';
import { seconds, type Call } from './call';
import { changeCharge, chargeNamed, latestCharge } from './charges';
import { invalidRequest, noSuch } from './errors';
import { emit } from './events';
import { newId } from './ids';
import { inWords } from './intents';
import { createdWithin, pageOf, type CreatedRange, type ListParameters } from './lists';
import { newestFirst, owned } from './ledger';
import { cardOf } from './paymentMethods';

/** How long a bank takes over the refunds that do not succeed at once, in sandbox time. */
const SETTLING_MS = 2_000;

export interface RefundParameters {
  readonly amount?: number;
  readonly charge?: string;
  readonly payment_intent?: string;
  readonly reason?: 'duplicate' | 'fraudulent' | 'requested_by_customer';
  readonly metadata?: Record<string, string>;
}

/** Gives back what was captured, or a part of it: https://docs.stripe.com/api/refunds/create */
export function createRefund(call: Call, parameters: RefundParameters): Stripe.Refund {
  const { ledger, account, now } = call;
  const charge = refundableCharge(call, parameters);
  const left = charge.amount - charge.amount_refunded;
  const { amount = left, reason = null, metadata = {} } = parameters;
  if (left === 0) throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  if (charge.disputed) throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
  if (amount > left) {
    const whole = charge.amount_refunded === 0;
    throw invalidRequest(`Refund amount (${inWords(amount, charge.currency)}) is greater than ${whole ? 'charge amount' : 'unrefunded amount on charge'} (${inWords(left, charge.currency)})`, {
      code: 'amount_too_large',
      param: 'amount',
    });
  }
  const intent = typeof charge.payment_intent === 'string' ? ledger.intents.get(charge.payment_intent)?.intent : undefined;
  const behaviour = intent && cardOf(call, intent)?.refund;
  const refund: Stripe.Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: newId('txn'),
    charge: charge.id,
    created: seconds(now),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    destination_details: { type: 'card', card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' } },
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: behaviour === 'pending' ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
  ledger.refunds.put(refund.id, { account, refund });
  if (behaviour) ledger.due.put(refund.id, { account, kind: 'refund-settles', id: refund.id, at: now + SETTLING_MS });
  const refunded = charge.amount_refunded + amount;
  const changed = changeCharge(call, charge, { amount_refunded: refunded, refunded: refunded === charge.amount });
  emit(call, 'refund.created', refund);
  emit(call, 'charge.refunded', changed, { amount_refunded: charge.amount_refunded });
  return refund;
}

function refundableCharge(call: Call, { charge, payment_intent }: RefundParameters): Stripe.Charge {
  if (charge !== undefined && payment_intent !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: charge, payment_intent.', { code: 'parameters_exclusive' });
  }
  if (charge !== undefined) return captured(chargeNamed(call, charge, 'charge', 400), charge);
  if (payment_intent === undefined) throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.');
  const intent = owned(call.ledger.intents, call.account, payment_intent)?.intent;
  if (!intent) throw noSuch('payment_intent', payment_intent, 'payment_intent', 400);
  return captured(latestCharge(call, intent), payment_intent);
}

function captured(charge: Stripe.Charge | undefined, named: string): Stripe.Charge {
  if (!charge?.captured) throw invalidRequest(`${named} does not have a successful charge to refund.`, { code: 'charge_not_refundable' });
  return charge;
}

/** The bank's last word on a refund: it has arrived, or it failed and the money is the shop's again. */
export function settleRefund(call: Call, id: string): void {
  const { ledger, account } = call;
  const refund = ledger.refunds.get(id)?.refund;
  const charge = typeof refund?.charge === 'string' ? ledger.charges.get(refund.charge)?.charge : undefined;
  if (!refund || !charge) return;
  if (refund.status === 'pending') {
    const settled: Stripe.Refund = { ...refund, status: 'succeeded' };
    ledger.refunds.put(id, { account, refund: settled });
    emit(call, 'refund.updated', settled, { status: refund.status });
    return;
  }
  const failed: Stripe.Refund = { ...refund, status: 'failed', failure_reason: 'expired_or_canceled_card', failure_balance_transaction: newId('txn') };
  ledger.refunds.put(id, { account, refund: failed });
  changeCharge(call, charge, { amount_refunded: charge.amount_refunded - refund.amount, refunded: false });
  emit(call, 'refund.failed', failed, { status: refund.status });
}

export function retrieveRefund({ ledger, account }: Call, id: string): Stripe.Refund {
  const record = owned(ledger.refunds, account, id);
  if (!record) throw noSuch('refund', id, 'id', 404);
  return record.refund;
}

export function listRefunds(
  { ledger, account }: Call,
  parameters: ListParameters & { readonly charge?: string; readonly payment_intent?: string; readonly created?: CreatedRange },
): Stripe.ApiList<Stripe.Refund> {
  const { charge, payment_intent, created } = parameters;
  const refunds = newestFirst(ledger.refunds, account)
    .map(({ refund }) => refund)
    .filter((refund) => (charge === undefined || refund.charge === charge) && (payment_intent === undefined || refund.payment_intent === payment_intent) && createdWithin(refund.created, created));
  return pageOf(refunds, parameters, '/v1/refunds');
}
