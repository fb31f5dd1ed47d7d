import type * as z from 'zod/mini';
import type { Click } from '../../contracts/click';
import { mayRecord } from './privacy';
import { type ClickSender, clickSender, forgetKept, type Outside } from './sender';
import { forgetVisitor, type Keeper, uuidV7, type Visitor, visitorOf } from './visitor';

type Event = z.input<typeof Click>;

/** What a visitor did; who, when and where is added here. */
export type Happening = Omit<Event, 'eventId' | 'eventTime' | 'anonymousId' | 'sessionId' | 'page' | 'synthetic'>;

/** The contract's. */
const MAX_PAGE = 500;

let started: { readonly visitor: Visitor; readonly sender: ClickSender } | undefined;

/**
 * From now on what visitors do is recorded, unless their browser asks not to: then nothing is, and what was kept of
 * them is forgotten.
 */
export function startClicks(outside: Outside, visitors: () => Keeper): ClickSender | undefined {
  started = undefined;
  if (!mayRecord(navigator)) {
    forgetVisitor(visitors);
    forgetKept(outside.storage);
    return undefined;
  }
  started = { visitor: visitorOf(visitors), sender: clickSender(outside) };
  return started.sender;
}

/** In the browser: leaving the page, or only its tab, may be the last that is heard of it. */
export function startClicksOfPage(token: Outside['token']): void {
  const sender = startClicks({ fetch: (...request) => fetch(...request), storage: () => sessionStorage, token }, () => localStorage);
  if (!sender) return;
  addEventListener('pagehide', sender.leave);
  document.addEventListener('visibilitychange', () => document.hidden && sender.leave());
}

/** Costs nothing and never fails: whatever becomes of the record, the shop goes on. */
export function record(happening: Happening): void {
  // The wish may have changed since the page was opened.
  if (!started || !mayRecord(navigator)) return;
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
export const anonymousId = (): string | undefined => (started && mayRecord(navigator) ? started.visitor.anonymousId() : undefined);
