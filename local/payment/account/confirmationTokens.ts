import type Stripe from 'stripe';
import { seconds, type Call } from './call';
import { testCardNamed, type TestCard } from './cards';
import { invalidRequest, noSuch } from './errors';
import { newId } from './ids';
import { owned } from './ledger';
import { checkedCard, describeMethod, methodNamed, type BillingDetails, type CardDetails } from './paymentMethods';

const LIFETIME_SECONDS = 12 * 3600;

export interface TokenParameters {
  /** A test card's name; only the test helper takes it. */
  readonly payment_method?: string;
  readonly payment_method_data?: { readonly type: 'card'; readonly card?: CardDetails; readonly billing_details?: BillingDetails };
  readonly return_url?: string;
  readonly setup_future_usage?: 'off_session' | 'on_session';
  readonly shipping?: Stripe.ConfirmationToken.Shipping;
}

/** What Stripe.js makes of a filled form, to be used once: https://docs.stripe.com/api/confirmation_tokens */
export function createConfirmationToken(call: Call, parameters: TokenParameters): Stripe.ConfirmationToken {
  const { ledger, account, now } = call;
  const { method, card } = methodOf(call, parameters);
  const { id: _id, object: _object, created: _created, livemode: _livemode, metadata: _metadata, ...preview } = method;
  const token: Stripe.ConfirmationToken = {
    id: newId('ctoken'),
    object: 'confirmation_token',
    created: seconds(now),
    expires_at: seconds(now) + LIFETIME_SECONDS,
    livemode: false,
    metadata: null,
    payment_intent: null,
    payment_method_options: { card: null },
    payment_method_preview: preview,
    return_url: parameters.return_url ?? null,
    setup_future_usage: parameters.setup_future_usage ?? null,
    setup_intent: null,
    shipping: parameters.shipping ?? null,
    use_stripe_sdk: true,
  };
  ledger.tokens.put(token.id, { account, token, method, card: card.paymentMethod });
  return token;
}

function methodOf(call: Call, { payment_method, payment_method_data }: TokenParameters): { method: Stripe.PaymentMethod; card: TestCard } {
  if (payment_method !== undefined) return methodNamed(call, payment_method);
  if (!payment_method_data?.card) throw invalidRequest('Missing required param: payment_method_data[card].', { code: 'parameter_missing', param: 'payment_method_data[card]' });
  const { card: details, billing_details } = payment_method_data;
  const card = checkedCard(details, call.now);
  const exp_year = details.exp_year < 100 ? 2000 + details.exp_year : details.exp_year;
  return { card, method: describeMethod(call, card, { exp_month: details.exp_month, exp_year }, billing_details) };
}

export function retrieveConfirmationToken({ ledger, account }: Call, id: string): Stripe.ConfirmationToken {
  const record = owned(ledger.tokens, account, id);
  if (!record) throw noSuch('confirmation_token', id, 'confirmation_token', 404);
  return record.token;
}

/** A token that a confirmation names. @throws PaymentError when it is unknown, too old or used */
export function usableToken({ ledger, account, now }: Call, id: string): { token: Stripe.ConfirmationToken; method: Stripe.PaymentMethod; card: TestCard } {
  const record = owned(ledger.tokens, account, id);
  const card = record && testCardNamed(record.card);
  if (!record || !card) throw noSuch('confirmation_token', id, 'confirmation_token', 400);
  const { token, method } = record;
  if (token.payment_intent !== null) {
    throw invalidRequest(`The ConfirmationToken ${id} has already been used to confirm the PaymentIntent ${token.payment_intent}. A ConfirmationToken can be used once; create another one.`, { param: 'confirmation_token' });
  }
  if (token.expires_at !== null && token.expires_at <= seconds(now)) {
    throw invalidRequest(`The ConfirmationToken ${id} has expired. Create another one.`, { param: 'confirmation_token' });
  }
  return { token, method, card };
}

export function useUpToken({ ledger }: Call, id: string, intent: string): void {
  const record = ledger.tokens.get(id);
  if (record) ledger.tokens.put(id, { ...record, token: { ...record.token, payment_intent: intent } });
}
