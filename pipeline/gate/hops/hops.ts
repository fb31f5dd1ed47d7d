import type { Checks } from '../checks';
import { evidenceOf, tableOf, writeEvidence } from './evidence';
import { follow, requireAll, type Arrivals } from './follow';
import type { Sent, Sink } from './sink';

/** Follows what one run of the gate sends, each thing into each sink at the same time, while other checks go on. */
export class Hops {
  readonly #following: Promise<Arrivals>[] = [];

  /** Begins to look for everything sent, in each of the sinks. */
  follow(sinks: readonly Sink[], sent: readonly Sent[]): void {
    if (sent.length === 0) return;
    this.#following.push(...sinks.map((sink) => follow(sink, sent)));
  }

  /** Waits until everything has arrived or is late, makes a check of each hop, and leaves the evidence with the run. */
  async finish(checks: Checks): Promise<void> {
    const arrivals = await Promise.all(this.#following);
    for (const arrived of arrivals) {
      const { from, to } = arrived.sink;
      checks.record(`${from} → ${to}: everything sent arrives in time`, (arrived.lags.at(-1) ?? arrived.sink.deadlineSeconds * 1_000) / 1_000, () => requireAll(arrived));
    }
    const evidence = evidenceOf(arrivals);
    writeEvidence(evidence);
    console.log(tableOf(evidence));
  }
}
