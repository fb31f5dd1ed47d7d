import * as z from 'zod/mini';
import { readEnvironment } from '../../shared/environment';
import { secretText } from '../configuration';
import { stripeClient, StripePayments } from './stripe-payments';

/** Reads the key for each use, from a cache, and makes a client of it. */
export function configuredPayments(): () => Promise<StripePayments> {
  const { PAYMENT_API_URL, PAYMENT_API_KEY_SECRET } = readEnvironment(z.object({ PAYMENT_API_URL: z.url(), PAYMENT_API_KEY_SECRET: z.string() }));
  return async () => new StripePayments(stripeClient(await secretText(PAYMENT_API_KEY_SECRET), PAYMENT_API_URL));
}
