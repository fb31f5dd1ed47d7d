import { createHash } from 'node:crypto';

/** What a table or an index holds under an id. */
export interface Held {
  readonly id: string;
  readonly version: number;
}

/** A table or an index, as far as it is compared: all that it holds, in any order. */
export interface Holder {
  readonly versions: () => AsyncIterable<readonly Held[]>;
}

/** An id under which table and index hold different versions. */
export interface Difference {
  readonly id: string;
  readonly inTable?: number;
  readonly inIndex?: number;
}

export interface Compared {
  readonly items: number;
  readonly documents: number;
  readonly differences: readonly Difference[];
}

/** So few that all their sums stay in memory, so many that changes under way leave most ranges alike. */
const RANGES = 4_096;

/** Ids by the beginning of their hash: how many there are in each range, and a sum over ids and versions that knows no order. */
class Ranges {
  readonly #counts = new Uint32Array(RANGES);
  readonly #sums = new BigUint64Array(RANGES);

  static rangeOf(id: string): number {
    return hash(id).readUInt16BE() % RANGES;
  }

  static async of(holder: Holder): Promise<Ranges> {
    const ranges = new Ranges();
    for await (const page of holder.versions()) for (const held of page) ranges.#add(held);
    return ranges;
  }

  /** The array's element is what wraps around. */
  #add({ id, version }: Held): void {
    const range = Ranges.rangeOf(id);
    this.#counts[range] = (this.#counts[range] ?? 0) + 1;
    this.#sums[range] = (this.#sums[range] ?? 0n) + hash(`${version} ${id}`).readBigUInt64BE();
  }

  get count(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  differingFrom(other: Ranges): Set<number> {
    const all = Array.from({ length: RANGES }, (_, range) => range);
    return new Set(all.filter((range) => this.#counts[range] !== other.#counts[range] || this.#sums[range] !== other.#sums[range]));
  }
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Where a table and its index differ: range by range first, and item by item in those ranges alone that do. What changes
 * while both are read is among the differences.
 */
export async function compare(table: Holder, index: Holder): Promise<Compared> {
  const [ours, theirs] = await Promise.all([Ranges.of(table), Ranges.of(index)]);
  const counts = { items: ours.count, documents: theirs.count };
  const ranges = ours.differingFrom(theirs);
  if (ranges.size === 0) return { ...counts, differences: [] };
  const [inTable, inIndex] = await Promise.all([heldIn(ranges, table), heldIn(ranges, index)]);
  const ids = [...new Set([...inTable.keys(), ...inIndex.keys()])].filter((id) => inTable.get(id) !== inIndex.get(id));
  return { ...counts, differences: ids.map((id) => ({ id, inTable: inTable.get(id), inIndex: inIndex.get(id) })) };
}

async function heldIn(ranges: ReadonlySet<number>, holder: Holder): Promise<Map<string, number>> {
  const versions = new Map<string, number>();
  for await (const page of holder.versions()) for (const { id, version } of page) if (ranges.has(Ranges.rangeOf(id))) versions.set(id, version);
  return versions;
}
