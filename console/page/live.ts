import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Problem } from '../model';
import { type Answer, ask, listen } from './news';

export interface Live<T> {
  /** The last good answer; it stays while the server is away. */
  data?: T;
  /** A refusal that asking again will not change. */
  problem?: Problem;
  /** Why there is no fresh answer just now. It is being asked for again. */
  away?: Problem;
  refresh: () => void;
}

/** Until the first answer says better. */
const FIRST_EVERY_MS = 2_000;

/** What `path` answers and each change of it, looked for every `everyMs` (or as long as it says so); what a server that was away says when it is back. */
export function useLive<T>(path: string, everyMs: (data: T) => number): Live<T> {
  const [state, setState] = useState<Omit<Live<T>, 'refresh'> & { path: string }>({ path });
  const known: typeof state = state.path === path ? state : { path };
  const pace = known.data === undefined ? FIRST_EVERY_MS : everyMs(known.data);
  const take = useCallback(
    (answer: Answer) =>
      setState((before) => {
        if ('body' in answer) {
          // Page and server are of one release, so an answer's shape is the one `model.ts` gives it.
          const data: T = JSON.parse(answer.body);
          return { path, data };
        }
        if (!answer.passing) return { path, problem: answer.problem };
        return { path, data: before.path === path ? before.data : undefined, away: answer.problem };
      }),
    [path],
  );
  useEffect(() => listen({ path, everyMs: pace, tell: take }), [path, pace, take]);
  const refresh = useCallback(() => void ask(path).then(take), [path, take]);
  return { ...known, refresh };
}

/** The present time, renewed every second while `running`. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
