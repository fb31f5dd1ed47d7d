import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { httpFunction, ok } from '../shared/http';
import { textOf } from '../shared/request';
import { receiveCarrierEvent, verifiedCarrierEvent } from './carrier-events';
import { configuredOrders, secretText } from './configuration';

const { CARRIER_WEBHOOK_SECRET } = readEnvironment(z.object({ CARRIER_WEBHOOK_SECRET: z.string() }));
const orders = configuredOrders();

/**
 * `POST /api/webhooks/carrier`: the carrier's callbacks, signed.
 * Needs: dynamodb:GetItem and PutItem on the orders table, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, CARRIER_WEBHOOK_SECRET, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  await receiveCarrierEvent(orders, verifiedCarrierEvent(textOf(event), event.headers, await secretText(CARRIER_WEBHOOK_SECRET)));
  return ok({ received: true });
});
