import { setTimeout as sleep } from 'node:timers/promises';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import * as z from 'zod/mini';
import { ReportPath, ReportQuery } from '../../contracts/analytics';
import { readEnvironment } from '../shared/environment';
import { httpFunction, ok, taken } from '../shared/http';
import { operatorOf } from '../shared/operator';
import { pathOf, queryOf } from '../shared/request';
import { Reporting } from './reporting';
import { Statements } from './statements';

const config = readEnvironment(z.object({ WORKGROUP_NAME: z.string(), DATABASE_NAME: z.string() }));
const client = new RedshiftDataClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true } });
const statements = new Statements(client, { workgroupName: config.WORKGROUP_NAME, database: config.DATABASE_NAME });
const reporting = new Reporting({ statements, now: () => new Date(), pause: (milliseconds) => sleep(milliseconds) });

/**
 * `GET /api/analytics/{report}`, as the database user of the function's own role.
 * Needs: redshift-data:ExecuteStatement and redshift-serverless:GetCredentials on the workgroup, DescribeStatement and
 * GetStatementResult on any statement, secretsmanager:GetSecretValue. Environment: WORKGROUP_NAME, DATABASE_NAME, ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction(async (event) => {
  operatorOf(event);
  const { report } = pathOf(event, ReportPath, 'report-not-found');
  const answer = await reporting.report(report, queryOf(event, ReportQuery));
  if (!('askAgain' in answer)) return ok(answer);
  const pending = taken(answer);
  return { ...pending, headers: { ...pending.headers, 'retry-after': '1', location: answer.askAgain } };
});
