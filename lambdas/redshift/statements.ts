import { DescribeStatementCommand, ExecuteStatementCommand, GetStatementResultCommand } from '@aws-sdk/client-redshift-data';
import type { Field, RedshiftDataClient } from '@aws-sdk/client-redshift-data';

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;
export type Parameters = Readonly<Record<string, string>>;

export interface Database {
  readonly workgroupName: string;
  readonly database: string;
  /** Signs in as whoever is in it. @default as the caller's own role, `IAMR:<name of the role>` */
  readonly secretArn?: string;
}

export interface Asked {
  readonly sql: string;
  /** Bound by the database, by `:name`; never part of the text. */
  readonly parameters?: Parameters;
  /** The same token gets the same statement, run once (for eight hours). */
  readonly token?: string;
}

export interface Progress {
  readonly state: 'RUNNING' | 'FINISHED' | 'FAILED';
  readonly sql: string;
  readonly parameters: Parameters;
  /** In Redshift's words. */
  readonly error?: string;
}

/** Statements by the Data API: started, then asked after (https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html). */
export class Statements {
  constructor(
    private readonly client: Pick<RedshiftDataClient, 'send'>,
    private readonly database: Database,
  ) {}

  /** @returns the statement's id */
  async start({ sql, parameters = {}, token }: Asked): Promise<string> {
    const { workgroupName, database, secretArn } = this.database;
    const bound = Object.entries(parameters).map(([name, value]) => ({ name, value }));
    const { Id: id } = await this.client.send(
      new ExecuteStatementCommand({ WorkgroupName: workgroupName, Database: database, SecretArn: secretArn, Sql: sql, ...(bound.length > 0 && { Parameters: bound }), ClientToken: token }),
    );
    if (id === undefined) throw new Error('The Data API gave a statement no id');
    return id;
  }

  async progress(id: string): Promise<Progress> {
    const { Status: status, QueryString: sql = '', QueryParameters: parameters = [], Error: error } = await this.client.send(new DescribeStatementCommand({ Id: id }));
    const state = status === 'FINISHED' ? 'FINISHED' : status === 'FAILED' || status === 'ABORTED' ? 'FAILED' : 'RUNNING';
    return { state, sql, parameters: Object.fromEntries(parameters.map(({ name = '', value = '' }) => [name, value])), error: error ?? status };
  }

  /** All rows of a statement that has finished, by the names of its columns. */
  async rows(id: string): Promise<Row[]> {
    const rows: Row[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(new GetStatementResultCommand({ Id: id, NextToken }));
      const names = (page.ColumnMetadata ?? []).map(({ name = '' }) => name);
      for (const record of page.Records ?? []) rows.push(Object.fromEntries(record.map((field, index) => [names[index] ?? '', valueOf(field)])));
      NextToken = page.NextToken;
    } while (NextToken);
    return rows;
  }
}

const valueOf = ({ isNull, stringValue, longValue, doubleValue, booleanValue }: Field): Value => (isNull ? null : (stringValue ?? longValue ?? doubleValue ?? booleanValue ?? null));
