import type Stripe from 'stripe';

/** https://docs.stripe.com/api/errors */
export interface ErrorBody {
  readonly type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly doc_url?: string;
  readonly charge?: string;
  readonly payment_intent?: Stripe.PaymentIntent;
  readonly payment_method?: Stripe.PaymentMethod;
  readonly advice_code?: string;
}

/** What the API answers instead of an object. */
export class PaymentError extends Error {
  /** https://docs.stripe.com/error-codes lists the codes. */
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.message);
  }
}

const documented = (code: string | undefined): { code?: string; doc_url?: string } =>
  code === undefined ? {} : { code, doc_url: `https://docs.stripe.com/error-codes#${code.replaceAll('_', '-')}` };

export const invalidRequest = (message: string, details: { code?: string; param?: string; payment_intent?: Stripe.PaymentIntent } = {}, status = 400): PaymentError => {
  const { code, ...rest } = details;
  return new PaymentError(status, { type: 'invalid_request_error', message, ...documented(code), ...rest });
};

/** 404 for an object named in the path, 400 for one named in a parameter. */
export const noSuch = (kind: string, id: string, param: string, status: 400 | 404): PaymentError =>
  invalidRequest(`No such ${kind}: '${id}'`, { code: 'resource_missing', param }, status);

export const cardError = ({ code, ...details }: Omit<ErrorBody, 'type' | 'doc_url'>): PaymentError =>
  new PaymentError(402, { type: 'card_error', ...documented(code), ...details });
