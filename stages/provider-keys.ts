import type { WebsiteEnvironment } from './environments';

/**
 * The secrets, in an environment's own account and region, that hold the shop's keys for the payment provider and the
 * carrier as their whole text. A person makes them before the environment is first deployed.
 */
export const providerKeySecrets = ({ name }: Pick<WebsiteEnvironment, 'name'>) =>
  ({ payment: `website/${name.toLowerCase()}/payment-api-key`, carrier: `website/${name.toLowerCase()}/carrier-api-key` }) as const;
