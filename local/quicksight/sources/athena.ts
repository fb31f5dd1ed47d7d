import { setTimeout as sleep } from 'node:timers/promises';
import { AthenaClient, GetQueryExecutionCommand, GetQueryResultsCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import type { ClientSettings } from '../../aws/roles';
import type { DataSource } from '../kept';
import type { Cell } from '../dashboards/model';
import { SourceError } from './sourceError';

const PAUSE_MS = 100;

/** Asks Athena in the data source's workgroup. @throws SourceError in Athena's words */
export async function askAthena({ DataSourceParameters }: DataSource, settings: ClientSettings, sql: string): Promise<Cell[][]> {
  const client = new AthenaClient(settings);
  try {
    const { QueryExecutionId } = await client.send(new StartQueryExecutionCommand({ QueryString: sql, WorkGroup: DataSourceParameters.AthenaParameters?.WorkGroup, QueryExecutionContext: { Catalog: 'AwsDataCatalog' } }));
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      const { State = '', StateChangeReason: reason = '' } = QueryExecution?.Status ?? {};
      if (State === 'SUCCEEDED') break;
      if (State === 'FAILED' || State === 'CANCELLED') throw new SourceError(/(TABLE|SCHEMA)_NOT_FOUND|does not exist/.test(reason) ? 'SQL_TABLE_NOT_FOUND' : 'SQL_EXCEPTION', reason || `The query was ${State}.`);
      // oxlint-disable-next-line no-await-in-loop
      await sleep(PAUSE_MS);
    }
    const rows: Cell[][] = [];
    let NextToken: string | undefined;
    do {
      // oxlint-disable-next-line no-await-in-loop
      const page = await client.send(new GetQueryResultsCommand({ QueryExecutionId, NextToken }));
      rows.push(...(page.ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue ?? null)));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    // The first row holds the names of the columns.
    return rows.slice(1);
  } finally {
    client.destroy();
  }
}
