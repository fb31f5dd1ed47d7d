import * as z from 'zod/mini';
import { AcceptedSecret, secretReader } from '../shared/accepted-secret';
import { readEnvironment } from '../shared/environment';
import { httpFunction, ok } from '../shared/http';
import { textOf } from '../shared/request';
import { receiveCarrierEvent, verifiedCarrierEvent } from './carrier-events';
import { configuredOrders } from './configuration';
import { signedWithOneOf } from './signing';

const { CARRIER_WEBHOOK_SECRET } = readEnvironment(z.object({ CARRIER_WEBHOOK_SECRET: z.string() }));
const signing = new AcceptedSecret(secretReader(CARRIER_WEBHOOK_SECRET));
const orders = configuredOrders();

/**
 * `POST /api/webhooks/carrier`: the carrier's callbacks, signed.
 * Needs: dynamodb:GetItem and PutItem on the orders table, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, CARRIER_WEBHOOK_SECRET, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  const body = textOf(event);
  await receiveCarrierEvent(orders, await signedWithOneOf(signing, (secret) => verifiedCarrierEvent(body, event.headers, secret)));
  return ok({ received: true });
});
