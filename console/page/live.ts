import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Problem } from '../model';
import { ApiError, get } from './api';

const RETRY_MS = 2_000;

export interface Live<T> {
  /** The last good answer; it stays while the server is away. */
  data?: T;
  /** A refusal that asking again will not change. */
  problem?: Problem;
  /** Why there is no fresh answer just now. It is being asked for again. */
  away?: Problem;
  refresh: () => void;
}

/** What `path` answers, asked for again every `everyMs` (or as long as it says so) and whenever the server comes back. */
export function useLive<T>(path: string, everyMs: (data: T) => number): Live<T> {
  const [state, setState] = useState<Omit<Live<T>, 'refresh'> & { path: string }>({ path });
  const [round, setRound] = useState(0);
  const refresh = useCallback(() => setRound((count) => count + 1), []);

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      try {
        const data = await get<T>(path, abort.signal);
        setState({ path, data });
        timer = setTimeout(() => void ask(), everyMs(data));
      } catch (error) {
        if (abort.signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        const { problem, passing } = error;
        setState((before) => (passing ? { path, data: before.path === path ? before.data : undefined, away: problem } : { path, problem }));
        if (passing) timer = setTimeout(() => void ask(), RETRY_MS);
      }
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
    // `everyMs` only paces the loop; a new function of the same view is no reason to ask again.
  }, [path, round]);

  return { ...(state.path === path ? state : {}), refresh };
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
