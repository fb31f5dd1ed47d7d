import { Keeper } from './keeper';
import { planFor } from './plan';

/** As much of a service worker's scope as is used: the compiler knows the page's only. https://w3c.github.io/ServiceWorker/#serviceworkerglobalscope */
interface Scope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

/** Put in by the build: see vite.config.mts. */
declare const RELEASE: string;
declare const FILES: readonly string[];
declare const self: Scope;

const keeper = new Keeper({ caches, fetch: (request) => fetch(request) }, RELEASE, FILES);

// At once and not after all tabs are closed: open pages find their release's files with CloudFront, which keeps them.
self.addEventListener('install', (event) => event.waitUntil(keeper.keepShell().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(keeper.forgetOtherShells().then(() => self.clients.claim())));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const later = (work: Promise<unknown>): void => event.waitUntil(work);
  switch (planFor(request, self.location.origin)) {
    case 'page':
      return event.respondWith(keeper.page(request));
    case 'asset':
      return event.respondWith(keeper.asset(request));
    case 'read':
      return event.respondWith(keeper.read(request, later));
    case 'picture':
      return event.respondWith(keeper.picture(request, later));
    default:
  }
});
