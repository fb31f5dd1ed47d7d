import * as z from 'zod/mini';
import { DEFAULT_REPORT_WINDOW_MS, MAX_REPORT_WINDOW_MS, Report } from '../../contracts/analytics';
import type { ReportName, ReportPending, ReportQuery } from '../../contracts/analytics';
import { toInstant } from '../../contracts/instant';
import type { Instant } from '../../contracts/instant';
import { isPassing } from '../shared/dynamodb';
import { logger } from '../shared/logger';
import { ProblemError } from '../shared/problem-error';
import { parametersIn, REPORT_SQL } from './reports';
import type { Parameters, Row, Statements } from './statements';

/** How long a caller waits before they are told to ask again, and how often the statement is asked after meanwhile. */
const BUDGET_MS = 5_000;
const BETWEEN_LOOKS_MS = 150;
const RETRY_AFTER_SECONDS = 30;
/** Out of reach, not wrong. */
const AWAY = new Set(['ActiveStatementsExceededException', 'ActiveSessionsExceededException', 'DatabaseConnectionException', 'InternalServerException', 'TimeoutError', 'ECONNREFUSED', 'ECONNRESET']);

/** What the SDK and Node.js say of a call that went wrong. */
const Refused = z.object({ code: z.optional(z.string()), $metadata: z.optional(z.object({ httpStatusCode: z.optional(z.number()) })) });

export interface ReportingProps {
  readonly statements: Pick<Statements, 'start' | 'progress' | 'rows'>;
  readonly now: () => Date;
  readonly pause: (milliseconds: number) => Promise<void>;
}

interface Window {
  readonly since: Instant;
  readonly until: Instant;
  readonly synthetic: ReportQuery['synthetic'];
}

/** Reports over what has arrived in Redshift. */
export class Reporting {
  constructor(private readonly props: ReportingProps) {}

  /**
   * @returns the report, or where to ask again when it takes longer than a caller waits
   * @throws ProblemError `invalid-parameter`, `report-gone`, `analytics-away`
   */
  async report(name: ReportName, query: ReportQuery): Promise<Report | ReportPending> {
    const window = this.#windowOf(query);
    const sql = REPORT_SQL[name];
    const parameters = only(parametersIn(sql), { ...window, most: String(query.limit) });
    const statement = query.statement === undefined ? await reached(this.props.statements.start({ sql, parameters })) : await this.#same(query.statement, sql, parameters);
    const rows = await this.#rowsOf(statement);
    if (rows === undefined) return { report: name, statement, askAgain: addressOf(name, window, query, statement) };
    return Report.parse({ report: name, ...window, rows: rows.map(shown) });
  }

  #windowOf({ since, until, synthetic }: ReportQuery): Window {
    const end = until ?? toInstant(this.props.now());
    const window = { since: since ?? toInstant(new Date(Date.parse(end) - DEFAULT_REPORT_WINDOW_MS)), until: end, synthetic };
    const length = Date.parse(window.until) - Date.parse(window.since);
    if (length <= 0) throw new ProblemError('invalid-parameter', undefined, { errors: [{ parameter: 'since', detail: 'must be before until' }] });
    if (length > MAX_REPORT_WINDOW_MS) throw new ProblemError('invalid-parameter', undefined, { errors: [{ parameter: 'since', detail: 'must be at most 31 days before until' }] });
    return window;
  }

  /** The id of a statement that was started for just this: an id of another report opens nothing. */
  async #same(id: string, sql: string, parameters: Parameters): Promise<string> {
    const found = await reached(this.props.statements.progress(id)).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    });
    const isSame = found?.sql === sql && Object.entries(parameters).every(([name, value]) => found.parameters[name] === value);
    if (!isSame) throw new ProblemError('report-gone');
    return id;
  }

  /** @returns undefined when there is no more time */
  async #rowsOf(id: string): Promise<Row[] | undefined> {
    const deadline = this.props.now().getTime() + BUDGET_MS;
    for (;;) {
      const { state, error } = await reached(this.props.statements.progress(id));
      if (state === 'FINISHED') return reached(this.props.statements.rows(id));
      if (state === 'FAILED') {
        logger.error('Redshift did not run a report', { statement: id, reason: error });
        throw away();
      }
      if (this.props.now().getTime() >= deadline) return undefined;
      await this.props.pause(BETWEEN_LOOKS_MS);
    }
  }
}

const away = (cause?: unknown): ProblemError => new ProblemError('analytics-away', undefined, { headers: { 'retry-after': String(RETRY_AFTER_SECONDS) }, cause });

async function reached<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Error) || !isOutOfReach(error)) throw error;
    logger.warn('Redshift is away', error);
    throw away(error);
  }
}

/** Also an answer that is none of the Data API's: whoever stands before it says that it is not there. */
function isOutOfReach(error: Error): boolean {
  const { data: { code = '', $metadata } = {} } = z.safeParse(Refused, error);
  return AWAY.has(error.name) || AWAY.has(code) || isPassing(error.name) || ($metadata?.httpStatusCode ?? 0) >= 500;
}

const only = (names: ReadonlySet<string>, values: Parameters): Parameters => Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));

function addressOf(name: ReportName, { since, until, synthetic }: Window, { limit }: ReportQuery, statement: string): string {
  const query = new URLSearchParams({ since, until, synthetic, limit: String(limit), statement });
  return `/api/analytics/${name}?${query.toString()}`;
}

/** A minute is an instant in the contract, and what has no value is left out. */
const shown = (row: Row): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name, value]) => value !== null && name !== 'place')
      .map(([name, value]) => [name, name === 'minute' ? toInstant(new Date(Number(value) * 1_000)) : value]),
  );
