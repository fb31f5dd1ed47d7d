export type Keeper = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const VISITOR = 'shop.visitor';
const VISIT = 'shop.visit';
const QUIET = 30 * 60_000;

/** Who is at this browser, without a name, and which visit of theirs this is. */
export interface Visitor {
  /** Stays as long as the browser keeps it. */
  anonymousId(): string;
  /** Shared by the tabs of the browser; ends after half an hour in which nothing was done. Asking for it counts as doing something. */
  sessionId(): string;
}

export function visitorOf(storage: () => Keeper): Visitor {
  // Storage may be refused altogether; the ids then live as long as the page.
  const unsaved = new Map<string, string>();
  const read = (key: string): string => attempt(() => storage().getItem(key)) ?? unsaved.get(key) ?? '';
  const write = (key: string, text: string): void => {
    unsaved.set(key, text);
    attempt(() => storage().setItem(key, text));
  };
  return {
    anonymousId: () => {
      const known = uuidIn(read(VISITOR));
      const id = known ?? crypto.randomUUID();
      if (!known) write(VISITOR, id);
      return id;
    },
    sessionId: () => {
      const [known = '', last] = read(VISIT).split(' ');
      const now = Date.now();
      const id = (now - Number(last) < QUIET && uuidIn(known)) || crypto.randomUUID();
      write(VISIT, `${id} ${now}`);
      return id;
    },
  };
}

export function forgetVisitor(storage: () => Keeper): void {
  for (const key of [VISITOR, VISIT]) attempt(() => storage().removeItem(key));
}

/** RFC 9562: 48 bits of milliseconds, then chance. The version and the time take the place of those of a random UUID. */
export function uuidV7(now: number): string {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

const uuidIn = (text: string): string | undefined => (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text) ? text : undefined);

export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
