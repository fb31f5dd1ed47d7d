const MINUTE_MS = 60_000;

interface Counted {
  readonly at: number;
  readonly clicks: number;
  readonly orders: number;
}

/** What the shop has taken of all shoppers: ever, and within the last minute. */
export class Tally {
  clicks = 0;
  orders = 0;
  /** Clicks that the shop did not want, which it should not do. */
  refused = 0;
  #latest: Counted[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  add({ clicks = 0, orders = 0, refused = 0 }: { readonly clicks?: number; readonly orders?: number; readonly refused?: number }): void {
    this.clicks += clicks;
    this.orders += orders;
    this.refused += refused;
    this.#latest = [...this.#ofLastMinute(), { at: this.now(), clicks, orders }];
  }

  lastMinute(): { readonly clicks: number; readonly orders: number } {
    const latest = this.#ofLastMinute();
    return { clicks: latest.reduce((sum, { clicks }) => sum + clicks, 0), orders: latest.reduce((sum, { orders }) => sum + orders, 0) };
  }

  #ofLastMinute(): Counted[] {
    const since = this.now() - MINUTE_MS;
    return this.#latest.filter(({ at }) => at > since);
  }
}
