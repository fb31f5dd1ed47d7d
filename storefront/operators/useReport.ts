import { useEffect, useState } from 'preact/hooks';
import type { ReportName } from '../../contracts/analytics';
import type { Problem } from '../../contracts/problem';
import { problemOf } from '../parts';
import { type Session, tokenOf } from '../session';
import type { Look } from './look';
import { type Rows, rowsOf } from './report';

interface Outcome<Name extends ReportName> {
  readonly rows?: Rows<Name>;
  readonly problem?: Problem;
  /** Redshift was asked, and takes longer than a request may. */
  readonly waiting?: true;
}

export interface LoadingReport<Name extends ReportName = ReportName> extends Outcome<Name> {
  again(this: void): void;
}

/** One report of a look, by itself: what becomes of it is nothing to the others. */
export function useReport<Name extends ReportName>(name: Name, look: Look, session: Session): LoadingReport<Name> {
  const [state, setState] = useState<Outcome<Name> & { look?: Look }>({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    const settle = (outcome: Outcome<Name>) => setState({ ...outcome, look });
    settle({});
    rowsOf(name, look, { token: () => tokenOf(session), waiting: () => !left.signal.aborted && settle({ waiting: true }), pause, signal: left.signal }).then(
      (rows) => !left.signal.aborted && settle({ rows }),
      (error: unknown) => !left.signal.aborted && settle({ problem: problemOf(error) }),
    );
    return () => left.abort();
  }, [look, round]);
  return { ...(state.look === look ? state : {}), again: () => setRound((count) => count + 1) };
}

const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
