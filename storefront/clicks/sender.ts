import { attempt, type Keeper } from './visitor';

const KEPT = 'shop.clicks';
/** What the contract takes in one request. */
const MAX_EVENTS = 100;
/** The firewall's limit, and below what a browser lets requests with `keepalive` have under way together (64 KiB). */
const MAX_BYTES = 60 * 1024;
/** Older ones are given up when the shop takes nothing for so long that more come together. */
const MAX_KEPT = 500;
const ENOUGH = 20;
const PAUSE = 2_000;
const FIRST_PAUSE_AFTER_FAILURE = 5_000;
const LONGEST_PAUSE = 300_000;
const TOO_LONG = 30_000;

export interface Outside {
  readonly fetch: typeof fetch;
  /** Keeps over a reload what has not been taken yet; a tab's own, so that no two tabs send the same. */
  readonly storage: () => Keeper;
  /** The access token of whoever is signed in. */
  readonly token: () => Promise<string | undefined>;
}

export interface ClickSender {
  /** One event, as JSON. */
  add(this: void, line: string): void;
  /** Sends all it can at once, since there may be no later. */
  leave(this: void): void;
  /** Sends nothing more, and keeps nothing of what waits. What is under way cannot be called back. */
  forget(this: void): void;
}

/**
 * Sends events in batches to `POST /api/clicks`, each at least once: one is forgotten only when the shop has taken or
 * refused it, and its id tells the shop what it has already. What has passing reasons is tried again, less and less often.
 */
export function clickSender({ fetch, storage, token }: Outside): ClickSender {
  let kept = (attempt(() => storage().getItem(KEPT)) ?? '').split('\n').filter(Boolean);
  const underWay = new Map<string, number>();
  let limit = MAX_EVENTS;
  let failures = 0;
  let notBefore = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  let bearer: string | undefined;
  let refusedBearer: string | undefined;

  const keep = (lines: string[]) => {
    kept = lines.slice(-MAX_KEPT);
    attempt(() => storage().setItem(KEPT, kept.join('\n')));
  };
  const drop = (batch: readonly string[]) => keep(kept.filter((line) => !batch.includes(line)));

  /** As many as fit beside what is under way. */
  const next = (): string[] => {
    const batch: string[] = [];
    let room = MAX_BYTES - sizeOf(bodyOf([]));
    for (const size of underWay.values()) room -= size;
    for (const line of kept) {
      if (underWay.has(line)) continue;
      room -= sizeOf(line);
      if (room < 0 || batch.length === limit) break;
      batch.push(line);
    }
    return batch;
  };

  const send = async (batch: readonly string[]): Promise<void> => {
    for (const line of batch) underWay.set(line, sizeOf(line));
    const sentAs = bearer === refusedBearer ? undefined : bearer;
    const headers = { 'content-type': 'application/json', ...(sentAs && { authorization: `Bearer ${sentAs}` }) };
    const request = { method: 'POST', keepalive: true, headers, body: bodyOf(batch), signal: AbortSignal.timeout(TOO_LONG) };
    const answer = await fetch('/api/clicks', request).catch(() => undefined);
    for (const line of batch) underWay.delete(line);
    if (over) return;
    const status = answer?.status ?? 0;
    let pause = PAUSE;
    if (answer?.ok) {
      // Those refused one by one are among them: the shop will not think better of them.
      drop(batch);
      failures = 0;
      limit = Math.min(MAX_EVENTS, limit * 2);
      pause = kept.length < ENOUGH ? PAUSE : 0;
    } else if (status === 401 && sentAs) {
      refusedBearer = sentAs;
    } else if (passes(status)) {
      const asked = Number(answer?.headers.get('retry-after')) * 1_000 || 0;
      pause = Math.max(asked, Math.min(LONGEST_PAUSE, FIRST_PAUSE_AFTER_FAILURE * 2 ** failures++));
      notBefore = Date.now() + pause;
    } else if (mayBeForOne(status) && batch.length > 1) {
      // One of them is not to the firewall's taste: that shall not cost its neighbours.
      limit = Math.ceil(batch.length / 2);
    } else {
      drop(batch);
    }
    if (kept.length > 0) later(pause);
  };

  const flush = async (): Promise<void> => {
    timer = undefined;
    const wait = notBefore - Date.now();
    if (wait > 0) return later(wait);
    bearer = await token().catch(() => undefined);
    if (over || underWay.size > 0) return;
    const batch = next();
    if (batch.length > 0) await send(batch);
  };
  const later = (pause: number) => {
    timer ??= setTimeout(() => void flush(), pause);
  };

  if (kept.length > 0) later(PAUSE);
  // Leaving leaves no time to ask for it.
  void token().then((known) => (bearer ??= known), () => undefined);
  return {
    add: (line) => {
      keep([...kept, line]);
      const full = kept.length - underWay.size >= ENOUGH && underWay.size === 0 && Date.now() >= notBefore;
      if (full) {
        clearTimeout(timer);
        timer = undefined;
      }
      later(full ? 0 : PAUSE);
    },
    leave: () => {
      if (Date.now() < notBefore) return;
      for (let batch = next(); batch.length > 0; batch = next()) void send(batch);
    },
    forget: () => {
      over = true;
      clearTimeout(timer);
      kept = [];
      forgetKept(storage);
    },
  };
}

const bodyOf = (lines: readonly string[]): string => `{"events":[${lines.join(',')}]}`;

export function forgetKept(storage: Outside['storage']): void {
  attempt(() => storage().removeItem(KEPT));
}

/** Bytes of an event in a request, with its comma. */
const sizeOf = (line: string): number => new TextEncoder().encode(line).length + 1;

const passes = (status: number): boolean => status === 0 || status === 408 || status === 429 || status >= 500;

/** Refusals that the content of a single event may be the reason of. */
const mayBeForOne = (status: number): boolean => [400, 403, 413, 422].includes(status);
