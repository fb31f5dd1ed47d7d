import type Stripe from 'stripe';
import { seconds, type Call } from './call';
import type { Decline, TestCard } from './cards';
import { noSuch } from './errors';
import { newId } from './ids';
import { pageOf, type ListParameters } from './lists';
import { newestFirst, owned, type IntentRecord } from './ledger';

/** How long an authorization can be captured: https://docs.stripe.com/payments/place-a-hold-on-a-payment-method */
export const AUTHORIZATION_LIFETIME_MS = 7 * 24 * 3600_000;

function outcomeOf(decline: Decline | undefined, card: TestCard): Stripe.Charge.Outcome {
  if (!decline) {
    return { advice_code: null, network_advice_code: null, network_decline_code: null, network_status: 'approved_by_network', reason: null, risk_level: 'normal', risk_score: 12, seller_message: 'Payment complete.', type: 'authorized' };
  }
  return {
    advice_code: card.blocked ? 'do_not_try_again' : 'try_again_later',
    network_advice_code: null,
    network_decline_code: card.blocked ? null : '01',
    network_status: card.blocked ? 'not_sent_to_network' : 'declined_by_network',
    reason: card.blocked ? 'highest_risk_level' : (decline.declineCode ?? decline.code),
    risk_level: card.blocked ? 'highest' : 'normal',
    risk_score: card.blocked ? 92 : 12,
    seller_message: card.blocked ? 'Stripe blocked this payment as too risky.' : 'The bank did not return any further details with this decline.',
    type: card.blocked ? 'blocked' : 'issuer_declined',
  };
}

/** The attempt to charge an intent's payment method, kept whether it succeeds or not. */
export function addCharge(call: Call, { intent, authenticated }: IntentRecord, method: Stripe.PaymentMethod, card: TestCard, decline?: Decline): Stripe.Charge {
  const manual = intent.capture_method === 'manual';
  const captured = !decline && !manual;
  const id = newId('ch');
  const charge: Stripe.Charge = {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: captured ? newId('txn') : null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'SANDBOX',
    captured,
    created: seconds(call.now),
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(decline, card),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card', card: cardDetails(call, intent, method, authenticated === method.id, manual && !decline) },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
  call.ledger.charges.put(id, { account: call.account, charge });
  return charge;
}

function cardDetails(call: Call, intent: Stripe.PaymentIntent, { card }: Stripe.PaymentMethod, authenticated: boolean, held: boolean): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: intent.amount,
    authorization_code: null,
    brand: card?.brand ?? null,
    ...(held && { capture_before: seconds(call.now + AUTHORIZATION_LIFETIME_MS) }),
    checks: card?.checks ?? null,
    country: card?.country ?? null,
    electronic_commerce_indicator: null,
    exp_month: card?.exp_month ?? 0,
    exp_year: card?.exp_year ?? 0,
    extended_authorization: { status: 'disabled' },
    fingerprint: card?.fingerprint,
    funding: card?.funding ?? null,
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: card?.brand ?? null,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
    regulated_status: card?.regulated_status ?? null,
    three_d_secure: authenticated
      ? {
          authentication_flow: 'challenge',
          electronic_commerce_indicator: '05',
          exemption_indicator: null,
          result: 'authenticated',
          result_reason: null,
          transaction_id: newId('tds'),
          version: '2.2.0',
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  };
}

/** @throws PaymentError when the account has no such charge */
export function chargeNamed({ ledger, account }: Call, id: string, param = 'id', status: 400 | 404 = 404): Stripe.Charge {
  const record = owned(ledger.charges, account, id);
  if (!record) throw noSuch('charge', id, param, status);
  return record.charge;
}

/** The charge that an intent names; every intent that is or was charged names one. */
export function latestCharge(call: Call, { latest_charge }: Stripe.PaymentIntent): Stripe.Charge | undefined {
  return typeof latest_charge === 'string' ? call.ledger.charges.get(latest_charge)?.charge : undefined;
}

export function changeCharge({ ledger, account }: Call, charge: Stripe.Charge, change: Partial<Stripe.Charge>): Stripe.Charge {
  const changed = { ...charge, ...change };
  ledger.charges.put(charge.id, { account, charge: changed });
  return changed;
}

export function listCharges({ ledger, account }: Call, parameters: ListParameters & { readonly payment_intent?: string }): Stripe.ApiList<Stripe.Charge> {
  const charges = newestFirst(ledger.charges, account).map(({ charge }) => charge);
  const { payment_intent } = parameters;
  return pageOf(payment_intent === undefined ? charges : charges.filter((charge) => charge.payment_intent === payment_intent), parameters, '/v1/charges');
}
