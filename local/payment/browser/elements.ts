import { localeOf } from './cardWords';
import type { Answer, StripeJsError } from './messages';
import { integrationError, PaymentElement, type Appearance } from './paymentElement';

export interface ElementsOptions {
  readonly mode?: 'payment' | 'setup' | 'subscription';
  readonly amount?: number;
  readonly currency?: string;
  readonly locale?: string;
  readonly captureMethod?: 'automatic' | 'automatic_async' | 'manual';
  readonly paymentMethodTypes?: readonly string[];
  readonly appearance?: Appearance;
}

/** A group of fields for one payment: https://docs.stripe.com/js/elements_object */
export class Elements {
  readonly #origin: string;
  readonly #publishableKey: string;
  #options: ElementsOptions;
  #payment: PaymentElement | undefined;
  #submitted = false;

  constructor(origin: string, publishableKey: string, options: ElementsOptions) {
    if (options.mode !== 'payment') throw integrationError("elements(): The payment sandbox of this machine knows the mode 'payment' only.");
    if (!Number.isInteger(options.amount) || (options.amount ?? 0) < 1) throw integrationError('elements(): `amount` must be a positive integer, in minor units.');
    if (!options.currency) throw integrationError('elements(): `currency` is required.');
    this.#origin = origin;
    this.#publishableKey = publishableKey;
    this.#options = options;
  }

  create(type: string): PaymentElement {
    if (type !== 'payment') throw integrationError(`elements.create(): The payment sandbox of this machine knows the element 'payment', not '${type}'.`);
    if (this.#payment) throw integrationError('Can only create one Element of type payment.');
    this.#payment = new PaymentElement(this.#origin, this.#publishableKey, localeOf(this.#options.locale), this.#options.appearance);
    return this.#payment;
  }

  getElement(type: string): PaymentElement | null {
    return type === 'payment' ? (this.#payment ?? null) : null;
  }

  update(options: Partial<ElementsOptions>): void {
    this.#options = { ...this.#options, ...options };
    if (options.appearance) this.#payment?.setAppearance(options.appearance);
  }

  async fetchUpdates(): Promise<{ error?: StripeJsError }> {
    return {};
  }

  /** Checks what was typed; to be called before a token is made of it. */
  async submit(): Promise<{ error: StripeJsError } | { selectedPaymentMethod: string }> {
    const { error } = await this.#mounted('elements.submit()').validate();
    this.#submitted = error === undefined;
    return error ? { error } : { selectedPaymentMethod: 'card' };
  }

  async createToken(parameters: Readonly<Record<string, string>>): Promise<Answer> {
    if (!this.#submitted) throw integrationError('elements.submit() must be called before stripe.createConfirmationToken().');
    return this.#mounted('stripe.createConfirmationToken()').createToken(parameters);
  }

  #mounted(caller: string): PaymentElement {
    if (!this.#payment) throw integrationError(`${caller}: a payment element must be created and mounted first.`);
    return this.#payment;
  }
}
