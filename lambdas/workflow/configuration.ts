import { getSecret } from '@aws-lambda-powertools/parameters/secrets';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { WorkflowOrders } from './orders-table';
import { stripeClient, StripePayments } from './payment/stripe-payments';
import { Waits } from './waits';

/** A key that was exchanged is noticed within this time. */
const SECRET_SECONDS = 300;

/** The orders table that ORDERS_TABLE_NAME names. @throws Error when it names none */
export function configuredOrders(): WorkflowOrders {
  const { ORDERS_TABLE_NAME } = readEnvironment(z.object({ ORDERS_TABLE_NAME: z.string() }));
  return new WorkflowOrders(dynamoDb(), ORDERS_TABLE_NAME);
}

/** @throws Error naming the secret when it is empty, which a secret is until somebody puts its value */
export async function secretText(secretId: string): Promise<string> {
  const text = await getSecret(secretId, { maxAge: SECRET_SECONDS });
  if (typeof text === 'string' && text !== '') return text;
  throw new Error(`The secret ${secretId} has no value: the README, "Deploy it to AWS", says how to put it`);
}

/** Reads the key for each use, from a cache, and makes a client of it. */
export function configuredPayments(): () => Promise<StripePayments> {
  const { PAYMENT_API_URL, PAYMENT_API_KEY_SECRET } = readEnvironment(z.object({ PAYMENT_API_URL: z.url(), PAYMENT_API_KEY_SECRET: z.string() }));
  return async () => new StripePayments(stripeClient(await secretText(PAYMENT_API_KEY_SECRET), PAYMENT_API_URL));
}

/** The waits table that WAITS_TABLE_NAME names. @throws Error when it names none */
export function configuredWaits(): Waits {
  const { WAITS_TABLE_NAME } = readEnvironment(z.object({ WAITS_TABLE_NAME: z.string() }));
  return new Waits(dynamoDb(), WAITS_TABLE_NAME, new SFNClient({ maxAttempts: 3 }));
}
