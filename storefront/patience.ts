import { Refused } from './refused';
import { isOffline } from './offline/connection';

/** How long an answer may take before it is given up, in milliseconds: each further try gets more, and the last as much as API Gateway gives the shop. */
const LIMITS = [10_000, 20_000, 30_000, 30_000] as const;
/** Before each further try, in milliseconds. */
const PAUSES = [300, 1_000, 2_500] as const;
/** Whoever is told to stay away for longer is told so, instead of being kept waiting. */
const LONGEST_PAUSE = 5_000;

/**
 * Asks for something that is there to be read, again after a failure in passing: no answer, too many questions, a
 * server that is away. An answer that never comes counts as none.
 *
 * @throws Refused when it failed for good, or went on failing
 */
export async function patiently<T>(ask: (limit: AbortSignal) => Promise<T>, sleep = pause): Promise<T> {
  for (const [attempt, limit] of LIMITS.entries()) {
    try {
      return await ask(AbortSignal.timeout(limit));
    } catch (error) {
      const wait = pauseAfter(error, PAUSES[attempt]);
      if (wait === undefined) throw error;
      await sleep(wait);
    }
  }
  throw new Error('unreachable: the last attempt has no pause after it');
}

function pauseAfter(error: unknown, pause: number | undefined): number | undefined {
  if (pause === undefined || !(error instanceof Refused) || !isInPassing(error)) return undefined;
  const { retryAfter } = error.problem;
  const told = typeof retryAfter === 'number' ? retryAfter * 1_000 : 0;
  // Not all who were refused together come back together.
  return told > LONGEST_PAUSE ? undefined : Math.max(told, pause * (0.75 + Math.random() / 2));
}

const isInPassing = ({ problem: { status } }: Refused): boolean => (status === 0 && !isOffline()) || status === 429 || (status >= 502 && status <= 504);

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
