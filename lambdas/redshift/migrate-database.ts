import { setTimeout as sleep } from 'node:timers/promises';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { parse } from '../shared/parse';
import { Credentials, Migrating, Migration, PasswordReader, Reader, StreamingView } from './migrating';
import { adminSecretArn } from './administrator';
import { Statements } from './statements';

const config = readEnvironment(z.object({ WORKGROUP_NAME: z.string(), DATABASE_NAME: z.string(), NAMESPACE_NAME: z.string() }));
const data = new RedshiftDataClient({ maxAttempts: 5 });
const serverless = new RedshiftServerlessClient({ maxAttempts: 5 });
const secrets = new SecretsManagerClient({ maxAttempts: 5 });
const Plan = z.object({ migrations: z.array(Migration), readers: z.array(Reader), passwordReaders: z.optional(z.array(PasswordReader)), views: z.array(StreamingView) });

const TIME_TO_ANSWER_MS = 15_000;

/**
 * The `onEvent` and `isComplete` handler of a custom resource (CDK's Provider framework): brings the database to what the files
 * of app/redshift/sql say, as its administrator. A statement may take longer than a function: then it is called again.
 * Needs: redshift-serverless:GetNamespace on the namespace, redshift-data:ExecuteStatement on the workgroup, DescribeStatement
 * and GetStatementResult on any statement, secretsmanager:GetSecretValue on the administrator's secret and on the dashboard
 * reader's.
 * Environment: WORKGROUP_NAME, DATABASE_NAME, NAMESPACE_NAME.
 */
export const handler = async (event: CloudFormationCustomResourceEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<{ PhysicalResourceId: string; IsComplete: boolean }> => {
  const PhysicalResourceId = 'migrations';
  // The data goes with the namespace.
  if (event.RequestType === 'Delete') return { PhysicalResourceId, IsComplete: true };
  const plan = parse(Plan, event.ResourceProperties);
  if (!plan.ok) throw new Error(`The plan is wrong: ${plan.faults.map(({ path, reason }) => `${path.join('.')} ${reason}`).join(', ')}`);
  const statements = new Statements(data, { workgroupName: config.WORKGROUP_NAME, database: config.DATABASE_NAME, secretArn: await adminSecretArn(serverless, config.NAMESPACE_NAME) });
  const migrating = new Migrating({ statements, request: event.RequestId, hasTime: () => context.getRemainingTimeInMillis() > TIME_TO_ANSWER_MS, pause: (milliseconds) => sleep(milliseconds) });
  const { passwordReaders = [], ...rest } = plan.value;
  const users = await Promise.all(passwordReaders.map(async ({ secretArn, views }) => ({ ...(await credentialsIn(secretArn)), views })));
  const IsComplete = await migrating.run({ ...rest, users });
  logger.info('migrated', { complete: IsComplete, files: plan.value.migrations.length });
  return { PhysicalResourceId, IsComplete };
};

/** @throws ZodError when the secret has no user's name and password */
async function credentialsIn(secretArn: string): Promise<z.infer<typeof Credentials>> {
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
  return Credentials.parse(JSON.parse(SecretString));
}
