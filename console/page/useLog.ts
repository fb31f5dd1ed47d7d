import { useEffect, useState } from 'preact/hooks';
import type { BuildLog, Problem } from '../model';
import { painter } from './ansi';
import { away, isPassing } from './api';
import { appended, type Line } from './logText';

const RETRY_MS = 2_000;

export interface Followed {
  blocks: Line[][];
  latest?: BuildLog;
  problem?: Problem;
  away?: Problem;
}

/** The log at `path`, as the server tells it: to its end, and on while it grows and somebody looks. */
export function useLog(path: string): Followed {
  const [log, setLog] = useState<Followed>({ blocks: [] });
  useEffect(() => {
    const paint = painter();
    let blocks: Line[][] = [];
    let from: string | undefined;
    let over = false;
    let stream: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = (): void => {
      clearTimeout(timer);
      stream?.close();
    };
    const open = (): void => {
      close();
      if (over || document.hidden) return;
      stream = new EventSource(`${path}/news${from ? `?from=${encodeURIComponent(from)}` : ''}`);
      stream.addEventListener('log', ({ data }) => {
        const latest: BuildLog = JSON.parse(data);
        from = latest.next;
        over = latest.complete;
        if (latest.events.length > 0) blocks = appended(blocks, latest.events, paint);
        setLog({ blocks, latest });
        if (over) close();
      });
      stream.addEventListener('problem', ({ data }) => {
        const problem: Problem = JSON.parse(data);
        over = !isPassing(problem);
        setLog((before) => ({ ...before, ...(over ? { problem } : { away: problem }) }));
        if (over) close();
      });
      stream.addEventListener('error', () => {
        close();
        setLog((before) => ({ ...before, away }));
        timer = setTimeout(open, RETRY_MS);
      });
    };
    setLog({ blocks: [] });
    open();
    document.addEventListener('visibilitychange', open);
    return () => {
      close();
      document.removeEventListener('visibilitychange', open);
    };
  }, [path]);
  return log;
}
