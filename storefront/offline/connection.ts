import { useEffect, useState } from 'preact/hooks';
import { KEPT_HEADER } from './kept';

const CHANGED = 'shop:connection';

/** Whether the last answer had to come out of what the browser keeps. */
let answeredFromKept = false;

/** Whether nothing but what was kept can be had. A browser that says it has a connection may be wrong. */
export const isOffline = (): boolean => answeredFromKept || (typeof navigator !== 'undefined' && navigator.onLine === false);

/** Learns from an answer of the shop whether there is a connection. */
export function noteAnswer({ headers }: Response): void {
  setAnsweredFromKept(headers.has(KEPT_HEADER));
}

function setAnsweredFromKept(kept: boolean): void {
  if (answeredFromKept === kept) return;
  answeredFromKept = kept;
  dispatchEvent(new Event(CHANGED));
}

/** The same, as it changes. */
export function useOffline(): boolean {
  const [offline, setOffline] = useState(isOffline);
  useEffect(() => {
    const update = () => setOffline(isOffline());
    const events = ['online', 'offline', CHANGED];
    update();
    for (const event of events) addEventListener(event, update);
    return () => {
      for (const event of events) removeEventListener(event, update);
    };
  }, []);
  return offline;
}
