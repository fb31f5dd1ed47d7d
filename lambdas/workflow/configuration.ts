import { getSecret } from '@aws-lambda-powertools/parameters/secrets';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { dynamoDb } from '../shared/dynamodb';
import { readEnvironment } from '../shared/environment';
import { WorkflowOrders } from './orders-table';
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

/** The waits table that WAITS_TABLE_NAME names. @throws Error when it names none */
export function configuredWaits(): Waits {
  const { WAITS_TABLE_NAME } = readEnvironment(z.object({ WAITS_TABLE_NAME: z.string() }));
  return new Waits(dynamoDb(), WAITS_TABLE_NAME, new SFNClient({ maxAttempts: 3 }));
}
