import { GetNamespaceCommand } from '@aws-sdk/client-redshift-serverless';
import type { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';

/** Redshift draws the administrator's password and keeps it in a secret, which no attribute in CloudFormation names. */
export async function adminSecretArn(client: Pick<RedshiftServerlessClient, 'send'>, namespaceName: string): Promise<string> {
  const { namespace } = await client.send(new GetNamespaceCommand({ namespaceName }));
  if (namespace?.adminPasswordSecretArn === undefined) throw new Error(`${namespaceName} has no secret of its administrator's.`);
  return namespace.adminPasswordSecretArn;
}
