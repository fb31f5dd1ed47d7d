import { Away } from './answers';

/** What a browser asks by; answers are there as a whole. */
export type Ask = (url: string, init?: RequestInit) => Promise<Response>;

/** The firewall's managed rules refuse requests without one. */
const USER_AGENT = 'website-pipeline-traffic';
const TOO_LONG_MS = 30_000;

/** @returns asks until `signal` ends it, each time for half a minute at most; where there is no answer it throws Away */
export function asking(signal: AbortSignal): Ask {
  return async (url, init = {}) => {
    const ending = new AbortController();
    const end = (): void => ending.abort();
    // Not AbortSignal.any(): it leaves something with a signal that lives as long as this process, for every request.
    signal.addEventListener('abort', end, { once: true });
    const timer = setTimeout(end, TOO_LONG_MS);
    if (signal.aborted) end();
    try {
      const headers = new Headers(init.headers);
      headers.set('user-agent', USER_AGENT);
      const answer = await fetch(url, { ...init, headers, signal: ending.signal });
      const text = await answer.text();
      return new Response(text === '' ? null : text, { status: answer.status, headers: answer.headers });
    } catch (error) {
      throw new Away(`${new URL(url).origin} does not answer: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
  };
}
