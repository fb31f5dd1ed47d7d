/** Chance that can be had again: the same seed makes the same choices. */
export class Random {
  #state: number;

  /** @param seed any whole number */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 up to but not including 1: SplitMix (https://doi.org/10.1145/2714064.2660195) in words of 32 bits. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** From 0 up to but not including `below`. */
  whole(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** One of them, each as often as its weight says; undefined of none. */
  weighted<T>(items: readonly T[], weightOf: (item: T, place: number) => number): T | undefined {
    const weights = items.map(weightOf);
    let left = this.next() * weights.reduce((sum, weight) => sum + weight, 0);
    return items.find((_, place) => (left -= weights[place] ?? 0) < 0);
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.whole(items.length)];
  }

  /** Of what people take their time for: half of it is shorter than the median, and some is much longer. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.#normal());
  }

  /** Of what comes at any moment as well as at any other. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  // https://en.wikipedia.org/wiki/Box–Muller_transform
  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }
}
