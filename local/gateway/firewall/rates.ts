/**
 * How many requests came in the last seconds, by whom. Exact, where WAF estimates and is some seconds late
 * (https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-caveats.html).
 */
export class Rates {
  readonly #windowSeconds: number;
  readonly #now: () => number;
  /** Of each key the requests of each second, oldest first. */
  readonly #counts = new Map<string, Map<number, number>>();

  constructor(windowSeconds: number, now: () => number) {
    this.#windowSeconds = windowSeconds;
    this.#now = now;
  }

  /** Counts a request. @returns how many there were within the window, this one included */
  count(key: string): number {
    const second = Math.floor(this.#now() / 1_000);
    const counts = this.#counts.get(key) ?? new Map<number, number>();
    this.#counts.set(key, counts);
    for (const past of counts.keys()) {
      if (past > second - this.#windowSeconds) break;
      counts.delete(past);
    }
    counts.set(second, (counts.get(second) ?? 0) + 1);
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
