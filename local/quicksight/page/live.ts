import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../dashboards/model';

/** How long after one answer the next is asked for. */
const EVERY_MS = 5_000;
const AWAY = 'The server of the dashboards does not answer. Is it still running?';

export interface Live<T> {
  /** The last good answer to this very question. */
  readonly data?: T;
  /** Why there is no newer one. It is being asked for again. */
  readonly problem?: string;
}

async function asked<T>(path: string, body: string | undefined, signal: AbortSignal): Promise<T> {
  const answer = await fetch(path, { signal, ...(body !== undefined && { method: 'POST', body, headers: { 'content-type': 'application/json' } }) }).catch(() => {
    throw new Error(AWAY);
  });
  if (answer.ok) {
    const data: T = await answer.json();
    return data;
  }
  const problem: Problem = await answer.json().catch(() => ({ detail: `${answer.status} ${answer.statusText}` }));
  throw new Error(problem.detail);
}

/** What `path` answers, asked for again every few seconds while somebody looks: a hidden tab asks for nothing. `body` makes it a POST. */
export function useLive<T>(path: string, body?: string): Live<T> {
  const [state, setState] = useState<Live<T> & { readonly of: string }>({ of: '' });
  const question = `${path} ${body ?? ''}`;

  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    const ask = async (): Promise<void> => {
      if (asking) return;
      asking = true;
      try {
        const data = await asked<T>(path, body, stopped.signal);
        if (!stopped.signal.aborted) setState({ of: question, data });
      } catch (error) {
        if (stopped.signal.aborted) return;
        const problem = error instanceof Error ? error.message : String(error);
        setState((before) => ({ of: question, problem, data: before.of === question ? before.data : undefined }));
      } finally {
        asking = false;
      }
      if (!stopped.signal.aborted && !document.hidden) timer = setTimeout(() => void ask(), EVERY_MS);
    };
    const looked = (): void => {
      clearTimeout(timer);
      if (!document.hidden) void ask();
    };
    document.addEventListener('visibilitychange', looked);
    void ask();
    return () => {
      stopped.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', looked);
    };
  }, [path, body, question]);

  return state.of === question ? state : {};
}
