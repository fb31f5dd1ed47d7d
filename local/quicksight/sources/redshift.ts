import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStatementCommand, ExecuteStatementCommand, GetStatementResultCommand, RedshiftDataClient, type Field } from '@aws-sdk/client-redshift-data';
import type { ClientSettings } from '../../aws/roles';
import type { DataSource } from '../kept';
import type { Cell } from '../dashboards/model';
import { SourceError } from './sourceError';

const PAUSE_MS = 50;

/**
 * Asks a workgroup of Redshift Serverless. On AWS QuickSight connects to its host with a user and a password; here the Data API is
 * asked, which knows no passwords, so that what that user may not read is not refused.
 *
 * @throws SourceError in the database's words
 */
export async function askRedshift({ DataSourceParameters, Credentials }: DataSource, settings: ClientSettings, sql: string): Promise<Cell[][]> {
  const { Host = '', Database } = DataSourceParameters.RedshiftParameters ?? { Database: '' };
  const [, WorkgroupName] = /^([a-z0-9-]+)\.\d{12}\.[a-z0-9-]+\.redshift-serverless\.amazonaws\.com/.exec(Host) ?? [];
  if (WorkgroupName === undefined) throw new SourceError('UNRESOLVABLE_HOST', `${Host} is no workgroup of Redshift Serverless.`);
  const client = new RedshiftDataClient(settings);
  try {
    const { Id } = await client.send(new ExecuteStatementCommand({ WorkgroupName, Database, SecretArn: Credentials?.SecretArn, Sql: sql }));
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop
      const { Status, Error: reason } = await client.send(new DescribeStatementCommand({ Id }));
      if (Status === 'FINISHED') break;
      if (Status === 'FAILED' || Status === 'ABORTED') throw new SourceError('SQL_EXCEPTION', reason ?? `The statement was ${Status}.`);
      // oxlint-disable-next-line no-await-in-loop
      await sleep(PAUSE_MS);
    }
    const rows: Cell[][] = [];
    let NextToken: string | undefined;
    do {
      // oxlint-disable-next-line no-await-in-loop
      const page = await client.send(new GetStatementResultCommand({ Id, NextToken }));
      rows.push(...(page.Records ?? []).map((record) => record.map(cellOf)));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return rows;
  } finally {
    client.destroy();
  }
}

function cellOf(field: Field): Cell {
  if (field.isNull === true) return null;
  if (field.booleanValue !== undefined) return String(field.booleanValue);
  return field.longValue ?? field.doubleValue ?? field.stringValue ?? null;
}
