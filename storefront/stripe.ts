import type { SiteConfig } from '../contracts/site-config';

/**
 * What the shop uses of Stripe.js, which has to come from Stripe itself and not out of a bundle: card fields in frames
 * of Stripe's own, so that no card number is ever in this page. Errors come back as values; an exception is a mistake
 * of the caller's. https://docs.stripe.com/js
 */
export interface StripeJs {
  elements(options: ElementsOptions): Elements;
  createConfirmationToken(options: { elements: Elements }): Promise<{ confirmationToken?: { readonly id: string }; error?: StripeError }>;
  /** Lets the customer prove to their bank that it is them. Throws where the payment does not wait for it (any more). */
  handleNextAction(options: { clientSecret: string }): Promise<{ error?: StripeError }>;
}

export interface StripeError {
  /** `validation_error`: Stripe.js has said it beside the field already. */
  readonly type: string;
  /** In the customer's language. */
  readonly message?: string;
}

interface ElementsOptions {
  readonly mode: 'payment';
  /** https://docs.stripe.com/js/appendix/supported_locales */
  readonly locale: string;
  /** In the smallest unit: cents. */
  readonly amount: number;
  readonly currency: string;
  readonly captureMethod: 'manual';
  readonly allowedPaymentMethodTypes: readonly 'card'[];
  readonly appearance: { readonly theme: 'stripe' | 'night'; readonly variables: Readonly<Record<string, string>> };
}

export interface Elements {
  create(type: 'payment'): PaymentElement;
  submit(): Promise<{ error?: StripeError }>;
}

export interface PaymentElement {
  mount(place: HTMLElement): void;
  on(event: 'ready' | 'loaderror', listener: () => void): void;
  destroy(): void;
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string, options: { readonly locale: string }) => StripeJs;
  }
}

/** Stripe.js did not come: no connection, or something in the browser keeps it away. */
export class StripeMissing extends Error {}

/** Stripe.js in a language; in which it also words its errors. */
export type LoadStripe = (locale: string) => Promise<StripeJs>;

/** Of the same release as the API version that the functions speak: https://docs.stripe.com/sdks/stripejs-versioning */
const RELEASE = 'endive';

/**
 * Loads Stripe.js when it is first needed, and again after a failure.
 *
 * @throws StripeMissing
 */
export function stripeLoader({ scriptUrl, publishableKey }: SiteConfig['payment']): LoadStripe {
  let loaded: Promise<void> | undefined;
  const inLanguages = new Map<string, StripeJs>();
  return async (locale) => {
    loaded ??= script(`${scriptUrl}/${RELEASE}/stripe.js`).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    await loaded;
    if (!window.Stripe) throw new StripeMissing('Stripe.js has been loaded and is not there');
    // One object a language: more of them would cost. https://docs.stripe.com/js/initializing
    const stripe = inLanguages.get(locale) ?? window.Stripe(publishableKey, { locale });
    inLanguages.set(locale, stripe);
    return stripe;
  };
}

function script(address: string): Promise<void> {
  const element = document.createElement('script');
  element.src = address;
  return new Promise((resolve, reject) => {
    element.addEventListener('load', () => resolve());
    element.addEventListener('error', () => {
      element.remove();
      reject(new StripeMissing(`${address} cannot be loaded`));
    });
    document.head.append(element);
  });
}
