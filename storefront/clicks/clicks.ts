import type * as z from 'zod/mini';
import type { Click } from '../../contracts/click';
import { mayFollow, onChoice } from './consent';
import { type ClickSender, clickSender, forgetKept, type Outside } from './sender';
import { forgetVisitor, type Keeper, uuidV7, type Visitor, visitorOf } from './visitor';

type Event = z.input<typeof Click>;

/** What a visitor did; who, when and where is added here. */
export type Happening = Omit<Event, 'eventId' | 'eventTime' | 'anonymousId' | 'sessionId' | 'page' | 'synthetic'>;

/** The contract's. */
const MAX_PAGE = 500;

let started: { readonly visitor: Visitor; readonly sender: ClickSender } | undefined;

/**
 * From now on what visitors do is recorded, unless their browser asks not to, or they do: then nothing is, what waits is
 * not sent, and what was kept of them is forgotten.
 */
export function startClicks(outside: Outside, visitors: () => Keeper): void {
  if (mayFollow(visitors)) {
    started = { visitor: visitorOf(visitors), sender: clickSender(outside) };
    return;
  }
  started?.sender.forget();
  started = undefined;
  forgetVisitor(visitors);
  forgetKept(outside.storage);
}

/** In the browser: leaving the page, or only its tab, may be the last that is heard of it. */
export function startClicksOfPage(token: Outside['token']): void {
  const outside: Outside = { fetch: (...request) => fetch(...request), storage: () => sessionStorage, token };
  const start = (): void => startClicks(outside, () => localStorage);
  start();
  onChoice(() => {
    if (mayFollow() !== (started !== undefined)) start();
  });
  addEventListener('pagehide', () => started?.sender.leave());
  document.addEventListener('visibilitychange', () => document.hidden && started?.sender.leave());
}

/** Costs nothing and never fails: whatever becomes of the record, the shop goes on. */
export function record(happening: Happening): void {
  // The wish may have changed since the page was opened.
  if (!started || !mayFollow()) return;
  const { visitor, sender } = started;
  const now = Date.now();
  const event: Event = {
    eventId: uuidV7(now),
    eventTime: new Date(now).toISOString(),
    anonymousId: visitor.anonymousId(),
    sessionId: visitor.sessionId(),
    // Without its query, in which a sign-in may have left its code.
    page: location.pathname.slice(0, MAX_PAGE),
    ...happening,
  };
  sender.add(JSON.stringify(event));
}

/** By which the shop knows what this visitor looked at; undefined where nothing is recorded. */
export const anonymousId = (): string | undefined => (started && mayFollow() ? started.visitor.anonymousId() : undefined);
