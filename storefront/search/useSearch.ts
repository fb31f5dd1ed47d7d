import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../contracts/problem';
import type { SearchPage } from '../../contracts/search';
import { useAgain } from '../again';
import { searchProducts } from '../api';
import { record } from '../clicks/clicks';
import { problemOf } from '../parts';
import { addressOf, type Asked } from './asked';

export interface Search {
  /** What was found last; it stays while something else is searched for. */
  readonly found?: SearchPage;
  readonly problem?: Problem;
  readonly busy: boolean;
  /** Goes on where the list ends, or tries again what has failed. */
  more(this: void): void;
}

/** The products that are asked for; the latest question's answer is the one that counts. */
export function useSearch(asked: Asked): Search {
  const [state, setState] = useState<Omit<Search, 'more'>>({ busy: true });
  const latest = useRef(0);
  const recorded = useRef('');
  /** Once for each text, with how much it found; not for each filter. */
  const recordOnce = (resultCount?: number) => {
    if (!asked.q || recorded.current === asked.q) return;
    recorded.current = asked.q;
    record({ type: 'Search', searchText: asked.q, ...(resultCount !== undefined && { resultCount }) });
  };
  const load = async (before?: SearchPage, quietly = false) => {
    const mine = ++latest.current;
    const settle = (outcome: Omit<Search, 'more' | 'busy'>) => mine === latest.current && setState({ ...outcome, busy: false });
    if (!quietly) setState(({ found }) => ({ found, busy: true }));
    try {
      const page = await searchProducts({ ...asked, cursor: before?.nextCursor });
      if (mine === latest.current) recordOnce(page.total);
      settle({ found: before ? { ...page, products: [...before.products, ...page.products] } : page });
    } catch (error) {
      if (mine === latest.current) recordOnce();
      settle({ found: before, problem: problemOf(error) });
    }
  };
  useEffect(() => {
    void load();
    return () => {
      latest.current++;
    };
  }, [addressOf(asked)]);
  useAgain(state.problem, () => void load(state.found, true));
  return { ...state, more: () => void load(state.found) };
}
