import { planFor } from './plan';

/** Has the browser keep the shop for when there is no connection. One that cannot, or must not, goes on without. */
export function keepForOffline(): void {
  if (!('serviceWorker' in navigator)) return;
  const workers = navigator.serviceWorker;
  // What was read before there was a worker is read once more, for it to keep.
  if (!workers.controller) workers.addEventListener('controllerchange', () => void readAgain(), { once: true });
  const register = () => void workers.register('/service-worker.js').catch(() => undefined);
  // Not before the page is there: what it keeps is what the page has just loaded.
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}

async function readAgain(): Promise<void> {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const kept = [...new Set(loaded)].filter((url) => ['read', 'picture'].includes(planFor(new Request(url), location.origin) ?? ''));
  await Promise.allSettled(kept.map((url) => fetch(url)));
}
