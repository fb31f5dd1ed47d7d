import type Stripe from 'stripe';
import type { Call } from './call';
import { AUTHENTICATION_REQUIRED, type Decline, type TestCard } from './cards';
import { abandonChallenges, askForAuthentication, wantsAuthentication } from './challenges';
import { addCharge, AUTHORIZATION_LIFETIME_MS, changeCharge } from './charges';
import { usableToken, useUpToken } from './confirmationTokens';
import { openDispute } from './disputes';
import { cardError, invalidRequest, PaymentError } from './errors';
import { emit } from './events';
import { changeIntent, describeIntent, intentRecord, type IntentParameters } from './intents';
import type { IntentRecord } from './ledger';
import { addMethod, methodNamed } from './paymentMethods';

export interface ConfirmParameters {
  readonly capture_method?: 'automatic' | 'automatic_async' | 'manual';
  readonly confirmation_token?: string;
  readonly error_on_requires_action?: boolean;
  readonly off_session?: boolean;
  readonly payment_method?: string;
  readonly receipt_email?: string | null;
  readonly return_url?: string;
  readonly setup_future_usage?: 'off_session' | 'on_session';
  readonly shipping?: Stripe.PaymentIntent.Shipping;
  readonly use_stripe_sdk?: boolean;
}

/** What an attempt to pay needs, checked before anything is changed. */
interface Prepared {
  readonly method: Stripe.PaymentMethod;
  readonly card: TestCard;
  readonly isNewMethod: boolean;
  readonly returnUrl: string | undefined;
  readonly useStripeSdk: boolean;
  readonly offSession: boolean;
  readonly errorOnAction: boolean;
  readonly change: Partial<Stripe.PaymentIntent>;
  readonly token: string | undefined;
}

/** https://docs.stripe.com/api/payment_intents/create; with `confirm` the payment is attempted at once. */
export function createIntent(call: Call, parameters: IntentParameters & ConfirmParameters & { readonly confirm?: boolean }): Stripe.PaymentIntent {
  const described = describeIntent(call, parameters);
  if (!parameters.confirm) {
    for (const param of ['confirmation_token', 'off_session', 'return_url', 'error_on_requires_action'] as const) {
      if (parameters[param] !== undefined) throw invalidRequest(`The parameter \`${param}\` cannot be passed when creating a PaymentIntent unless \`confirm\` is set to true.`, { param });
    }
  }
  const prepared = parameters.confirm ? prepare(call, described, parameters) : undefined;
  const method = !prepared && parameters.payment_method !== undefined ? methodNamed(call, parameters.payment_method) : undefined;
  if (method?.isNew) addMethod(call, method.method, method.card);
  const record = changeIntent(call, described, method ? { payment_method: method.method.id, status: 'requires_confirmation' } : {});
  emit(call, 'payment_intent.created', record.intent);
  return prepared ? attempt(call, record, prepared) : record.intent;
}

/** https://docs.stripe.com/api/payment_intents/confirm @throws PaymentError (402) when the card is declined */
export function confirmIntent(call: Call, id: string, parameters: ConfirmParameters): Stripe.PaymentIntent {
  const record = intentRecord(call, id);
  const { intent } = record;
  const unexpected = (message: string): PaymentError => invalidRequest(message, { code: 'payment_intent_unexpected_state', payment_intent: intent });
  if (intent.status === 'succeeded') throw unexpected('You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.');
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw unexpected(`You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action.`);
  }
  return attempt(call, record, prepare(call, record, parameters));
}

function prepare(call: Call, { intent, returnUrl }: IntentRecord, parameters: ConfirmParameters): Prepared {
  const { confirmation_token, payment_method, off_session = false, error_on_requires_action = false, use_stripe_sdk = false } = parameters;
  if (confirmation_token !== undefined && payment_method !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: confirmation_token, payment_method.', { code: 'parameters_exclusive' });
  }
  const token = confirmation_token === undefined ? undefined : usableToken(call, confirmation_token);
  const named = payment_method ?? (typeof intent.payment_method === 'string' ? intent.payment_method : undefined);
  if (!token && named === undefined) {
    throw invalidRequest(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      { code: 'payment_intent_unexpected_state', payment_intent: intent },
    );
  }
  const useStripeSdk = use_stripe_sdk || (token?.token.use_stripe_sdk ?? false);
  const returnTo = parameters.return_url ?? token?.token.return_url ?? returnUrl;
  // Of the methods an account has switched on, some would send the customer away, and back to this address.
  if (intent.automatic_payment_methods?.allow_redirects === 'always' && returnTo === undefined && !useStripeSdk && !off_session) {
    throw invalidRequest(
      'This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don\'t want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.',
    );
  }
  const { method, card, isNew } = token ? { ...token, isNew: true } : methodNamed(call, named ?? '');
  const shipping = parameters.shipping ?? token?.token.shipping;
  return {
    method,
    card,
    isNewMethod: isNew,
    returnUrl: returnTo,
    useStripeSdk,
    offSession: off_session,
    errorOnAction: error_on_requires_action,
    token: confirmation_token,
    change: {
      payment_method: method.id,
      ...(parameters.capture_method && { capture_method: parameters.capture_method }),
      ...(parameters.receipt_email !== undefined && { receipt_email: parameters.receipt_email }),
      ...(parameters.setup_future_usage && { setup_future_usage: parameters.setup_future_usage }),
      ...(shipping && { shipping }),
    },
  };
}

