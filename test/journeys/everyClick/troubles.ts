import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import type { DevEnvironment } from '../devEnvironment';
import { every, FUNCTION_KILL_MS, killFunction, killPart, PART_KILL_MS, pausePart } from '../killing';
import type { Warehouse } from '../warehouse';

const THROTTLE_MS = 15_000;
const THROTTLED_FOR_MS = 5_000;
const PAUSE_MS = 15_000;
const PAUSED_FOR_MS = 5_000;
/** Often enough for Redshift to be killed at reading. */
const REFRESH_MS = 1_000;

/** Whoever reads clicks, killed, throttled or paused at any moment. */
export class Troubles {
  /** How often each was brought about. */
  readonly counts = new Map<string, number>();
  readonly #over = new AbortController();
  #loops: readonly Promise<void>[] = [];

  constructor(
    private readonly dev: DevEnvironment,
    private readonly warehouse: Warehouse,
  ) {}

  begin(): void {
    this.#loops = [
      this.#now('function killed', FUNCTION_KILL_MS, () => killFunction(this.dev, randomInt(2 ** 31))),
      this.#now('Personalize killed', PART_KILL_MS, () => killPart(this.dev, 'personalize')),
      this.#now('Personalize throttled', THROTTLE_MS, () => this.#throttlePersonalize()),
      this.#now('Redshift killed', PART_KILL_MS, () => killPart(this.dev, 'redshift')),
      this.#now('Redshift paused', PAUSE_MS, () => this.#pauseRedshift()),
      this.#now('Redshift read', REFRESH_MS, () => this.warehouse.refresh().then(() => true)),
    ];
  }

  /** Resolves when everything works again. */
  async end(): Promise<void> {
    this.#over.abort();
    await Promise.all(this.#loops);
  }

  /** @param act resolves with whether it was brought about; what is away just now cannot be asked */
  #now(what: string, milliseconds: number, act: () => Promise<boolean> | boolean): Promise<void> {
    return every(milliseconds, this.#over.signal, async () => {
      const done = await Promise.resolve().then(act).catch(() => false);
      if (done) this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
    });
  }

  async #throttlePersonalize(): Promise<boolean> {
    await this.dev.throttlePersonalize('PutEvents', 'PutUsers');
    await this.#whileItLasts(THROTTLED_FOR_MS);
    // It may have been killed meanwhile.
    await eventually(() => this.dev.throttlePersonalize().then(() => true));
    return true;
  }

  async #pauseRedshift(): Promise<boolean> {
    const resume = pausePart(this.dev, 'redshift');
    await this.#whileItLasts(PAUSED_FOR_MS);
    resume();
    return true;
  }

  async #whileItLasts(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#over.signal }).catch(() => undefined);
  }
}
