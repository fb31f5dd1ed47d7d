/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** The smallest of the values that at least `share` percent of them do not exceed (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil((sorted.length * share) / 100)) - 1] ?? Number.NaN;
}

/**
 * Measures each of several things once a round, so that what else the machine does meets all of them alike.
 *
 * @returns the median of each, by its name
 */
export async function alternate<Name extends string>(rounds: number, measures: ReadonlyMap<Name, () => Promise<number>>): Promise<(name: Name) => number> {
  const found = new Map<Name, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, measure] of measures) found.set(name, [...(found.get(name) ?? []), await measure()]);
  }
  return (name) => median(found.get(name) ?? []);
}
