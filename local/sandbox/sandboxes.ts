import { CreateSecretCommand, ResourceExistsException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { website } from '../../stages/environments';
import { providerKeySecrets } from '../../stages/provider-keys';

/** What stands on this machine for the services that the shop calls and AWS does not offer, each on a port of the loopback. */
export interface SandboxPorts {
  readonly payment: number;
  readonly carrier: number;
  readonly inbox: number;
}

/** Three ports in a row. They stand in what is deployed, so a later start has to choose the same. */
export const sandboxPorts = (first: number): SandboxPorts => ({ payment: first, carrier: first + 1, inbox: first + 2 });

/** The public origins in the templates, each with the one that answers here. Browsers take `localhost` for a secure place. */
export function publicNames({ payment, carrier }: SandboxPorts): Record<string, string> {
  const names = website.environments.flatMap((environment): [string, string][] => [
    [environment.payment.apiUrl, `http://localhost:${payment}`],
    [environment.payment.scriptUrl, `http://localhost:${payment}`],
    ['https://hooks.stripe.com', `http://localhost:${payment}`],
    [environment.carrier.apiUrl, `http://localhost:${carrier}`],
  ]);
  return Object.fromEntries(names);
}

/** Puts the shop's keys for the sandboxes where a person puts them on AWS, unless they are there. */
export async function putProviderKeys(gatewayUrl: string): Promise<void> {
  for (const environment of website.environments) {
    const { name, account, region, payment: { publishableKey } } = environment;
    const client = new SecretsManagerClient({ endpoint: gatewayUrl, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } });
    const secrets = providerKeySecrets(environment);
    // The payment sandbox knows an account by what follows the prefix of its keys.
    await putUnlessThere(client, secrets.payment, publishableKey.replace(/^pk_/, 'sk_'));
    await putUnlessThere(client, secrets.carrier, `carrier_${name.toLowerCase()}`);
  }
}

async function putUnlessThere(client: SecretsManagerClient, name: string, text: string): Promise<void> {
  try {
    await client.send(new CreateSecretCommand({ Name: name, SecretString: text }));
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
  }
}
