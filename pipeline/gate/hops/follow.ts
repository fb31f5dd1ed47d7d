import { setTimeout as sleep } from 'node:timers/promises';
import type { Sent, Sink } from './sink';

/** What became of everything sent, in one sink. */
export interface Arrivals {
  readonly sink: Pick<Sink, 'from' | 'to' | 'deadlineSeconds'>;
  /** How long each took that arrived, in milliseconds, shortest first. */
  readonly lags: readonly number[];
  readonly missing: readonly string[];
  /** What the sink last answered instead of looking, in words. */
  readonly trouble?: string;
}

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}
const wallClock: Clock = { now: Date.now, sleep: (milliseconds) => sleep(milliseconds) };

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Looks into a sink until everything is there, or the sink's deadline for the last one has passed. A sink that fails is
 * asked again: it counts as a place where nothing has arrived yet.
 */
export async function follow(sink: Sink, sent: readonly Sent[], clock: Clock = wallClock): Promise<Arrivals> {
  const open = new Map(sent.map(({ id, at }) => [id, at]));
  const deadline = Math.max(...open.values()) + sink.deadlineSeconds * 1_000;
  const lags: number[] = [];
  let trouble: string | undefined;
  for (let pause = FIRST_PAUSE_MS; open.size > 0; pause = Math.min(pause * 1.2, LONGEST_PAUSE_MS)) {
    try {
      // oxlint-disable-next-line no-await-in-loop
      for (const id of await sink.find([...open.keys()])) {
        const at = open.get(id);
        if (at === undefined) continue;
        lags.push(clock.now() - at);
        open.delete(id);
      }
      trouble = undefined;
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }
    if (open.size === 0 || clock.now() >= deadline) break;
    // oxlint-disable-next-line no-await-in-loop
    await clock.sleep(Math.min(pause, Math.max(0, deadline - clock.now())));
  }
  return { sink, lags: lags.toSorted((one, other) => one - other), missing: [...open.keys()], ...(trouble !== undefined && { trouble }) };
}

/** @throws Error that names what never arrived, and what the sink said of it */
export function requireAll({ sink: { deadlineSeconds }, missing, lags, trouble }: Arrivals): void {
  if (missing.length === 0) return;
  const shown = missing.length > 5 ? `${missing.slice(0, 5).join(', ')} and ${missing.length - 5} more` : missing.join(', ');
  const said = trouble === undefined ? '' : ` The last look failed: ${trouble}`;
  throw new Error(`${missing.length} of ${missing.length + lags.length} were not there ${deadlineSeconds} s after they were sent: ${shown}.${said}`);
}
