import { setTimeout as pause } from 'node:timers/promises';
import { GetQueryExecutionCommand, paginateGetQueryResults, QueryExecutionState, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import type { AthenaClient, QueryExecution } from '@aws-sdk/client-athena';

/** A value as Athena writes it; null where there is none. */
export type Row = Readonly<Record<string, string | null>>;

export interface Queried {
  readonly workGroup: string;
  readonly database: string;
}

const BETWEEN_LOOKS_MS = 500;
const UNDER_WAY: readonly (string | undefined)[] = [QueryExecutionState.QUEUED, QueryExecutionState.RUNNING];

/** SQL over the lake's tables. */
export class Queries {
  constructor(
    private readonly client: AthenaClient,
    private readonly queried: Queried,
  ) {}

  /**
   * Waits for the end of a query.
   * @param token the same within half an hour gets the same query, run once
   * @throws Error in Athena's words when it failed, or would have read more than the workgroup lets it
   */
  async run(sql: string, token?: string): Promise<QueryExecution> {
    const { workGroup, database } = this.queried;
    const { QueryExecutionId: id } = await this.client.send(
      new StartQueryExecutionCommand({ QueryString: sql, WorkGroup: workGroup, QueryExecutionContext: { Database: database }, ClientRequestToken: token }),
    );
    for (;;) {
      const { QueryExecution: execution } = await this.client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      const { State: state, StateChangeReason: reason } = execution?.Status ?? {};
      if (execution && state === QueryExecutionState.SUCCEEDED) return execution;
      if (!UNDER_WAY.includes(state)) throw new Error(`Athena: ${reason ?? state ?? 'there is no such query'}`);
      await pause(BETWEEN_LOOKS_MS);
    }
  }

  /** Its rows, by the names of its columns, a thousand at a time. */
  async *pages(sql: string): AsyncGenerator<readonly Row[]> {
    const { QueryExecutionId: id } = await this.run(sql);
    let columns: readonly string[] | undefined;
    for await (const { ResultSet: found } of paginateGetQueryResults({ client: this.client, pageSize: 1_000 }, { QueryExecutionId: id })) {
      const rows = (found?.Rows ?? []).map(({ Data: cells = [] }) => cells.map(({ VarCharValue: value }) => value ?? null));
      // The first row of all names the columns.
      const values: (string | null)[][] = columns ? rows : rows.slice(1);
      columns ??= (rows[0] ?? []).map(String);
      const names = columns;
      yield values.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? null])));
    }
  }

  async rows(sql: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const page of this.pages(sql)) rows.push(...page);
    return rows;
  }
}
