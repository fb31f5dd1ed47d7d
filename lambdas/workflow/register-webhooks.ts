import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { parse } from '../shared/parse';
import { secretText } from './configuration';
import { stripeClient } from './payment/stripe-payments';
import { forgetCarrierCallbacks, forgetPaymentWebhook, registerCarrierCallbacks, registerPaymentWebhook } from './registration';

const config = readEnvironment(
  z.object({
    PAYMENT_API_URL: z.url(),
    PAYMENT_API_KEY_SECRET: z.string(),
    PAYMENT_WEBHOOK_SECRET: z.string(),
    CARRIER_API_URL: z.url(),
    CARRIER_API_KEY_SECRET: z.string(),
    CARRIER_WEBHOOK_SECRET: z.string(),
  }),
);
const secrets = new SecretsManagerClient({ maxAttempts: 5 });
const Addresses = z.object({ paymentUrl: z.url(), carrierUrl: z.url() });

/**
 * The `onEvent` handler of a custom resource (CDK's Provider framework): tells the payment provider and the carrier
 * where to call, keeps the secrets that they sign with, and takes both back on deletion.
 * Needs: secretsmanager:GetSecretValue on the keys, PutSecretValue on the signing secrets. Environment: as above.
 */
export const handler = async (event: CloudFormationCustomResourceEvent): Promise<{ PhysicalResourceId: string }> => {
  const PhysicalResourceId = 'webhooks';
  const addresses = parse(Addresses, event.ResourceProperties);
  if (!addresses.ok) throw new Error('paymentUrl and carrierUrl must be addresses');
  const { paymentUrl, carrierUrl } = addresses.value;
  const stripe = stripeClient(await secretText(config.PAYMENT_API_KEY_SECRET), config.PAYMENT_API_URL);
  const carrier = { apiUrl: config.CARRIER_API_URL, apiKey: await secretText(config.CARRIER_API_KEY_SECRET) };
  if (event.RequestType === 'Delete') {
    await forgetPaymentWebhook(stripe, paymentUrl);
    await forgetCarrierCallbacks(carrier, carrierUrl);
    return { PhysicalResourceId };
  }
  // A secret of this stack that has no value yet needs one, whatever an earlier stack has registered.
  if (event.RequestType === 'Create') await forgetPaymentWebhook(stripe, paymentUrl);
  const paymentSecret = await registerPaymentWebhook(stripe, paymentUrl);
  if (paymentSecret !== undefined) await keep(config.PAYMENT_WEBHOOK_SECRET, paymentSecret);
  await keep(config.CARRIER_WEBHOOK_SECRET, await registerCarrierCallbacks(carrier, carrierUrl));
  logger.info('registered', { paymentUrl, carrierUrl });
  return { PhysicalResourceId };
};

const keep = (secretId: string, text: string): Promise<unknown> => secrets.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: text }));
