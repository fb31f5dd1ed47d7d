import * as z from 'zod/mini';
import { AcceptedSecret, secretReader } from '../shared/accepted-secret';
import { readEnvironment } from '../shared/environment';
import { httpFunction, ok } from '../shared/http';
import { textOf } from '../shared/request';
import { configuredOrders, configuredWaits, secretText } from './configuration';
import { receivePaymentEvent, verifiedEvent } from './payment/payment-events';
import { stripeClient } from './payment/stripe-payments';
import { signedWithOneOf } from './signing';

const config = readEnvironment(z.object({ PAYMENT_WEBHOOK_SECRET: z.string(), PAYMENT_API_URL: z.url(), PAYMENT_API_KEY_SECRET: z.string() }));
const signing = new AcceptedSecret(secretReader(config.PAYMENT_WEBHOOK_SECRET));
const orders = configuredOrders();
const waits = configuredWaits();

/**
 * `POST /api/webhooks/payment`: Stripe's events, signed.
 * Needs: dynamodb:GetItem and PutItem on the orders table, UpdateItem on the waits table, states:SendTaskSuccess,
 * secretsmanager:GetSecretValue. Environment: ORDERS_TABLE_NAME, WAITS_TABLE_NAME, PAYMENT_WEBHOOK_SECRET,
 * PAYMENT_API_URL, PAYMENT_API_KEY_SECRET, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const stripe = stripeClient(await secretText(config.PAYMENT_API_KEY_SECRET), config.PAYMENT_API_URL);
  const body = textOf(event);
  const verified = await signedWithOneOf(signing, (secret) => verifiedEvent(stripe, body, event.headers['stripe-signature'], secret));
  await receivePaymentEvent({ orders, waits, intent: (id) => stripe.paymentIntents.retrieve(id) }, verified);
  return ok({ received: true });
});
