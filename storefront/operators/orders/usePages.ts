import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../../contracts/problem';
import { problemOf } from '../../parts';
import { type Session, tokenOf } from '../../session';

interface Page {
  readonly nextCursor?: string;
  readonly orders: readonly unknown[];
}

interface Outcome<P extends Page> {
  readonly pages: readonly P[];
  readonly problem?: Problem;
  readonly busy: boolean;
}

export interface Pages<P extends Page> extends Outcome<P> {
  readonly nextCursor?: string;
  /** Goes on where the list ends, or tries again what has failed. */
  more(this: void): void;
  /** From the beginning. */
  again(this: void): void;
}

/** A list, page by page. @param key of the question: another one begins anew, and undefined asks for nothing */
export function usePages<P extends Page>(key: string | undefined, session: Session, load: (token: string, cursor?: string) => Promise<P>): Pages<P> {
  const [{ of, ...state }, setState] = useState<Outcome<P> & { of?: string }>({ pages: [], busy: true });
  const latest = useRef(0);
  const current: Outcome<P> = of === key ? state : { pages: [], busy: key !== undefined };
  const nextCursor = current.pages.at(-1)?.nextCursor;
  const ask = async (before: readonly P[]) => {
    const mine = ++latest.current;
    const settle = (outcome: Outcome<P>) => mine === latest.current && setState({ ...outcome, of: key });
    settle({ pages: current.pages, busy: true });
    try {
      settle({ pages: [...before, await load(await tokenOf(session), before.at(-1)?.nextCursor)], busy: false });
    } catch (error) {
      settle({ pages: before, problem: problemOf(error), busy: false });
    }
  };
  useEffect(() => {
    if (key !== undefined) void ask([]);
    return () => {
      latest.current++;
    };
  }, [key]);
  return { ...current, nextCursor, more: () => void ask(current.pages), again: () => key !== undefined && void ask([]) };
}
