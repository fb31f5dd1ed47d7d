import { createHash } from 'node:crypto';
import { invalidRequest, type PaymentError } from '../account/errors';

export interface ApiKey {
  readonly kind: 'secret' | 'publishable';
  /** `acct_…` */
  readonly account: string;
}

/**
 * The account that a key opens. Whoever knows a key has an account: `sk_test_<rest>`, the restricted `rk_test_<rest>`
 * and the publishable `pk_test_<rest>` with the same rest belong to the same one.
 *
 * @throws PaymentError (401) for a missing, ill-formed or live key
 */
export function keyOf(authorization: string | undefined): ApiKey {
  const key = readKey(authorization);
  const match = /^(sk|rk|pk)_test_([A-Za-z0-9_]+)$/.exec(key);
  if (!match) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  const [, kind, rest = ''] = match;
  return { kind: kind === 'pk' ? 'publishable' : 'secret', account: `acct_${createHash('sha256').update(rest).digest('hex').slice(0, 16)}` };
}

export const secretKeyRequired = (): PaymentError =>
  invalidRequest('This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.', { code: 'secret_key_required' }, 401);

const unauthorized = (message: string): PaymentError => invalidRequest(message, {}, 401);

/** Bearer, or the user name of Basic as in `curl -u sk_test_…:`. */
function readKey(authorization: string | undefined): string {
  const [scheme = '', credentials = ''] = authorization?.split(' ') ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() === 'basic') return Buffer.from(credentials, 'base64').toString().split(':')[0] ?? '';
  throw unauthorized(
    "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
  );
}

const masked = (key: string): string => (key.length <= 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`);
