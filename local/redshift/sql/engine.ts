import path from 'node:path';
import type { Roles } from '../../aws/roles';
import { ARRIVED, refresh, type StreamingView } from '../streaming';
import type { KeptNamespace, KeptWorkgroup } from '../serverless/store';
import { Database, type Table } from './database';
import { nameOfStatement, shapeOf, type Shape } from './shapes';
import { checkRights, createUser, grant, requireUser } from './rights';
import { statementsIn } from './tokens';
import { toDuckDb } from './translate';

export interface Target {
  readonly namespace: KeptNamespace;
  readonly workgroup: KeptWorkgroup;
  /** @default the administrator */
  readonly user?: string;
}

const NOTHING: Table = { columns: [], rows: [] };

/** What runs statements: a database for each namespace, opened when it is first asked. */
export class Engine {
  readonly #databases = new Map<string, Promise<Database>>();

  constructor(
    private readonly folder: string,
    private readonly roles: Roles,
  ) {}

  /**
   * Runs one statement, or several in one transaction.
   * @returns the result of each
   * @throws Error in the database's words; nothing of the transaction is kept
   */
  async run(target: Target, statements: readonly string[], parameters: Readonly<Record<string, string>> = {}): Promise<Table[]> {
    const database = await this.#database(target.namespace);
    return database.transaction(async () => {
      const results: Table[] = [];
      for (const statement of statements) results.push(await this.#one(database, target, statement, parameters));
      return results;
    });
  }

  /** Refreshes every view that is to refresh itself. Resolves with what failed. */
  async refreshAll(target: Target): Promise<string[]> {
    const database = await this.#database(target.namespace);
    const { rows } = await database.transaction(() => database.query('SELECT name FROM own.streaming_views WHERE auto_refresh ORDER BY name'));
    const failures: string[] = [];
    for (const [name] of rows) await this.run(target, [`REFRESH MATERIALIZED VIEW ${String(name)}`]).catch((error: unknown) => failures.push(`${String(name)}: ${String(error)}`));
    return failures;
  }

  async close(): Promise<void> {
    for (const database of this.#databases.values()) await (await database).close();
  }

  #database(namespace: KeptNamespace): Promise<Database> {
    const file = path.join(this.folder, namespace.account, namespace.region, `${namespace.namespaceName}.duckdb`);
    const open = this.#databases.get(file) ?? Database.open(file);
    this.#databases.set(file, open);
    return open;
  }

  async #one(database: Database, { namespace, workgroup, user }: Target, text: string, parameters: Readonly<Record<string, string>>): Promise<Table> {
    const [sql = '', ...more] = statementsIn(text);
    if (more.length > 0) throw new Error('ERROR: multiple statements are not allowed here; use BatchExecuteStatement');
    const shape = shapeOf(sql);
    if (shape === undefined) throw new Error(`ERROR: ${nameOfStatement(sql)} is not supported on this machine`);
    const { rows } = await database.query('SELECT name FROM own.super_columns');
    const caseSensitive = workgroup.configParameters.some(({ parameterKey, parameterValue }) => parameterKey === 'enable_case_sensitive_identifier' && parameterValue === 'true');
    const translated = (piece: string): string => toDuckDb(piece, { superColumns: new Set(rows.map(([name]) => String(name))), caseSensitive });
    if (user !== undefined) await checkRights(database, user, shape, translated(sql));
    switch (shape.kind) {
      case 'query':
        return database.query(translated(sql), parameters);
      case 'create-view':
        await database.query(translated(sql), parameters);
        await keepSuperColumns(database, shape.name);
        return NOTHING;
      case 'user':
        await createUser(database, shape.name);
        return NOTHING;
      case 'password':
        await requireUser(database, shape.name);
        return NOTHING;
      case 'grant':
        await grant(database, shape);
        return NOTHING;
      case 'change':
        await database.query(translated(sql), parameters);
        return NOTHING;
      case 'external-schema':
        if (!namespace.iamRoles.includes(shape.role)) throw new Error(`ERROR: the IAM role ${shape.role} is not associated with the namespace`);
        await database.query('INSERT INTO own.external_schemas VALUES ($name, $role) ON CONFLICT DO NOTHING', { name: shape.name, role: shape.role });
        return NOTHING;
      case 'streaming-view':
        await this.#createView(database, shape, translated);
        return NOTHING;
      case 'refresh':
        await this.#refresh(database, namespace, shape.name);
        return NOTHING;
      case 'auto-refresh':
        await this.#streaming(database, shape.name);
        await database.query('UPDATE own.streaming_views SET auto_refresh = $on::BOOLEAN WHERE name = $name', { name: shape.name, on: String(shape.on) });
        return NOTHING;
      case 'drop-view':
        for (const statement of [`DROP TABLE IF EXISTS ${shape.name}`]) await database.query(statement);
        for (const table of ['streaming_views', 'positions']) await database.query(`DELETE FROM own.${table} WHERE name = $name`, { name: shape.name });
        return NOTHING;
    }
  }

  async #createView(database: Database, view: Shape & { kind: 'streaming-view' }, translated: (sql: string) => string): Promise<void> {
    const { rows } = await database.query('SELECT role FROM own.external_schemas WHERE name = $name', { name: view.schema });
    const role = rows[0]?.[0];
    if (role === undefined || role === null) throw new Error(`ERROR: schema "${view.schema}" does not exist`);
    const selected = `SELECT ${translated(view.projection)} FROM arrived${view.predicate === undefined ? '' : ` WHERE ${translated(view.predicate)}`}`;
    await database.query(ARRIVED);
    await database.query(`CREATE TABLE ${view.name} AS ${selected} LIMIT 0`);
    await keepSuperColumns(database, view.name);
    await database.query('INSERT INTO own.streaming_views VALUES ($name, $stream, $role, $autoRefresh::BOOLEAN, $fill)', {
      name: view.name, stream: view.stream, role: String(role), autoRefresh: String(view.autoRefresh), fill: `INSERT INTO ${view.name} ${selected}`,
    });
  }

  async #streaming(database: Database, name: string): Promise<StreamingView> {
    const { rows } = await database.query('SELECT stream, role, fill FROM own.streaming_views WHERE name = $name', { name });
    const [row] = rows;
    if (row === undefined) throw new Error(`ERROR: materialized view "${name}" does not exist`);
    const [stream = '', role = '', fill = ''] = row.map(String);
    return { name, stream, role, fill };
  }

  async #refresh(database: Database, namespace: KeptNamespace, name: string): Promise<void> {
    const view = await this.#streaming(database, name);
    const session = await this.roles.assume(view.role, 'RedshiftIamRoleSession', namespace.region, this.roles.ofService('redshift.amazonaws.com', namespace.account));
    await refresh(database, view, this.roles.settings(session, namespace.region));
  }
}

async function keepSuperColumns(database: Database, relation: string): Promise<void> {
  const { rows } = await database.query(`DESCRIBE ${relation}`);
  for (const [name, type] of rows) if (type === 'JSON') await database.query('INSERT INTO own.super_columns VALUES ($name) ON CONFLICT DO NOTHING', { name: String(name).toLowerCase() });
}
