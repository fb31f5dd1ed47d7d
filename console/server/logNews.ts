import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { BuildLog } from '../model';
import { isPassing, problemOf } from './problems';

const EVERY_MS = 1_000;
const LONGEST_PATIENCE_MS = 60_000;

/**
 * Tells a log with server-sent events while it grows: `log` for each part and each change of state, `problem` for what is
 * in the way. It ends with the log, or with a problem that stays; whoever lost the connection names where it goes on.
 */
export function logNews(context: Context, read: (from: string | undefined) => Promise<BuildLog>): Response {
  return streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    let from = context.req.query('from');
    let told = '';
    let failures = 0;
    while (!gone.signal.aborted) {
      // oxlint-disable no-await-in-loop -- where a part begins, the one before it says
      const log = await read(from).catch((error: Error) => problemOf(error));
      if ('title' in log) {
        await stream.writeSSE({ event: 'problem', data: JSON.stringify(log) });
        if (!isPassing(log)) return;
        failures += 1;
        await sleep(Math.min(EVERY_MS * 2 ** failures, LONGEST_PATIENCE_MS), undefined, { signal: gone.signal }).catch(() => undefined);
        continue;
      }
      const state = JSON.stringify({ ...log, events: [] });
      if (log.events.length > 0 || state !== told || failures > 0) await stream.writeSSE({ event: 'log', data: JSON.stringify(log) });
      if (log.complete) return;
      const grown = log.next !== from;
      from = log.next;
      told = state;
      failures = 0;
      if (!grown) await sleep(EVERY_MS, undefined, { signal: gone.signal }).catch(() => undefined);
      // oxlint-enable no-await-in-loop
    }
  });
}
