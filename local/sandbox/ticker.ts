/** The longest that Node's timers can wait. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export interface TickerProps {
  /** Does what is due; whatever it waits for does not hold up the next tick. */
  readonly tick: () => Promise<void>;
  /** When something will be due, in milliseconds since 1970. */
  readonly nextDueAt: () => number | undefined;
  readonly now: () => number;
}

/** Lets what is due happen while a server runs: shipments move on, webhooks go out, authorizations expire. */
export class Ticker {
  readonly #props: TickerProps;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(props: TickerProps) {
    this.#props = props;
    this.wake();
  }

  /** To be called when something new may be due. */
  wake(): void {
    clearTimeout(this.#timer);
    const dueAt = this.#props.nextDueAt();
    if (this.#stopped || dueAt === undefined) return;
    const wait = Math.min(Math.max(dueAt - this.#props.now(), 0), LONGEST_WAIT_MS);
    this.#timer = setTimeout(() => this.#tick(), wait);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #tick(): void {
    // A tick fails only when its changes cannot be kept; the supervisor starts the process again.
    const ticking = this.#props.tick();
    this.wake();
    void ticking.then(() => this.wake());
  }
}
