import { setTimeout as sleep } from 'node:timers/promises';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { adminSecretArn } from './administrator';
import { Statements } from './statements';

const config = readEnvironment(z.object({ WORKGROUP_NAME: z.string(), DATABASE_NAME: z.string(), NAMESPACE_NAME: z.string(), STREAMING_VIEWS: z.string() }));
const data = new RedshiftDataClient({ maxAttempts: 5 });
const serverless = new RedshiftServerlessClient({ maxAttempts: 5 });

/**
 * Has the views over streams read what has come in since: on a schedule where they do not refresh themselves, and when the gate
 * or a person asks for it. Only their owner may.
 * Needs: redshift-serverless:GetNamespace on the namespace, redshift-data:ExecuteStatement on the workgroup, DescribeStatement
 * on any statement, secretsmanager:GetSecretValue on the administrator's secret.
 * Environment: WORKGROUP_NAME, DATABASE_NAME, NAMESPACE_NAME, STREAMING_VIEWS (their names, with commas between them).
 * @throws Error in Redshift's words when a view could not be refreshed; the others are all the same
 */
export const handler = async (): Promise<void> => {
  const secretArn = await adminSecretArn(serverless, config.NAMESPACE_NAME);
  const statements = new Statements(data, { workgroupName: config.WORKGROUP_NAME, database: config.DATABASE_NAME, secretArn });
  const views = config.STREAMING_VIEWS.split(',');
  const outcomes = await Promise.allSettled(views.map((view) => refresh(statements, view)));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
  if (failures.length > 0) throw new Error(failures.join('; '));
  logger.info('refreshed', { views });
};

async function refresh(statements: Statements, view: string): Promise<void> {
  const id = await statements.start({ sql: `REFRESH MATERIALIZED VIEW ${view}` });
  for (;;) {
    const { state, error } = await statements.progress(id);
    if (state === 'FINISHED') return;
    if (state === 'FAILED') throw new Error(`${view}: ${error}`);
    await sleep(300);
  }
}
