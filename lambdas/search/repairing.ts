import type { Finding } from '../shared/reconcile';
import type { Change, Outcome } from './bulk';
import { compare } from './comparing';
import type { Difference, Holder } from './comparing';
import type { Read } from './indexed';

/** What an index is filled from. */
export interface Source extends Holder {
  /** Items by their ids, as they are now; at most 100. */
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Read>>;
}

export interface Target extends Holder {
  /** Versions by id, as they are now. */
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  readonly write: (changes: readonly Change[]) => Promise<readonly Outcome[]>;
}

export interface Repairing {
  readonly table: Source;
  readonly index: Target;
  /** Between both looks: what the table's stream brings in this time is no drift. */
  readonly grace: () => Promise<unknown>;
  /** Whether there is time for another hundred. */
  readonly hasTime: () => boolean;
}

export interface Repaired {
  readonly items: number;
  readonly documents: number;
  readonly repaired: readonly Finding[];
  /** What cannot be mended by writing into this index. */
  readonly raised: readonly Finding[];
  /** Differences that there was no time to look at again. */
  readonly left: number;
}

const BATCH = 100;

/**
 * Has an index hold what its table holds. What differs is looked at again after a grace, in the table and in the index as they
 * are then: a version that has moved on either side was under way, and its stream brings it. The rest is drift, and is written
 * with the same external versions as every change, so that a newer one that comes meanwhile wins.
 */
export async function repair(repairing: Repairing): Promise<Repaired> {
  const { table, index, grace, hasTime } = repairing;
  const { differences, ...counts } = await compare(table, index);
  if (differences.length > 0) await grace();
  const [repaired, raised]: [Finding[], Finding[]] = [[], []];
  let looked = 0;
  while (looked < differences.length && hasTime()) {
    // oxlint-disable-next-line no-await-in-loop -- what is written is what has just been read
    const found = await repairSome(repairing, differences.slice(looked, looked + BATCH));
    repaired.push(...found.repaired);
    raised.push(...found.raised);
    looked += BATCH;
  }
  return { ...counts, repaired, raised, left: Math.max(0, differences.length - looked) };
}

async function repairSome(repairing: Repairing, differences: readonly Difference[]): Promise<Pick<Repaired, 'repaired' | 'raised'>> {
  const [repaired, raised]: [Finding[], Finding[]] = [[], []];
  const drifted = await unmoved(repairing, differences);
  for (const { difference, item } of drifted) if (item && 'fault' in item) raised.push({ key: difference.id, what: item.fault });
  const mended = drifted.flatMap(({ difference, item }) => {
    if (item && 'fault' in item) return [];
    return [{ difference, change: item?.change ?? { id: difference.id, version: difference.inIndex ?? 0, deleted: true as const } }];
  });
  const outcomes = await repairing.index.write(mended.map(({ change }) => change));
  const overtaken: Difference[] = [];
  for (const [place, { difference }] of mended.entries()) {
    const outcome = outcomes[place];
    if (outcome === 'overtaken') overtaken.push(difference);
    else if (outcome === 'done') repaired.push({ key: difference.id, what: inWords(difference) });
    else raised.push({ key: difference.id, what: outcome?.reason ?? 'no answer' });
  }
  // By what came meanwhile, or by what the index remembers of another item of the same id: then it refuses whatever is written.
  for (const { difference } of await unmoved(repairing, overtaken)) raised.push({ key: difference.id, what: `${inWords(difference)}; the index knows of a newer version, and only a new index forgets it` });
  return { repaired, raised };
}

/** Those under which both sides still hold what they held, with what the table holds. */
async function unmoved({ table, index }: Repairing, differences: readonly Difference[]): Promise<{ readonly difference: Difference; readonly item?: Read }[]> {
  if (differences.length === 0) return [];
  const ids = differences.map(({ id }) => id);
  const [items, versions] = await Promise.all([table.read(ids), index.read(ids)]);
  return differences.flatMap((difference) => {
    const item = items.get(difference.id);
    return item?.version === difference.inTable && versions.get(difference.id) === difference.inIndex ? [{ difference, item }] : [];
  });
}

function inWords({ inTable, inIndex }: Difference): string {
  if (inTable === undefined) return `version ${inIndex} was in the index only`;
  return inIndex === undefined ? `version ${inTable} was not in the index` : `version ${inTable} was version ${inIndex} in the index`;
}
