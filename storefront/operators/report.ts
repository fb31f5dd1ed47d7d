import type { ReportName, ReportPending, ReportRow } from '../../contracts/analytics';
import { ask, bearer, codeOf, Refused, retryAfterOf } from '../api';
import type { Look } from './look';

export type Rows<Name extends ReportName> = readonly ReportRow<Name>[];

export interface Asking {
  /** A valid access token. */
  token(): Promise<string>;
  /** Told each time that the answer is not there yet. */
  waiting(): void;
  pause(seconds: number): Promise<void>;
  /** Ends the asking. */
  readonly signal: AbortSignal;
}

/**
 * The rows of a report, asked for again until they are there. An answer that was given away meanwhile is asked for anew, once.
 * @throws Refused
 */
export async function rowsOf<Name extends ReportName>(name: Name, look: Look, asking: Asking): Promise<Rows<Name>> {
  const anew = addressOf(name, look);
  try {
    return await askedUntilThere(anew, asking);
  } catch (error) {
    if (error instanceof Refused && codeOf(error.problem) === 'report-gone') return askedUntilThere(anew, asking);
    throw error;
  }
}

async function askedUntilThere<Name extends ReportName>(address: string, asking: Asking): Promise<Rows<Name>> {
  for (let next = address; ; ) {
    asking.signal.throwIfAborted();
    const response = await ask(next, { headers: bearer(await asking.token()), signal: asking.signal });
    // The server has checked its answers against the contract these types come from.
    if (response.status !== 202) {
      const report: { readonly rows: Rows<Name> } = await response.json();
      return report.rows;
    }
    const { askAgain }: ReportPending = await response.json();
    asking.waiting();
    await asking.pause(retryAfterOf(response).retryAfter ?? 1);
    next = askAgain;
  }
}

function addressOf(name: ReportName, { since, until, synthetic }: Look): string {
  const query = new URLSearchParams({ since: since.toISOString(), until: until.toISOString(), synthetic });
  return `/api/analytics/${name}?${query.toString()}`;
}
