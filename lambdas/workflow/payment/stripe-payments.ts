import StripeSdk, { type Stripe } from 'stripe';
import type { OrderId } from '../../../contracts/ids';
import { euros } from '../../../contracts/money';
import { PaymentUnavailable } from './payments';
import type { MadePayment, NewPayment, Payment, Payments } from './payments';

/** What is sent to Stripe and read from it follows this version of its API, whatever the account's default is. */
export const STRIPE_API_VERSION = StripeSdk.API_VERSION;

/** With the charge, which alone says how much was captured and given back. */
const EXPANDED = { expand: ['latest_charge'] };

/**
 * @param apiUrl `https://api.stripe.com`
 * @param more further settings, for who makes no calls over the network
 */
export function stripeClient(apiKey: string, apiUrl: string, more: Stripe.StripeConfig = {}): Stripe {
  const { protocol, hostname, port } = new URL(apiUrl);
  return new StripeSdk(apiKey, {
    apiVersion: STRIPE_API_VERSION,
    host: hostname,
    protocol: protocol === 'http:' ? 'http' : 'https',
    ...(port && { port }),
    // Step Functions repeats the step; the function's time is for one honest attempt and one more.
    maxNetworkRetries: 1,
    timeout: 8_000,
    telemetry: false,
    ...more,
  });
}

/**
 * Payments as Stripe's payment intents, captured by hand (https://docs.stripe.com/payments/place-a-hold-on-a-payment-method).
 *
 * Every call carries an idempotency key made of the order's id and the step. Stripe keeps the first answer for a key,
 * errors 500 among them (https://docs.stripe.com/api/idempotent_requests), so a stored failure is answered by looking
 * at the payment's state and, where nothing has happened, a further key.
 */
export class StripePayments implements Payments {
  constructor(private readonly stripe: Stripe) {}

  create({ orderId, amount, idempotencyKey, synthetic }: NewPayment): Promise<Payment> {
    // Where the first answer is a stored failure the payment may be made twice; the first is never confirmed and harms nobody.
    return withFurtherKeys(`${orderId}-create`, (options) =>
      this.stripe.paymentIntents.create(
        {
          amount: amount.amount,
          currency: amount.currency.toLowerCase(),
          capture_method: 'manual',
          // A method that leads to another site and back would need a page to come back to.
          automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
          metadata: { order_id: orderId, idempotency_key: idempotencyKey, ...(synthetic && { synthetic: 'true' }) },
          ...EXPANDED,
        },
        options,
      ),
    );
  }

  confirm(intentId: string, orderId: OrderId, method: string): Promise<Payment> {
    const means = method.startsWith('ctoken_') ? { confirmation_token: method } : { payment_method: method };
    return this.#acted(intentId, `${orderId}-confirm`, (options) => this.stripe.paymentIntents.confirm(intentId, { ...means, use_stripe_sdk: true, ...EXPANDED }, options));
  }

  async retrieve(intentId: string): Promise<Payment> {
    return paymentOf(await answered(() => this.stripe.paymentIntents.retrieve(intentId, EXPANDED)));
  }

  capture(intentId: string, orderId: OrderId): Promise<Payment> {
    return this.#acted(intentId, `${orderId}-capture`, (options) => this.stripe.paymentIntents.capture(intentId, EXPANDED, options));
  }

  cancel(intentId: string, orderId: OrderId): Promise<Payment> {
    return this.#acted(intentId, `${orderId}-cancel`, (options) => this.stripe.paymentIntents.cancel(intentId, EXPANDED, options));
  }

  async refund(intentId: string, orderId: OrderId, amount: { readonly amount: number }, refundId: string): Promise<Payment> {
    const params = { payment_intent: intentId, amount: amount.amount, metadata: { order_id: orderId, refund_id: refundId } };
    const earlier = await answered(() => this.stripe.refunds.list({ payment_intent: intentId, limit: 100 }));
    if (!earlier.data.some(({ metadata, status }) => metadata?.refund_id === refundId && status !== 'failed' && status !== 'canceled')) {
      await answered(() => this.stripe.refunds.create(params, { idempotencyKey: `${orderId}-refund-${refundId}-${earlier.data.length}` }));
    }
    return this.retrieve(intentId);
  }

