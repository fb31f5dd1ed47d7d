import type Stripe from 'stripe';
import { seconds, type Call } from './call';
import { NOT_A_TEST_CARD, testCardNamed, testCardWithNumber, type TestCard } from './cards';
import { cardError, noSuch } from './errors';
import { newId } from './ids';
import { owned, type MethodRecord } from './ledger';
import { passesLuhn } from './luhn';

export interface BillingDetails {
  readonly address?: '' | Partial<Record<'city' | 'country' | 'line1' | 'line2' | 'postal_code' | 'state', string>>;
  readonly email?: string;
  readonly name?: string;
  readonly phone?: string;
}

/** What Stripe.js sends of a card; the number goes no further than here. */
export interface CardDetails {
  readonly number: string;
  readonly exp_month: number;
  readonly exp_year: number;
  readonly cvc?: string;
}

/** The test cards' own expiry: some years ahead, so that they never expire. */
const expiryOf = (now: number): { exp_month: number; exp_year: number } => ({ exp_month: 12, exp_year: new Date(now).getUTCFullYear() + 3 });

/** A payment method as it is made from a test card's name or from what a form took; not kept yet. */
export function describeMethod(call: Call, card: TestCard, expiry: { exp_month: number; exp_year: number } = expiryOf(call.now), billing: BillingDetails = {}): Stripe.PaymentMethod {
  const { city = null, country = null, line1 = null, line2 = null, postal_code = null, state = null } = billing.address || {};
  return {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: {
      address: { city, country, line1, line2, postal_code, state },
      email: billing.email || null,
      name: billing.name || null,
      phone: billing.phone || null,
      tax_id: null,
    },
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'DE',
      display_brand: card.brand,
      exp_month: expiry.exp_month,
      exp_year: expiry.exp_year,
      fingerprint: `sandbox${card.number.slice(-8)}`,
      funding: card.funding,
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'regulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: seconds(call.now),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
}

/**
 * The test card of a number that was typed into the form.
 *
 * @throws PaymentError (402) as the card's network would refuse it before any payment
 */
export function checkedCard({ number, exp_month, exp_year, cvc }: CardDetails, now: number): TestCard {
  const digits = number.replaceAll(/\s/g, '');
  if (!passesLuhn(digits)) throw cardError({ code: 'incorrect_number', message: 'Your card number is incorrect.', param: 'number' });
  if (exp_month < 1 || exp_month > 12) throw cardError({ code: 'invalid_expiry_month', message: "Your card's expiration month is invalid.", param: 'exp_month' });
  const today = new Date(now);
  const year = exp_year < 100 ? 2000 + exp_year : exp_year;
  if (year < today.getUTCFullYear() || year > today.getUTCFullYear() + 50 || (year === today.getUTCFullYear() && exp_month < today.getUTCMonth() + 1)) {
    throw cardError({ code: 'invalid_expiry_year', message: "Your card's expiration year is invalid.", param: 'exp_year' });
  }
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc)) throw cardError({ code: 'invalid_cvc', message: "Your card's security code is invalid.", param: 'cvc' });
  const card = testCardWithNumber(digits);
  if (!card) throw cardError({ code: NOT_A_TEST_CARD.code, decline_code: NOT_A_TEST_CARD.declineCode, message: NOT_A_TEST_CARD.message });
  return card;
}

/** Keeps a payment method. */
export function addMethod({ ledger, account }: Call, method: Stripe.PaymentMethod, card: TestCard): MethodRecord {
  const record = { account, method, card: card.paymentMethod };
  ledger.methods.put(method.id, record);
  return record;
}

/**
 * The payment method that a parameter names: one of the account's, or a new one of the test card `pm_card_…`.
 *
 * @throws PaymentError when there is none
 */
export function methodNamed(call: Call, id: string, param = 'payment_method'): { method: Stripe.PaymentMethod; card: TestCard; isNew: boolean } {
  const test = testCardNamed(id);
  if (test) return { method: describeMethod(call, test), card: test, isNew: true };
  const record = owned(call.ledger.methods, call.account, id);
  const card = record && testCardNamed(record.card);
  if (!record || !card) throw noSuch('PaymentMethod', id, param, 400);
  return { method: record.method, card, isNew: false };
}

/** The card an intent was paid with. */
export const cardOf = ({ ledger }: Call, { payment_method }: Stripe.PaymentIntent): TestCard | undefined => {
  const record = typeof payment_method === 'string' ? ledger.methods.get(payment_method) : undefined;
  return record && testCardNamed(record.card);
};
