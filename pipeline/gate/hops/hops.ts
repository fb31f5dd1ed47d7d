import type { Checks } from '../checks';
import { evidenceOf, tableOf, writeEvidence } from './evidence';
import { follow, requireAll, type Arrivals } from './follow';
import type { Sent, Sink } from './sink';

/** Follows what one run of the gate sends, each thing into each sink from the moment it is sent, while other checks go on. */
export class Hops {
  readonly #following = new Map<string, Promise<Arrivals>[]>();
  readonly #longestSeconds: number;

  /** @param longestSeconds cuts deadlines that are longer */
  constructor(longestSeconds: number) {
    this.#longestSeconds = longestSeconds;
  }

  /** Begins to look for what was sent, in each of the sinks. Sinks of one hop count together. */
  follow(sinks: readonly Sink[], ...sent: readonly Sent[]): void {
    if (sent.length === 0) return;
    for (const sink of sinks) {
      const hop = `${sink.from} → ${sink.to}`;
      const within = { ...sink, deadlineSeconds: Math.min(sink.deadlineSeconds, this.#longestSeconds) };
      this.#following.set(hop, [...(this.#following.get(hop) ?? []), follow(within, sent)]);
    }
  }

  /** Waits until everything has arrived or is late, makes a check of each hop, and leaves the evidence with the run. */
  async finish(checks: Checks): Promise<void> {
    const arrivals = await Promise.all([...this.#following.values()].map(async (following) => together(await Promise.all(following))));
    const found = arrivals.flatMap((one) => one ?? []);
    for (const arrived of found) {
      const { from, to, deadlineSeconds } = arrived.sink;
      const longest = arrived.lags.at(-1) ?? deadlineSeconds * 1_000;
      checks.record(`${from} → ${to}: everything sent arrives in time`, longest / 1_000, () => requireAll(arrived));
    }
    const evidence = evidenceOf(found);
    writeEvidence(evidence);
    console.log(tableOf(evidence));
  }
}

function together(of: readonly Arrivals[]): Arrivals | undefined {
  const [first] = of;
  if (!first) return undefined;
  return {
    sink: first.sink,
    lags: of.flatMap(({ lags }) => lags).toSorted((one, other) => one - other),
    missing: of.flatMap(({ missing }) => missing),
    trouble: of.map(({ trouble }) => trouble).find((trouble) => trouble !== undefined),
  };
}