  /** Payments made since then, newest first, a page at a time. @throws PaymentUnavailable */
  async *madeSince(moment: Date): AsyncGenerator<MadePayment[]> {
    let after: string | undefined;
    do {
      const params = { created: { gte: Math.floor(moment.getTime() / 1_000) }, limit: 100, expand: ['data.latest_charge'], ...(after !== undefined && { starting_after: after }) };
      const { data, has_more: more } = await answered(() => this.stripe.paymentIntents.list(params));
      yield data.map((intent) => ({ ...paymentOf(intent), madeFor: intent.metadata['order_id'], madeAt: new Date(intent.created * 1_000) }));
      after = more ? data.at(-1)?.id : undefined;
    } while (after !== undefined);
  }

  /** Asks for a move of the payment. Where Stripe refuses, what the payment is now says what is to be made of it. */
  async #acted(intentId: string, key: string, ask: (options: Stripe.RequestOptions) => Promise<Stripe.PaymentIntent>): Promise<Payment> {
    try {
      return await withFurtherKeys(key, ask);
    } catch (error) {
      if (isRefusal(error)) return this.retrieve(intentId);
      throw error;
    }
  }
}

/** The card was declined, or the payment is in no state for this. */
const isRefusal = (error: unknown): boolean =>
  error instanceof StripeSdk.errors.StripeCardError ||
  (error instanceof StripeSdk.errors.StripeInvalidRequestError && (error.code === 'payment_intent_unexpected_state' || error.code === 'charge_expired_for_capture'));

const FURTHER_KEYS = 3;

/** A stored 500 comes back for ever under its key; a further key asks anew, which the payment's own state makes safe. */
async function withFurtherKeys(key: string, ask: (options: Stripe.RequestOptions) => Promise<Stripe.PaymentIntent>): Promise<Payment> {
  for (let attempt = 1; ; attempt++) {
    try {
      return paymentOf(await ask({ idempotencyKey: attempt === 1 ? key : `${key}-${attempt}` }));
    } catch (error) {
      if (!(error instanceof StripeSdk.errors.StripeAPIError) || error.headers?.['idempotent-replayed'] !== 'true' || attempt > FURTHER_KEYS) throw unavailable(error);
    }
  }
}

async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw unavailable(error);
  }
}

/** @returns PaymentUnavailable for what passes by itself, else the error as it is */
function unavailable(error: unknown): unknown {
  const { StripeConnectionError, StripeAPIError, StripeRateLimitError, StripeError } = StripeSdk.errors;
  // 409: the same key is still being worked on, whatever class the SDK makes of it.
  const inUse = error instanceof StripeError && error.statusCode === 409;
  const passes = inUse || [StripeConnectionError, StripeAPIError, StripeRateLimitError].some((kind) => error instanceof kind);
  return passes ? new PaymentUnavailable(error instanceof Error ? error.message : String(error), { cause: error }) : error;
}

const STATUSES: ReadonlySet<string> = new Set<Payment['status']>(['requires_payment_method', 'requires_confirmation', 'requires_action', 'processing', 'requires_capture', 'succeeded', 'canceled']);
const isKnown = (status: string): status is Payment['status'] => STATUSES.has(status);

/** What the customer reads on their order; Stripe's own words for a failed second factor are for developers. */
const whyDeclined = ({ code, message }: Stripe.PaymentIntent.LastPaymentError): string =>
  code === 'payment_intent_authentication_failure' ? 'The bank could not make sure who was paying' : (message ?? 'The payment was declined');

/** @throws Error for a status that this version of the API does not have */
function paymentOf(intent: Stripe.PaymentIntent): Payment {
  const { id, status, client_secret: clientSecret, latest_charge: charge, last_payment_error: failure } = intent;
  if (clientSecret === null) throw new Error(`Stripe gave no client secret for ${id}`);
  if (!isKnown(status)) throw new Error(`Stripe says that ${id} is ${status}, which is not known here`);
  const known = typeof charge === 'object' ? charge : undefined;
  return {
    intentId: id,
    status,
    clientSecret,
    ...(failure && { decline: { code: failure.decline_code ?? failure.code, message: whyDeclined(failure) } }),
    captured: euros(status === 'succeeded' ? intent.amount_received : 0),
    // Of a hold that was let go of, Stripe says that all of it was refunded, though none of it was ever taken.
    refunded: euros(status === 'succeeded' ? (known?.amount_refunded ?? 0) : 0),
  };
}
