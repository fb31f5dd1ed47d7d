import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Takes on a role that lives in the account of the stage. */
export async function assumeRole(roleArn: string, region: string, session: string): Promise<SessionCredentials> {
  const { Credentials: credentials } = await new STSClient({ region }).send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: session }));
  if (!credentials?.AccessKeyId || !credentials.SecretAccessKey || !credentials.SessionToken) throw new Error(`Assuming ${roleArn} gave no credentials.`);
  return { accessKeyId: credentials.AccessKeyId, secretAccessKey: credentials.SecretAccessKey, sessionToken: credentials.SessionToken };
}
