import type { Database } from './database';
import type { Shape } from './shapes';
import { tokensOf } from './tokens';

export async function createUser(database: Database, name: string): Promise<void> {
  const { rows } = await database.query('SELECT 1 FROM own.users WHERE name = $name', { name });
  if (rows.length > 0) throw new Error(`ERROR: user "${name}" already exists`);
  await database.query('INSERT INTO own.users VALUES ($name)', { name });
}

export async function requireUser(database: Database, user: string): Promise<void> {
  const { rows } = await database.query('SELECT 1 FROM own.users WHERE name = $user', { user });
  if (rows.length === 0) throw new Error(`ERROR: user "${user}" does not exist`);
}

export async function grant(database: Database, { right, name, user }: Shape & { kind: 'grant' }): Promise<void> {
  await requireUser(database, user);
  await database.query(`DESCRIBE ${right === 'select' ? name : `SELECT 1 AS ${name}`}`);
  await database.query('INSERT INTO own.rights VALUES ($user, $right, $name) ON CONFLICT DO NOTHING', { user, right, name });
}

/**
 * Who is not the administrator may read what was granted to them, and do nothing else. Whoever signs in by a role of IAM is a
 * user from then on: https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_GetCredentials.html
 */
export async function checkRights(database: Database, user: string, { kind }: Shape, sql: string): Promise<void> {
  await database.query('INSERT INTO own.users VALUES ($user) ON CONFLICT DO NOTHING', { user });
  if (kind !== 'query') throw new Error('ERROR: permission denied');
  const { rows } = await database.query('SELECT kind, name FROM own.rights WHERE user_name = $user', { user });
  const rights = new Set(rows.map(([right, name]) => `${String(right)} ${String(name)}`));
  const { rows: relations } = await database.query("SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema <> 'own'");
  for (const [schema, relation] of mentionedIn(sql, relations.map((row) => row.map(String)))) {
    if (!rights.has(`usage ${schema}`)) throw new Error(`ERROR: permission denied for schema ${schema}`);
    if (!rights.has(`select ${schema}.${relation}`)) throw new Error(`ERROR: permission denied for relation ${relation}`);
  }
}

/** The relations that a query itself names. What a view stands on is read by the right of the view's owner. */
function mentionedIn(sql: string, relations: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const words = tokensOf(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment').map(({ kind, text }) => (kind === 'quoted' ? text.slice(1, -1) : text).toLowerCase());
  const named = (schema = '', relation = ''): boolean =>
    words.some((word, at) => word === relation && (words[at - 1] === '.' ? words[at - 2] === schema : schema === 'main' && ['from', 'join', ','].includes(words[at - 1] ?? '')));
  return relations.filter(([schema, relation]) => named(schema, relation));
}
