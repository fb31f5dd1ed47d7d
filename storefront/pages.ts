import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../contracts/problem';
import { useAgain } from './again';
import { problemOf } from './parts';

export interface Page {
  readonly nextCursor?: string;
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

/**
 * A list, page by page. What has failed in passing is tried again by itself; what was said of it stays until then.
 *
 * @param key of the question: another one begins anew, and undefined asks for nothing
 */
export function usePages<P extends Page>(key: string | undefined, load: (cursor?: string) => Promise<P>): Pages<P> {
  const [{ of, ...state }, setState] = useState<Outcome<P> & { of?: string }>({ pages: [], busy: true });
  const latest = useRef(0);
  const current: Outcome<P> = of === key ? state : { pages: [], busy: key !== undefined };
  const nextCursor = current.pages.at(-1)?.nextCursor;
  const ask = async (before: readonly P[]) => {
    const mine = ++latest.current;
    const settle = (outcome: Outcome<P>) => mine === latest.current && setState({ ...outcome, of: key });
    settle({ ...current, busy: true });
    try {
      settle({ pages: [...before, await load(before.at(-1)?.nextCursor)], busy: false });
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
  const more = () => void ask(current.pages);
  useAgain(current.problem, more);
  return { ...current, nextCursor, more, again: () => key !== undefined && void ask([]) };
}
