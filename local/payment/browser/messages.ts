/** What Stripe.js and the frame with the card's fields tell each other through a channel of their own. */
export type ToFrame =
  | { readonly type: 'look'; readonly variables: Readonly<Record<string, string>> }
  | { readonly type: 'validate'; readonly id: number }
  | { readonly type: 'create-token'; readonly id: number; readonly parameters: Readonly<Record<string, string>> }
  | { readonly type: 'focus' }
  | { readonly type: 'clear' };

export type FromFrame =
  | { readonly type: 'ready' }
  | { readonly type: 'height'; readonly pixels: number }
  | { readonly type: 'change'; readonly complete: boolean; readonly empty: boolean }
  | { readonly type: 'focused' | 'blurred' }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer };

/** As Stripe.js reports errors: https://docs.stripe.com/js/errors */
export interface StripeJsError {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
}

export interface Answer {
  readonly error?: StripeJsError;
  readonly confirmationToken?: object;
}

/** First message to the frame, with the channel's port. */
export const CONNECT = 'payment-sandbox:connect';
/** Last message of the second factor's page. */
export const CHALLENGE_DONE = 'payment-sandbox:challenge-done';
