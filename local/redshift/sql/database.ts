import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** What Redshift has and DuckDB has not. */
const MACROS = [
  'CREATE OR REPLACE MACRO nvl(a, b) AS coalesce(a, b)',
  "CREATE OR REPLACE MACRO getdate() AS (now() AT TIME ZONE 'UTC')",
  `CREATE OR REPLACE MACRO dateadd(part, n, moment) AS moment + n * CASE part
    WHEN 'second' THEN INTERVAL 1 SECOND WHEN 'minute' THEN INTERVAL 1 MINUTE WHEN 'hour' THEN INTERVAL 1 HOUR
    WHEN 'day' THEN INTERVAL 1 DAY WHEN 'week' THEN INTERVAL 7 DAY WHEN 'month' THEN INTERVAL 1 MONTH WHEN 'year' THEN INTERVAL 1 YEAR
    ELSE error('the date part ' || part || ' is not known on this machine') END`,
  "CREATE OR REPLACE MACRO is_varchar(j) AS coalesce(json_type(j) = 'VARCHAR', false)",
  "CREATE OR REPLACE MACRO is_boolean(j) AS coalesce(json_type(j) = 'BOOLEAN', false)",
  "CREATE OR REPLACE MACRO is_integer(j) AS coalesce(json_type(j) IN ('BIGINT', 'UBIGINT') AND try_cast(j AS BIGINT) IS NOT NULL, false)",
  'CREATE OR REPLACE MACRO json_parse(t) AS CAST(t AS JSON)',
  'CREATE OR REPLACE MACRO can_json_parse(t) AS coalesce(json_valid(t), false)',
  'CREATE OR REPLACE MACRO json_serialize(j) AS CAST(j AS VARCHAR)',
];

/** What is remembered beside the data: external schemas, streaming views, and how far each of them has read its stream. */
const OWN_TABLES = [
  'CREATE SCHEMA IF NOT EXISTS own', 'CREATE SCHEMA IF NOT EXISTS public',
  'CREATE TABLE IF NOT EXISTS own.external_schemas (name VARCHAR PRIMARY KEY, role VARCHAR NOT NULL)',
  'CREATE TABLE IF NOT EXISTS own.streaming_views (name VARCHAR PRIMARY KEY, stream VARCHAR NOT NULL, role VARCHAR NOT NULL, auto_refresh BOOLEAN NOT NULL, fill VARCHAR NOT NULL)',
  'CREATE TABLE IF NOT EXISTS own.positions (name VARCHAR, shard VARCHAR, sequence_number VARCHAR NOT NULL, PRIMARY KEY (name, shard))',
  'CREATE TABLE IF NOT EXISTS own.super_columns (name VARCHAR PRIMARY KEY)',
  'CREATE TABLE IF NOT EXISTS own.users (name VARCHAR PRIMARY KEY)',
  'CREATE TABLE IF NOT EXISTS own.rights (user_name VARCHAR, kind VARCHAR, name VARCHAR, PRIMARY KEY (user_name, kind, name))',
  'CREATE OR REPLACE VIEW pg_user AS SELECT name AS usename FROM own.users',
];

export type Cell = string | number | boolean | null;
export interface Table {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The database of one namespace: a file. What is done in it is done one after the other. */
export class Database {
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly connection: DuckDBConnection,
    private readonly instance: DuckDBInstance,
  ) {}

  static async open(file: string): Promise<Database> {
    mkdirSync(path.dirname(file), { recursive: true });
    // Each JSON column that is read of a batch of 2,048 rows keeps their trees: orders with their timelines, of some thirty columns,
    // took 350 MB at a thousand changes, 800 MB at twenty thousand. It is given back after the statement.
    const instance = await DuckDBInstance.create(file, { threads: '1', memory_limit: '1GB' });
    const connection = await instance.connect();
    for (const statement of ["SET TimeZone = 'UTC'", ...OWN_TABLES, ...MACROS]) await connection.run(statement);
    return new Database(connection, instance);
  }

  /** Runs `work` in a transaction of its own, after all that was asked for before. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      await this.connection.run('BEGIN');
      try {
        const done = await work();
        await this.connection.run('COMMIT');
        return done;
      } catch (error) {
        await this.connection.run('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Within a transaction. */
  async query(sql: string, parameters: Readonly<Record<string, string>> = {}): Promise<Table> {
    const reader = await this.connection.runAndReadAll(sql, parameters);
    const types = reader.columnTypes().map(String);
    const columns = reader.columnNames().map((name, index) => ({ name, type: types[index] ?? 'VARCHAR' }));
    // JSON values: whole numbers too large for a double, decimals and times as text.
    const rows = reader.getRowsJson().map((row) => row.map((value, index) => cellOf(value, types[index] ?? '')));
    return { columns, rows };
  }

  async close(): Promise<void> {
    await this.#last;
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

function cellOf(value: unknown, type: string): Cell {
  if (value === null || value === undefined) return null;
  if (/^(HUGEINT|BIGINT|INTEGER|SMALLINT|TINYINT|U\w*INT\w*)$/.test(type)) return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}
