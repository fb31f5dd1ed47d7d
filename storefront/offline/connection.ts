import { useEffect, useState } from 'preact/hooks';
import type { Words } from '../words/english';
import { KEPT_HEADER } from './kept';

const CHANGED = 'shop:connection';
const PATIENCE = 8_000;

/** Whether the last answer had to come out of what the browser keeps. */
let answeredFromKept = false;

/** Whether nothing but what was kept can be had. A browser that says it has a connection may be wrong. */
export const isOffline = (): boolean => answeredFromKept || (typeof navigator !== 'undefined' && 'onLine' in navigator && !navigator.onLine);

/** Learns from an answer of the shop whether there is a connection. */
export function noteAnswer({ headers }: Response): void {
  setAnsweredFromKept(headers.has(KEPT_HEADER));
}

function setAnsweredFromKept(kept: boolean): void {
  if (answeredFromKept === kept) return;
  answeredFromKept = kept;
  dispatchEvent(new Event(CHANGED));
}

/** On the window, when something cannot be done just now. */
export const NOT_NOW = 'shop:not-now';

/** What cannot be done, by the name of the words for it. */
export type NotNow = keyof Words['offline']['notNow'];

export const sayNotNow = (what: NotNow): void => void dispatchEvent(new CustomEvent<NotNow>(NOT_NOW, { detail: what }));

export const heard = (event: Event): NotNow | undefined => (event instanceof CustomEvent && isNotNow(event.detail) ? event.detail : undefined);

const isNotNow = (what: unknown): what is NotNow => what === 'signIn' || what === 'signInAway';

/** Asks the shop for something that is never kept. @returns its answer, where there is one */
export const askShop = (): Promise<Response | undefined> =>
  fetch('/config.json', { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) }).catch(() => undefined);

/** @returns whether there is a connection */
export async function lookForConnection(): Promise<boolean> {
  const answer = await askShop();
  if (answer) setAnsweredFromKept(false);
  return answer !== undefined;
}

/** The same as `isOffline`, as it changes. */
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
