import { useEffect, useState } from 'preact/hooks';
import type { BuildLog, Problem } from '../model';
import { painter } from './ansi';
import { ApiError, get } from './api';
import { appended, type Line } from './logText';

const EVERY_MS = 1_000;

export interface Followed {
  blocks: Line[][];
  latest?: BuildLog;
  problem?: Problem;
  away?: Problem;
}

/** The log at `path`, read to its end and on while it grows. */
export function useLog(path: string): Followed {
  const [log, setLog] = useState<Followed>({ blocks: [] });
  useEffect(() => {
    const abort = new AbortController();
    const paint = painter();
    let blocks: Line[][] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from: string | undefined;
    const read = async (): Promise<void> => {
      try {
        const latest = await get<BuildLog>(path + (from ? `?from=${encodeURIComponent(from)}` : ''), abort.signal);
        const grown = latest.next !== from;
        from = latest.next;
        if (latest.events.length > 0) blocks = appended(blocks, latest.events, paint);
        setLog({ blocks, latest });
        if (!latest.complete) timer = setTimeout(() => void read(), grown ? 0 : EVERY_MS);
      } catch (error) {
        if (abort.signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        const { problem, passing } = error;
        setLog((before) => ({ ...before, ...(passing ? { away: problem } : { problem }) }));
        if (passing) timer = setTimeout(() => void read(), 2 * EVERY_MS);
      }
    };
    setLog({ blocks: [] });
    void read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [path]);
  return log;
}
