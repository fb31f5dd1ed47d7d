import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../contracts/problem';
import type { SearchPage } from '../../contracts/search';
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
  const load = async (before?: SearchPage) => {
    const mine = ++latest.current;
    const settle = (outcome: Omit<Search, 'more' | 'busy'>) => mine === latest.current && setState({ ...outcome, busy: false });
    setState(({ found }) => ({ found, busy: true }));
    try {
      const page = await searchProducts({ ...asked, cursor: before?.nextCursor });
      settle({ found: before ? { ...page, products: [...before.products, ...page.products] } : page });
    } catch (error) {
      settle({ found: before, problem: problemOf(error) });
    }
  };
  useEffect(() => {
    void load();
    return () => {
      latest.current++;
    };
  }, [addressOf(asked)]);
  useEffect(() => {
    if (asked.q) record({ type: 'Search', searchText: asked.q });
  }, [asked.q]);
  return { ...state, more: () => void load(state.found) };
}
