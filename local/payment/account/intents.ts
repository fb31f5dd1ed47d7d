import type Stripe from 'stripe';
import { seconds, type Call } from './call';
import { invalidRequest, noSuch } from './errors';
import { newId, randomText } from './ids';
import { createdWithin, pageOf, type CreatedRange, type ListParameters } from './lists';
import { newestFirst, owned, type IntentRecord } from './ledger';

/** The least that can be charged, in minor units: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const SMALLEST_CHARGE: Readonly<Record<string, number>> = { eur: 50, usd: 50, chf: 50, gbp: 30 };
export const LARGEST_CHARGE = 99_999_999;

const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((currency) => currency.toLowerCase()));

export interface IntentParameters {
  readonly amount: number;
  readonly currency: string;
  readonly automatic_payment_methods?: { readonly enabled: boolean; readonly allow_redirects?: 'always' | 'never' };
  readonly capture_method?: 'automatic' | 'automatic_async' | 'manual';
  readonly confirmation_method?: 'automatic' | 'manual';
  readonly description?: string;
  readonly metadata?: Record<string, string>;
  readonly payment_method_options?: { readonly card?: { readonly request_three_d_secure?: 'any' | 'automatic' | 'challenge' } };
  readonly payment_method_types?: readonly string[];
  readonly receipt_email?: string;
  readonly setup_future_usage?: 'off_session' | 'on_session';
  readonly shipping?: Stripe.PaymentIntent.Shipping;
  readonly statement_descriptor?: string;
  readonly statement_descriptor_suffix?: string;
}

/** €1.50, as the API writes sums in messages. */
export const inWords = (amount: number, currency: string): string => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

/** @throws PaymentError when no card network would charge this */
export function checkAmount(amount: number, currency: string): void {
  if (!CURRENCIES.has(currency)) throw invalidRequest(`Invalid currency: ${currency}`, { param: 'currency' });
  const smallest = SMALLEST_CHARGE[currency] ?? 1;
  if (amount < smallest) throw invalidRequest(`Amount must be at least ${inWords(smallest, currency)} ${currency}`, { code: 'amount_too_small', param: 'amount' });
}

/** An intent as it is before its first confirmation; not kept yet. */
export function describeIntent(call: Call, parameters: IntentParameters): IntentRecord {
  const currency = parameters.currency.toLowerCase();
  checkAmount(parameters.amount, currency);
  if (parameters.payment_method_types && parameters.automatic_payment_methods?.enabled) {
    throw invalidRequest('You may only specify one of these parameters: automatic_payment_methods, payment_method_types.', { code: 'parameters_exclusive' });
  }
  const unknownType = parameters.payment_method_types?.find((type) => type !== 'card');
  if (unknownType !== undefined) {
    throw invalidRequest(`The payment method type "${unknownType}" is invalid. Please ensure the provided type is activated in your dashboard (https://dashboard.stripe.com/account/payments/settings).`, {
      param: 'payment_method_types',
    });
  }
  const { enabled = true, allow_redirects = 'always' } = parameters.automatic_payment_methods ?? {};
  const id = newId('pi');
  const intent: Stripe.PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: parameters.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: parameters.payment_method_types || !enabled ? null : { allow_redirects, enabled },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: parameters.capture_method ?? 'automatic_async',
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: parameters.confirmation_method ?? 'automatic',
    created: seconds(call.now),
    currency,
    customer: null,
    customer_account: null,
    description: parameters.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: parameters.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: parameters.payment_method_options?.card?.request_three_d_secure ?? 'automatic',
      },
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: parameters.receipt_email ?? null,
    review: null,
    setup_future_usage: parameters.setup_future_usage ?? null,
    shipping: parameters.shipping ?? null,
    source: null,
    statement_descriptor: parameters.statement_descriptor ?? null,
    statement_descriptor_suffix: parameters.statement_descriptor_suffix ?? null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
  return { account: call.account, intent, createdAt: call.now, useStripeSdk: false };
}

/** @throws PaymentError (404) when the account has no such intent */
export function intentRecord({ ledger, account }: Call, id: string): IntentRecord {
  const record = owned(ledger.intents, account, id);
  if (!record) throw noSuch('payment_intent', id, 'intent', 404);
  return record;
}

/** Keeps what has changed of an intent. */
export function changeIntent({ ledger }: Call, record: IntentRecord, change: Partial<Stripe.PaymentIntent>, rest: Partial<Omit<IntentRecord, 'intent'>> = {}): IntentRecord {
  const changed = { ...record, ...rest, intent: { ...record.intent, ...change } };
  ledger.intents.put(record.intent.id, changed);
  return changed;
}

export function listIntents({ ledger, account }: Call, parameters: ListParameters & { readonly created?: CreatedRange }): Stripe.ApiList<Stripe.PaymentIntent> {
  const intents = newestFirst(ledger.intents, account).map(({ intent }) => intent);
  return pageOf(
    intents.filter(({ created }) => createdWithin(created, parameters.created)),
    parameters,
    '/v1/payment_intents',
  );
}

const KNOWN_TO_THE_BROWSER = [
  'id', 'object', 'amount', 'amount_details', 'automatic_payment_methods', 'canceled_at', 'cancellation_reason', 'capture_method',
  'client_secret', 'confirmation_method', 'created', 'currency', 'description', 'last_payment_error', 'livemode', 'next_action',
  'payment_method', 'payment_method_types', 'processing', 'receipt_email', 'setup_future_usage', 'shipping', 'source', 'status',
] as const satisfies readonly (keyof Stripe.PaymentIntent)[];

/** What an intent shows to whoever holds its client secret and the publishable key. */
export const intentForBrowser = (intent: Stripe.PaymentIntent): Partial<Stripe.PaymentIntent> => Object.fromEntries(KNOWN_TO_THE_BROWSER.map((name) => [name, intent[name]]));