function attempt(call: Call, before: IntentRecord, prepared: Prepared): Stripe.PaymentIntent {
  const { method, card, isNewMethod, returnUrl, useStripeSdk, token, change } = prepared;
  if (isNewMethod) addMethod(call, method, card);
  if (token !== undefined) useUpToken(call, token, before.intent.id);
  abandonChallenges(call, before.intent.id);
  const record = changeIntent(call, before, { ...change, next_action: null }, { returnUrl, useStripeSdk });
  if (wantsAuthentication(record, card)) {
    if (prepared.offSession || prepared.errorOnAction) throw refuse(call, record, method, card, AUTHENTICATION_REQUIRED);
    return askForAuthentication(call, record);
  }
  return charge(call, record, method, card);
}

/**
 * The card's holder has passed the second factor or failed it. Answers the intent after it, whatever became of it.
 *
 * @throws PaymentError when the challenge is not open any more
 */
export function answerChallenge(call: Call, id: string, passed: boolean): IntentRecord {
  const { ledger } = call;
  const challenge = ledger.challenges.get(id);
  if (!challenge || challenge.state !== 'open') throw invalidRequest('This authentication is not waiting for an answer any more.');
  ledger.challenges.put(id, { ...challenge, state: passed ? 'completed' : 'failed' });
  const record = intentRecord(call, challenge.intent);
  const { intent } = record;
  const { method, card } = methodNamed(call, typeof intent.payment_method === 'string' ? intent.payment_method : '');
  if (!passed) {
    failAuthentication(call, record, method);
  } else if (intent.confirmation_method === 'manual') {
    // Such an intent is confirmed by the server once more: https://docs.stripe.com/payments/build-a-two-step-confirmation
    changeIntent(call, record, { status: 'requires_confirmation', next_action: null }, { authenticated: method.id });
  } else {
    const authenticated = changeIntent(call, record, { next_action: null }, { authenticated: method.id });
    try {
      charge(call, authenticated, method, card);
    } catch (error) {
      // The holder did authenticate; that the bank then declined stands in the intent.
      if (!(error instanceof PaymentError)) throw error;
    }
  }
  return intentRecord(call, intent.id);
}

function failAuthentication(call: Call, record: IntentRecord, method: Stripe.PaymentMethod): void {
  const code = 'payment_intent_authentication_failure';
  const { intent } = changeIntent(call, record, {
    status: 'requires_payment_method',
    next_action: null,
    payment_method: null,
    last_payment_error: {
      code,
      doc_url: 'https://docs.stripe.com/error-codes#payment-intent-authentication-failure',
      message: 'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
      payment_method: method,
      type: 'invalid_request_error',
    },
  });
  emit(call, 'payment_intent.payment_failed', intent);
}

function charge(call: Call, record: IntentRecord, method: Stripe.PaymentMethod, card: TestCard): Stripe.PaymentIntent {
  if (card.decline) throw refuse(call, record, method, card, card.decline);
  const { account, ledger, now } = call;
  const charged = addCharge(call, record, method, card);
  const { amount, capture_method } = record.intent;
  const paid = { latest_charge: charged.id, last_payment_error: null, next_action: null };
  emit(call, 'charge.succeeded', charged);
  if (capture_method === 'manual') {
    const { intent } = changeIntent(call, record, { ...paid, status: 'requires_capture', amount_capturable: amount });
    ledger.due.put(intent.id, { account, kind: 'authorization-expires', id: intent.id, at: now + AUTHORIZATION_LIFETIME_MS });
    emit(call, 'payment_intent.amount_capturable_updated', intent);
    return intent;
  }
  const { intent } = changeIntent(call, record, { ...paid, status: 'succeeded', amount_received: amount });
  emit(call, 'payment_intent.succeeded', intent);
  if (card.dispute) openDispute(call, changeCharge(call, charged, { disputed: true }), card.dispute);
  return intent;
}

/** Keeps a declined attempt and answers the error that tells of it. */
function refuse(call: Call, record: IntentRecord, method: Stripe.PaymentMethod, card: TestCard, decline: Decline): PaymentError {
  const { code, declineCode, message } = decline;
  const failed = addCharge(call, record, method, card, decline);
  const error = cardError({ code, ...(declineCode && { decline_code: declineCode }), ...(failed.outcome?.advice_code && { advice_code: failed.outcome.advice_code }), message, charge: failed.id });
  const { intent } = changeIntent(call, record, {
    status: 'requires_payment_method',
    latest_charge: failed.id,
    next_action: null,
    payment_method: null,
    last_payment_error: { ...error.body, payment_method: method },
  });
  emit(call, 'charge.failed', failed);
  emit(call, 'payment_intent.payment_failed', intent);
  return new PaymentError(402, { ...error.body, payment_intent: intent, payment_method: method });
}
