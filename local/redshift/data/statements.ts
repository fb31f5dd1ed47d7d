import { randomUUID } from 'node:crypto';
import type { Caller } from '../../aws/caller';
import { messageOf, ServiceError } from '../../aws/errors';
import type { Table } from '../sql/database';
import type { Engine, Target } from '../sql/engine';

export type Status = 'SUBMITTED' | 'PICKED' | 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED';

export interface Statement {
  readonly id: string;
  /** Only who asked may know of it; on AWS the same role's sessions. */
  readonly owner: string;
  readonly account: string;
  readonly region: string;
  readonly clientToken?: string;
  readonly name?: string;
  readonly database: string;
  readonly target: Target;
  /** The database user who runs it; none is the administrator. */
  readonly user?: string;
  readonly statements: readonly string[];
  readonly batch: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  readonly createdAt: number;
  updatedAt: number;
  status: Status;
  error?: string;
  results: readonly Table[];
}

/** Results are kept for 24 hours: https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_DescribeStatement.html */
const KEPT_FOR = 24 * 60 * 60_000;
/** Of one caller at most: a dashboard that somebody looks at asks every few seconds, and its answers are held in memory. */
const MOST_OF_A_CALLER = 500;

/** Statements that were asked for, which run one after the other while their callers ask how far they are. */
export class Statements {
  readonly #all = new Map<string, Statement>();
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  submit(caller: Caller, asked: Pick<Statement, 'clientToken' | 'user' | 'name' | 'database' | 'target' | 'statements' | 'batch' | 'parameters'>): Statement {
    const owner = ownerOf(caller);
    for (const [id, { createdAt }] of this.#all) if (createdAt < Date.now() - KEPT_FOR) this.#all.delete(id);
    const same = asked.clientToken === undefined ? undefined : [...this.#all.values()].find((one) => one.owner === owner && one.clientToken === asked.clientToken);
    if (same) return same;
    this.#forgetOldest(owner);
    const now = Date.now();
    const statement: Statement = { ...asked, id: randomUUID(), owner, account: caller.account, region: caller.region, createdAt: now, updatedAt: now, status: 'SUBMITTED', results: [] };
    this.#all.set(statement.id, statement);
    setImmediate(() => void this.#run(statement));
    return statement;
  }

  #forgetOldest(owner: string): void {
    const ended = [...this.#all.values()].filter((one) => one.owner === owner && ['FINISHED', 'FAILED', 'ABORTED'].includes(one.status));
    for (const { id } of ended.slice(0, Math.max(0, ended.length - MOST_OF_A_CALLER + 1))) this.#all.delete(id);
  }

  /** @throws ServiceError ResourceNotFoundException also for one of somebody else */
  find(caller: Caller, id: string): Statement {
    const found = this.#all.get(id.replace(/:\d+$/, ''));
    if (found === undefined || found.owner !== ownerOf(caller)) throw new ServiceError('ResourceNotFoundException', `Query ${id} does not exist.`);
    return found;
  }

  listed(caller: Caller): Statement[] {
    return [...this.#all.values()].filter(({ owner }) => owner === ownerOf(caller)).toReversed();
  }

  cancel(statement: Statement): void {
    if (!['SUBMITTED', 'PICKED', 'STARTED'].includes(statement.status)) throw new ServiceError('ValidationException', `Could not cancel a query that is already in ${statement.status} state with ID: ${statement.id}.`);
    this.#is(statement, 'ABORTED');
  }

  async #run(statement: Statement): Promise<void> {
    if (statement.status !== 'SUBMITTED') return;
    this.#is(statement, 'STARTED');
    try {
      const results = await this.#engine.run({ ...statement.target, user: statement.user }, statement.statements, statement.parameters);
      if (this.#is(statement, 'FINISHED')) statement.results = results;
    } catch (error) {
      if (this.#is(statement, 'FAILED')) statement.error = messageOf(error);
    }
  }

  /** @returns whether it became that: what was cancelled stays so */
  #is(statement: Statement, status: Status): boolean {
    if (statement.status === 'ABORTED') return false;
    Object.assign(statement, { status, updatedAt: Date.now() });
    return true;
  }
}

const ownerOf = ({ principal, arn }: Caller): string => (principal.kind === 'SESSION' ? principal.role : arn);
