import { isRecord } from './stored';

/** When a page that is being scrolled counts as standing still, in milliseconds. */
const STILL = 150;
/** For how long a page that was gone back to may take to be as high as it was, in milliseconds. */
const PATIENCE = 5_000;
/** Whoever does any of these wants to be where they are. */
const OWN_WAYS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

let stopReturning: (() => void) | undefined;

/** Writes down in the history how far this page is scrolled. */
function notePlace(): void {
  if (!stopReturning) history.replaceState({ top: scrollY }, '');
}

/** Before another page is gone to. */
export function leavePlace(): void {
  notePlace();
  stopReturning?.();
}

/**
 * Brings whoever goes back to a page to where they were on it. The browser does so at once, when most of it is still to
 * come; this does it again as the page grows. @returns what ends it
 */
export function keepPlaces(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const scrolled = () => {
    clearTimeout(timer);
    timer = setTimeout(notePlace, STILL);
  };
  const moved = () => {
    const state: unknown = history.state;
    clearTimeout(timer);
    stopReturning?.();
    if (isRecord(state) && typeof state.top === 'number') returnTo(state.top);
  };
  addEventListener('scroll', scrolled, { passive: true });
  addEventListener('popstate', moved);
  return () => {
    clearTimeout(timer);
    stopReturning?.();
    removeEventListener('scroll', scrolled);
    removeEventListener('popstate', moved);
  };
}

function returnTo(top: number): void {
  const observer = new ResizeObserver(() => scrollTo(0, top));
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
    for (const way of OWN_WAYS) removeEventListener(way, stop);
    stopReturning = undefined;
  };
  const timer = setTimeout(stop, PATIENCE);
  for (const way of OWN_WAYS) addEventListener(way, stop, { passive: true });
  stopReturning = stop;
  observer.observe(document.body);
}
