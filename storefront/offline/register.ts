import { planFor } from './plan';

/** Has the browser keep the shop for when there is no connection. One that cannot, or must not, goes on without. */
export function keepForOffline(): void {
  if (!('serviceWorker' in navigator)) return;
  const workers = navigator.serviceWorker;
  if (!workers.controller) workers.addEventListener('controllerchange', readAgain, { once: true });
  const register = () => void workers.register('/service-worker.js').catch(() => undefined);
  // Not before the page is there: what it keeps is what the page has just loaded.
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}

/** What did not go through the worker is read once more, for it to keep: also what was on its way when there was none. */
function readAgain(): void {
  const asked = new Set<string>();
  const look = (entries: PerformanceEntryList): void => {
    for (const entry of entries) {
      const { name: url } = entry;
      if (asked.has(url) || wentThroughWorker(entry) || !isKept(url)) continue;
      asked.add(url);
      fetch(url).catch(() => undefined);
    }
  };
  new PerformanceObserver((list) => look(list.getEntries())).observe({ type: 'resource', buffered: true });
}

/** https://www.w3.org/TR/resource-timing/#dom-performanceresourcetiming-workerstart */
const wentThroughWorker = (entry: PerformanceEntry): boolean => 'workerStart' in entry && Number(entry.workerStart) > 0;

const isKept = (url: string): boolean => ['read', 'picture'].includes(planFor(new Request(url), location.origin) ?? '');
