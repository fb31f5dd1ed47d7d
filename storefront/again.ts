import { useEffect, useRef } from 'preact/hooks';
import type { Problem } from '../contracts/problem';
import { useOffline } from './offline/connection';

const SOON = 15_000;
const LONGEST = 120_000;

/** Whether a refusal passes without anybody doing anything about it. */
const passes = ({ status }: Problem): boolean => status === 0 || status === 408 || status === 429 || status >= 500;

/** Calls back once, when there is a connection again or `pause` milliseconds are over and somebody sees the page. @returns what puts it off for good */
export function whenWorthwhile(again: () => void, pause: number): () => void {
  let due = false;
  const stop = () => {
    clearTimeout(timer);
    removeEventListener('online', go);
    document.removeEventListener('visibilitychange', look);
  };
  const go = () => {
    stop();
    again();
  };
  const look = () => {
    if (due && !document.hidden) go();
  };
  const timer = setTimeout(() => {
    due = true;
    look();
  }, pause);
  addEventListener('online', go);
  document.addEventListener('visibilitychange', look);
  return stop;
}

/** Asks again by itself, less and less often, while there is a problem that passes. */
export function useAgain(problem: Problem | undefined, again: () => void): void {
  const latest = useRef(again);
  latest.current = again;
  const failures = useRef(0);
  useEffect(() => {
    if (!problem) {
      failures.current = 0;
      return;
    }
    if (passes(problem)) return whenWorthwhile(() => latest.current(), pauseOf(problem, failures.current++));
  }, [problem]);
}

/** Asks again once there is a connection again: what was there may have been kept for long. */
export function useWhenBack(again: () => void): void {
  const offline = useOffline();
  const before = useRef(offline);
  useEffect(() => {
    if (before.current && !offline) again();
    before.current = offline;
  }, [offline]);
}

function pauseOf({ retryAfter }: Problem, failures: number): number {
  const told = typeof retryAfter === 'number' ? retryAfter * 1_000 : 0;
  return Math.max(told, Math.min(LONGEST, SOON * 2 ** failures));
}
