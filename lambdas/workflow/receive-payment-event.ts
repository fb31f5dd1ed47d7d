import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { httpFunction, ok } from '../shared/http';
import { textOf } from '../shared/request';
import { configuredOrders, configuredWaits, secretText } from './configuration';
import { receivePaymentEvent, verifiedEvent } from './payment/payment-events';
import { stripeClient } from './payment/stripe-payments';

const config = readEnvironment(z.object({ PAYMENT_WEBHOOK_SECRET: z.string(), PAYMENT_API_URL: z.url(), PAYMENT_API_KEY_SECRET: z.string() }));
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
  const verified = await verifiedEvent(stripe, textOf(event), event.headers['stripe-signature'], await secretText(config.PAYMENT_WEBHOOK_SECRET));
  await receivePaymentEvent({ orders, waits, intent: (id) => stripe.paymentIntents.retrieve(id) }, verified);
  return ok({ received: true });
});
