import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { digested } from './password';
import { statementsIn } from './script';
import type { Row, Statements } from './statements';

/** A file of SQL: applied once, in the order of the names. Interrupted, it is run again from its beginning. */
export const Migration = z.object({ name: z.string(), checksum: z.string(), sql: z.string() });
export type Migration = z.infer<typeof Migration>;

const Views = z.array(z.string().check(z.regex(/^\w+\.\w+$/)));

/** Who may read what: a role of IAM is the database user `IAMR:<its name>`. */
export const Reader = z.object({ role: z.string().check(z.regex(/^[\w+=,.@-]{1,64}$/)), views: Views });
export type Reader = z.infer<typeof Reader>;

/** Who signs in by a password, which is in a secret: what has no role of IAM. */
export const PasswordReader = z.object({ secretArn: z.string(), views: Views });
/** What is in that secret. */
export const Credentials = z.object({ username: z.string().check(z.regex(/^[a-z]\w{0,62}$/)), password: z.string().check(z.minLength(8), z.maxLength(64)) });
export type PasswordUser = z.infer<typeof Credentials> & { readonly views: readonly string[] };

/** A materialized view that Redshift refreshes by itself, or does not. */
export const StreamingView = z.object({ name: z.string().check(z.regex(/^\w+\.\w+$/)), autoRefresh: z.enum(['YES', 'NO']) });

export interface Plan {
  readonly migrations: readonly Migration[];
  readonly readers: readonly Reader[];
  /** @default nobody signs in by a password */
  readonly users?: readonly PasswordUser[];
  readonly views: readonly z.infer<typeof StreamingView>[];
}

const CREATE_RECORD = 'CREATE TABLE IF NOT EXISTS public.migrations (name VARCHAR(200) NOT NULL, checksum VARCHAR(64) NOT NULL, applied_at TIMESTAMPTZ NOT NULL)';
const READ_RECORD = 'SELECT name, checksum FROM public.migrations ORDER BY name';
const WRITE_RECORD = 'INSERT INTO public.migrations (name, checksum, applied_at) SELECT CAST(:name AS VARCHAR), CAST(:checksum AS VARCHAR), GETDATE()';
const READ_USERS = 'SELECT usename AS name FROM pg_user';

/** Most statements take less than a tenth of a second, some take minutes. */
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/** There is more to do than this call had time for. */
class NotYet extends Error {
  override readonly name = 'NotYet';
}

export interface MigratingProps {
  readonly statements: Pick<Statements, 'start' | 'progress' | 'rows'>;
  /** Of this deployment. Whoever migrates for it again is given the statements that ran before, and goes on where they end. */
  readonly request: string;
  readonly hasTime: () => boolean;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Brings a database to what the files say. Keeps no state but the database's: each call goes the whole way again, by tokens. */
export class Migrating {
  constructor(private readonly props: MigratingProps) {}

  /**
   * @returns false when it has to be called again
   * @throws Error naming the file and Redshift's words when a statement fails, or a file that was applied has changed
   */
  async run({ migrations, readers, users = [], views }: Plan): Promise<boolean> {
    try {
      await this.#done('record', CREATE_RECORD);
      const applied = new Map((await this.#rows('applied', READ_RECORD)).map(({ name, checksum }) => [String(name), String(checksum)]));
      for (const migration of migrations.toSorted((one, other) => one.name.localeCompare(other.name))) await this.#apply(migration, applied.get(migration.name));
      for (const { name, autoRefresh } of views) await this.#done(`${name}/refresh`, `ALTER MATERIALIZED VIEW ${name} AUTO REFRESH ${autoRefresh}`);
      await this.#admit(readers, users);
      return true;
    } catch (error) {
      if (error instanceof NotYet) return false;
      throw error;
    }
  }

  async #apply({ name, checksum, sql }: Migration, before: string | undefined): Promise<void> {
    if (before === checksum) return;
    if (before !== undefined) throw new Error(`${name} was applied and has changed since: put it back, and write what is new into a file of its own.`);
    for (const [index, statement] of statementsIn(sql).entries()) await this.#done(`${name}/${index}`, statement);
    await this.#done(`${name}/applied`, WRITE_RECORD, { name, checksum });
  }

  /** Each time: a view that was made anew has lost its readers. */
  async #admit(readers: readonly Reader[], users: readonly PasswordUser[]): Promise<void> {
    const known = new Set((await this.#rows('users', READ_USERS)).map(({ name }) => String(name)));
    for (const { role, views } of readers) {
      const user = `"IAMR:${role}"`;
      if (!known.has(`IAMR:${role}`)) await this.#done(`${role}/user`, `CREATE USER ${user} PASSWORD DISABLE`);
      await this.#let(role, user, views);
    }
    for (const { username, password, views } of users) {
      const user = `"${username}"`;
      await this.#done(`${username}/user`, `${known.has(username) ? 'ALTER' : 'CREATE'} USER ${user} PASSWORD '${digested(password, `${this.props.request}/${username}`)}'`);
      await this.#let(username, user, views);
    }
  }

  async #let(what: string, user: string, views: readonly string[]): Promise<void> {
    for (const schema of new Set(views.map((view) => view.split('.')[0] ?? ''))) await this.#done(`${what}/${schema}`, `GRANT USAGE ON SCHEMA ${schema} TO ${user}`);
    for (const view of views) await this.#done(`${what}/${view}`, `GRANT SELECT ON ${view} TO ${user}`);
  }

  async #rows(what: string, sql: string): Promise<Row[]> {
    return this.props.statements.rows(await this.#done(what, sql));
  }

  /** @returns the id of the statement, which has finished */
  async #done(what: string, sql: string, parameters?: Readonly<Record<string, string>>): Promise<string> {
    const { statements, request, hasTime, pause } = this.props;
    const id = await statements.start({ sql, parameters, token: createHash('sha256').update(`${request}/${what}`).digest('hex') });
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      const { state, error } = await statements.progress(id);
      if (state === 'FINISHED') return id;
      if (state === 'FAILED') throw new Error(`${what}: ${error}`);
      if (!hasTime()) throw new NotYet();
      await pause(wait);
    }
  }
}
