import { useEffect, useRef, useState } from 'preact/hooks';
import type { ResponseOf } from '../../contracts/http';
import type { Problem } from '../../contracts/problem';
import { useAgain, useWhenBack } from '../again';
import { listProducts } from '../api';
import { problemOf } from '../parts';

/** As many products as stand side by side on the widest page. */
export const PLACES = 4;

type OnShelf = ResponseOf<'listProducts'>;

interface State {
  /** By the category. */
  readonly filled: ReadonlyMap<string, OnShelf>;
  /** Why shelves are empty: the first reason is the one that is said of all of them. */
  readonly problem?: Problem;
  /** Whether those that could not be filled are being tried again. */
  readonly busy: boolean;
}

export interface Shelves extends State {
  /** A shelf is about to be seen. */
  want(this: void, category: string): void;
  /** Tries all that could not be filled again; they come together. */
  again(this: void): void;
}

/**
 * What stands on the shelves. Each is filled when it is wanted, until one cannot be: then nothing more is asked for but by
 * `again`, so that a shop that is away is asked and spoken of once.
 */
export function useShelves(): Shelves {
  const [state, setState] = useState<State>({ filled: new Map(), busy: false });
  const wanted = useRef(new Set<string>());
  /** What has been asked for once: what could not be had then is `again`'s to ask for. */
  const asked = useRef(new Set<string>());
  const latest = useRef(state);
  latest.current = state;
  const gone = useRef(false);
  useEffect(() => () => void (gone.current = true), []);

  const fill = async (categories: readonly string[]): Promise<{ found: [string, OnShelf][]; problem?: Problem }> => {
    for (const category of categories) asked.current.add(category);
    const outcomes = await Promise.all(
      categories.map((category) =>
        listProducts(category, { limit: PLACES }).then(
          (page) => ({ category, page }),
          (error: unknown) => ({ category, problem: problemOf(error) }),
        ),
      ),
    );
    const found = outcomes.flatMap((outcome): [string, OnShelf][] => ('page' in outcome ? [[outcome.category, outcome.page]] : []));
    return { found, problem: outcomes.map((outcome) => ('problem' in outcome ? outcome.problem : undefined)).find(Boolean) };
  };
  const fillOne = async (category: string) => {
    const { found, problem } = await fill([category]);
    if (!gone.current) setState((before) => ({ ...before, filled: new Map([...before.filled, ...found]), problem: before.problem ?? problem }));
  };
  const fillAll = async (categories: readonly string[]) => {
    setState((before) => ({ ...before, busy: true }));
    const { found, problem } = await fill(categories);
    if (gone.current) return;
    setState((before) => {
      const filled = new Map([...before.filled, ...found]);
      return { filled, problem: categories.every((category) => filled.has(category)) ? undefined : problem, busy: false };
    });
  };
  const fillWanted = () => {
    if (latest.current.problem || latest.current.busy) return;
    for (const category of wanted.current) if (!latest.current.filled.has(category) && !asked.current.has(category)) void fillOne(category);
  };
  // What was wanted meanwhile.
  useEffect(fillWanted, [state]);
  const again = () => {
    if (!latest.current.busy) void fillAll([...wanted.current].filter((category) => !latest.current.filled.has(category)));
  };
  useAgain(state.problem, again);
  // What is there may have been kept for long.
  useWhenBack(() => void fillAll([...wanted.current]));
  return {
    ...state,
    want: (category) => {
      wanted.current.add(category);
      fillWanted();
    },
    again,
  };
}
