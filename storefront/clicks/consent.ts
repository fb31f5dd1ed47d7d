import { mayRecord } from './privacy';
import { attempt, type Keeper } from './visitor';

const CONSENT = 'shop.consent';
const CHANGED = 'shop:consent';
const REFUSED = 'refused';

// Storage may be refused altogether; the choice then lives as long as the page.
let refused = false;

/** Whether this browser's owner has told the shop to record nothing. */
export const hasRefused = (storage: () => Keeper = () => localStorage): boolean => (attempt(() => storage().getItem(CONSENT)) ?? '') === REFUSED || refused;

/** Whether anything may be kept of what is looked at here: neither the browser nor its owner has said no. */
export const mayFollow = (storage?: () => Keeper): boolean => mayRecord(navigator) && !hasRefused(storage);

/** Keeps the choice in this browser and tells the other tabs. The choice itself says nothing of anybody: it is kept as one word, or not at all. */
export function choose(follow: boolean, storage: () => Keeper = () => localStorage): void {
  refused = !follow;
  attempt(() => (follow ? storage().removeItem(CONSENT) : storage().setItem(CONSENT, REFUSED)));
  dispatchEvent(new Event(CHANGED));
}

/** @returns what ends the listening */
export function onChoice(heard: () => void): () => void {
  const elsewhere = ({ key }: StorageEvent): void => {
    if (key !== CONSENT && key !== null) return;
    refused = false;
    heard();
  };
  addEventListener(CHANGED, heard);
  addEventListener('storage', elsewhere);
  return () => {
    removeEventListener(CHANGED, heard);
    removeEventListener('storage', elsewhere);
  };
}
