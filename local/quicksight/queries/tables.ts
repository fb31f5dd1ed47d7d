import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Cell } from '../dashboards/model';
import { quoted, SQL_TYPES, text, type OutputColumn } from './dataSetSql';

/** Rows as a data source gives them. */
export interface SourceRows {
  readonly columns: readonly OutputColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Tables that are asked on this machine: what SPICE keeps, and rows that are held for a moment. One question after the other. */
export class Tables {
  #last: Promise<unknown> = Promise.resolve();
  #held = 0;

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  static async open(file: string): Promise<Tables> {
    const instance = await DuckDBInstance.create(file, { threads: '1', memory_limit: '512MB' });
    const connection = await instance.connect();
    for (const statement of ["SET TimeZone = 'UTC'", 'CREATE SCHEMA IF NOT EXISTS kept']) await connection.run(statement);
    return new Tables(instance, connection);
  }

  /** Keeps rows under a name in place of those before. A row with a value that is none of its column's type is dropped, as SPICE does. */
  keep(name: string, rows: SourceRows): Promise<{ readonly kept: number; readonly dropped: number }> {
    return this.#inTurn(async () => {
      const kept = await this.#load(`kept.${quoted(name)}`, rows);
      return { kept, dropped: rows.rows.length - kept };
    });
  }

  forget(name: string): Promise<void> {
    return this.#inTurn(async () => void (await this.connection.run(`DROP TABLE IF EXISTS kept.${quoted(name)}`)));
  }

  has(name: string): Promise<boolean> {
    return this.#inTurn(async () => (await this.#query(`SELECT 1 FROM information_schema.tables WHERE table_schema = 'kept' AND table_name = ${text(name)}`)).length > 0);
  }

  /** Asks what is kept under a name. */
  ask(name: string, sqlOver: (source: string) => string): Promise<Cell[][]> {
    return this.#inTurn(() => this.#query(sqlOver(`kept.${quoted(name)}`)));
  }

  /** Asks rows that are forgotten afterwards. */
  askRows(rows: SourceRows, sqlOver: (source: string) => string): Promise<Cell[][]> {
    return this.#inTurn(async () => {
      this.#held += 1;
      const table = `held_${this.#held}`;
      await this.#load(table, rows, 'TEMP ');
      try {
        return await this.#query(sqlOver(table));
      } finally {
        await this.connection.run(`DROP TABLE ${table}`);
      }
    });
  }

  async close(): Promise<void> {
    await this.#last;
    this.connection.closeSync();
    this.instance.closeSync();
  }

  /** @returns how many rows are in it */
  async #load(table: string, { columns, rows }: SourceRows, scope = ''): Promise<number> {
    await this.connection.run(`CREATE OR REPLACE TEMP TABLE arriving (${columns.map(({ Name }) => `${quoted(Name)} VARCHAR`).join(', ')})`);
    const appender = await this.connection.createAppender('arriving', 'main', 'temp');
    for (const row of rows) {
      for (const cell of row) {
        if (cell === null) appender.appendNull();
        else appender.appendVarchar(String(cell));
      }
      appender.endRow();
    }
    appender.closeSync();
    const cast = ({ Name, Type }: OutputColumn): string => `TRY_CAST(${quoted(Name)} AS ${SQL_TYPES.duckdb[Type]})`;
    const good = columns.map((column) => `(${quoted(column.Name)} IS NULL OR ${cast(column)} IS NOT NULL)`).join(' AND ');
    await this.connection.run(`CREATE OR REPLACE ${scope}TABLE ${table} AS SELECT ${columns.map((column) => `${cast(column)} AS ${quoted(column.Name)}`).join(', ')} FROM arriving WHERE ${good}`);
    await this.connection.run('DROP TABLE arriving');
    const [[count = 0] = []] = await this.#query(`SELECT count(*) FROM ${table}`);
    return Number(count);
  }

  async #query(sql: string): Promise<Cell[][]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowsJson().map((row) => row.map((value) => (value === null || typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value))));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
