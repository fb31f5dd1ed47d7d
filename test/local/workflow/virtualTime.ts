import { setImmediate, setTimeout as realTime } from 'node:timers/promises';

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

/**
 * A clock that jumps: it stands still while anybody works, and goes to the next moment at which something is due when
 * everybody sleeps. What takes weeks takes milliseconds, and in the same order each time.
 */
export class VirtualTime {
  #now: number;
  #working = 0;
  readonly #timers = new Set<Timer>();

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  readonly now = (): Date => new Date(this.#now);

  /** Keeps the clock from going on until the work is done. */
  async work<T>(task: () => Promise<T>): Promise<T> {
    this.#working++;
    try {
      return await task();
    } finally {
      this.#working--;
    }
  }

  /** Sleeps inside of work, and lets the others' time pass meanwhile. */
  async sleep(seconds: number): Promise<void> {
    await this.wake(seconds).rung;
  }

  /** A sleep that can be ended early. */
  wake(seconds: number): { readonly rung: Promise<'time' | 'early'>; readonly early: () => void } {
    let early = (): void => undefined;
    const rung = new Promise<'time' | 'early'>((resolve) => {
      const timer: Timer = { at: this.#now + seconds * 1_000, ring: () => end('time') };
      const end = (how: 'time' | 'early'): void => {
        if (!this.#timers.delete(timer)) return;
        this.#working++;
        resolve(how);
      };
      this.#timers.add(timer);
      this.#working--;
      early = () => end('early');
    });
    return { rung, early: () => early() };
  }

  /** Resolves when nobody works: everybody sleeps, waits, or has ended. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      await (this.#working > 0 ? realTime(1) : setImmediate());
      quiet = this.#working > 0 ? 0 : quiet + 1;
    }
  }

  /** When the next sleeper wakes, in milliseconds since 1970. */
  get nextTimer(): number | undefined {
    const moments = [...this.#timers].map(({ at }) => at);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }

  /** Goes to a moment and wakes who sleeps until then. */
  goTo(moment: number): void {
    this.#now = Math.max(this.#now, moment);
    for (const timer of [...this.#timers].toSorted((one, other) => one.at - other.at)) if (timer.at <= this.#now) timer.ring();
  }
}
