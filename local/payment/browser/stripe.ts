import { Elements, type ElementsOptions } from './elements';
import { CHALLENGE_DONE, type Answer, type StripeJsError } from './messages';
import { integrationError } from './paymentElement';

/** What the browser is told of a payment intent. */
interface PaymentIntent {
  readonly id: string;
  readonly status: string;
  readonly next_action: null | { readonly type: string; readonly use_stripe_sdk?: { readonly source: string }; readonly redirect_to_url?: { readonly url: string } };
  readonly last_payment_error: null | StripeJsError;
}
type IntentResult = { paymentIntent: PaymentIntent } | { error: StripeJsError & { payment_intent?: PaymentIntent } };

interface TokenParams {
  readonly return_url?: string;
  readonly payment_method_data?: { readonly billing_details?: { readonly name?: string; readonly email?: string; readonly phone?: string; readonly address?: Readonly<Record<string, string>> } };
}

// Where this script came from is where the frames and the API are.
const script = document.currentScript;
const origin = new URL(script instanceof HTMLScriptElement ? script.src : window.location.href).origin;

/**
 * Stripe.js as far as a shop needs it that confirms payments on its server:
 * https://docs.stripe.com/payments/finalize-payments-on-the-server
 */
class StripeJs {
  readonly #key: string;
  readonly #locale: string | undefined;

  constructor(publishableKey: unknown, { locale }: { locale?: string } = {}) {
    if (typeof publishableKey !== 'string' || !publishableKey.startsWith('pk_')) throw integrationError('Please call Stripe() with your publishable key. You used something else.');
    this.#key = publishableKey;
    this.#locale = locale;
  }

  elements(options: ElementsOptions = {}): Elements {
    return new Elements(origin, this.#key, { locale: this.#locale, ...options });
  }

  async createConfirmationToken({ elements, params = {} }: { elements: Elements; params?: TokenParams }): Promise<Answer> {
    return elements.createToken({
      ...(params.return_url && { return_url: params.return_url }),
      ...flattened('payment_method_data[billing_details]', params.payment_method_data?.billing_details ?? {}),
    });
  }

  async retrievePaymentIntent(clientSecret: string): Promise<IntentResult> {
    const id = clientSecret.split('_secret_')[0] ?? '';
    try {
      const response = await fetch(`${origin}/v1/payment_intents/${encodeURIComponent(id)}?${new URLSearchParams({ client_secret: clientSecret }).toString()}`, {
        headers: { authorization: `Bearer ${this.#key}` },
      });
      const answer: (PaymentIntent & { error?: undefined }) | { error: StripeJsError } = await response.json();
      return answer.error ? { error: answer.error } : { paymentIntent: answer };
    } catch {
      return { error: { type: 'api_connection_error', message: 'An error occurred with our connection to Stripe.' } };
    }
  }

  /** Asks the card's holder for the second factor and answers what became of the payment. */
  async handleNextAction({ clientSecret }: { clientSecret: string }): Promise<IntentResult> {
    const before = await this.retrievePaymentIntent(clientSecret);
    if ('error' in before) return before;
    const { status, next_action } = before.paymentIntent;
    if (status !== 'requires_action' || !next_action) {
      const message = 'handleNextAction: The PaymentIntent supplied is not in the requires_action state.';
      return { error: { type: 'invalid_request_error', code: 'payment_intent_unexpected_state', message, payment_intent: before.paymentIntent } };
    }
    if (next_action.redirect_to_url) {
      window.location.assign(next_action.redirect_to_url.url);
      return new Promise(() => {});
    }
    await authenticate(`${origin}/3d_secure/${next_action.use_stripe_sdk?.source ?? ''}`);
    const after = await this.retrievePaymentIntent(clientSecret);
    if ('error' in after || after.paymentIntent.status !== 'requires_payment_method') return after;
    const failure = after.paymentIntent.last_payment_error;
    const failed = failure?.code === 'payment_intent_authentication_failure';
    return {
      error: {
        ...(failure ?? { type: 'card_error' }),
        ...(failed && { message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.' }),
        payment_intent: after.paymentIntent,
      },
    };
  }

  /** Called by the npm package that loads Stripe.js. */
  _registerWrapper(): void {}
  registerAppInfo(): void {}
}

/** `{ address: { city } }` → `prefix[address][city]` */
function flattened(prefix: string, values: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
      if (typeof value === 'object' && value !== null) return Object.entries(flattened(`${prefix}[${name}]`, value));
      return typeof value === 'string' && value !== '' ? [[`${prefix}[${name}]`, value]] : [];
    }),
  );
}

/** Shows the bank's page over the shop's until it is answered. */
function authenticate(url: string): Promise<void> {
  const dialog = document.createElement('dialog');
  const frame = document.createElement('iframe');
  frame.src = url;
  frame.title = '3D Secure';
  Object.assign(dialog.style, { width: '100vw', height: '100vh', maxWidth: '100vw', maxHeight: '100vh', padding: '0', border: '0', background: 'rgb(0 0 0 / 50%)', overflow: 'hidden' });
  Object.assign(frame.style, { display: 'block', width: '100%', height: '100%', border: '0', background: 'transparent', colorScheme: 'normal' });
  dialog.append(frame);
  document.body.append(dialog);
  return new Promise((resolve) => {
    const answered = (event: MessageEvent<unknown>): void => {
      if (event.source === frame.contentWindow && event.origin === origin && event.data === CHALLENGE_DONE) dialog.close();
    };
    window.addEventListener('message', answered);
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    dialog.addEventListener('close', () => {
      window.removeEventListener('message', answered);
      dialog.remove();
      resolve();
    });
    dialog.showModal();
  });
}

const load = Object.assign((publishableKey: unknown, options?: { locale?: string }) => new StripeJs(publishableKey, options), { version: 'endive' });
Object.assign(window, { Stripe: load });
