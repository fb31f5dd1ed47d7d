import { setTimeout as sleep } from 'node:timers/promises';
import type { Sent, Sink } from '../../pipeline/gate/hops/sink';

const LOOK_AGAIN_MS = 50;

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}
const wallClock: Clock = { now: Date.now, sleep: (milliseconds) => sleep(milliseconds) };

/** Follows what is sent, all the while, into one sink: looks for all that has not arrived at once, and again when the look is over. */
export class Arrivals {
  readonly #open = new Map<string, number>();
  readonly #lags: number[] = [];
  readonly #sink: Sink;
  readonly #clock: Clock;

  constructor(sink: Sink, clock: Clock = wallClock) {
    this.#sink = sink;
    this.#clock = clock;
  }

  sent({ id, at }: Sent): void {
    this.#open.set(id, at);
  }

  /**
   * Looks until as many have arrived as are `expected`. A sink that fails is asked again, as the gate does.
   *
   * @returns milliseconds from each one's `at` to the end of the first look that found it
   * @throws Error when one has not arrived by the sink's deadline
   */
  async all(expected: number, signal: AbortSignal): Promise<readonly number[]> {
    while (this.#lags.length < expected) {
      signal.throwIfAborted();
      const trouble = this.#open.size > 0 ? await this.#look() : undefined;
      this.#requireInTime(trouble);
      await this.#clock.sleep(LOOK_AGAIN_MS);
    }
    return this.#lags;
  }

  /** @returns why the sink did not answer, if it did not */
  async #look(): Promise<unknown> {
    try {
      const found = await this.#sink.find([...this.#open.keys()]);
      const now = this.#clock.now();
      for (const id of found) {
        const at = this.#open.get(id);
        if (at !== undefined) this.#lags.push(now - at);
        this.#open.delete(id);
      }
      return undefined;
    } catch (error) {
      return error;
    }
  }

  #requireInTime(cause: unknown): void {
    const { from, to, deadlineSeconds } = this.#sink;
    const late = [...this.#open].find(([, at]) => this.#clock.now() - at > deadlineSeconds * 1_000);
    if (late) throw new Error(`${from} → ${to}: ${late[0]} was not there after ${deadlineSeconds} s.`, { cause });
  }
}
