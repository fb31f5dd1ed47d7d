import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { parse } from '../shared/parse';
import { secretText } from './configuration';
import { stripeClient } from './payment/stripe-payments';
import { forgetCarrierCallbacks, forgetPaymentWebhook, registerCarrierCallbacks, registerPaymentWebhook } from './registration';
import type { SigningSecret } from './registration';

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
 * The `onEvent` handler of a custom resource (CDK's Provider framework), run with each deployment and once a day: tells
 * the payment provider and the carrier where to call, keeps the secrets that they sign with, has them changed after a
 * month, and takes all back on deletion.
 * Needs: secretsmanager:GetSecretValue on the keys, GetSecretValue and PutSecretValue on the signing secrets.
 * Environment: as above.
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
  const now = new Date();
  await registerPaymentWebhook(stripe, { url: paymentUrl, secret: signingSecret(config.PAYMENT_WEBHOOK_SECRET), now });
  await registerCarrierCallbacks(carrier, { url: carrierUrl, secret: signingSecret(config.CARRIER_WEBHOOK_SECRET), now });
  logger.info('registered', { paymentUrl, carrierUrl });
  return { PhysicalResourceId };
};

const signingSecret = (SecretId: string): SigningSecret => ({
  current: async () => {
    try {
      const { SecretString: text, CreatedDate: since } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      return text && since ? { text, since } : undefined;
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  },
  keep: async (SecretString) => {
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
  },
});
