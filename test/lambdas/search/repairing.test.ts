import * as fc from 'fast-check';
import type { Change, Outcome } from '../../../lambdas/search/bulk';
import type { Held } from '../../../lambdas/search/comparing';
import type { Read } from '../../../lambdas/search/indexed';
import { repair } from '../../../lambdas/search/repairing';

/** A table of versions by id, whose items are read as they are now. */
class Table {
  readonly items = new Map<string, number>();
  readonly faulty = new Set<string>();

  async *versions(): AsyncGenerator<readonly Held[]> {
    for (const [id, version] of this.items) yield [{ id, version }];
  }

  async read(ids: readonly string[]): Promise<Map<string, Read>> {
    return new Map(ids.flatMap((id) => {
      const version = this.items.get(id);
      return version === undefined ? [] : [[id, this.#read(id, version)]];
    }));
  }

  #read(id: string, version: number): Read {
    return this.faulty.has(id) ? { id, version, fault: 'name is missing' } : { id, version, change: { id, version, document: {} } };
  }
}

/** An index that keeps the highest version of each id, and of what was deleted its tombstone. */
class Index {
  readonly documents = new Map<string, number>();
  readonly tombstones = new Map<string, number>();
  readonly writes: Change[] = [];

  async *versions(): AsyncGenerator<readonly Held[]> {
    for (const [id, version] of [...this.documents].toReversed()) yield [{ id, version }];
  }

  async read(ids: readonly string[]): Promise<Map<string, number>> {
    return new Map(ids.flatMap((id) => {
      const version = this.documents.get(id);
      return version === undefined ? [] : [[id, version]];
    }));
  }

  async write(changes: readonly Change[]): Promise<Outcome[]> {
    this.writes.push(...changes);
    return changes.map((change) => this.take(change));
  }

  take(change: Change): Outcome {
    const { id, version } = change;
    const known = Math.max(this.documents.get(id) ?? 0, this.tombstones.get(id) ?? 0);
    if ('deleted' in change ? version < known : version <= known) return 'overtaken';
    this.documents.delete(id);
    if ('deleted' in change) this.tombstones.set(id, version);
    else this.documents.set(id, version);
    return 'done';
  }
}

const nothing = (): Promise<void> => Promise.resolve();
const run = (table: Table, index: Index, grace: () => Promise<unknown> = nothing, hasTime = () => true) => repair({ table, index, grace, hasTime });

function books(items: Readonly<Record<string, number>>, documents: Readonly<Record<string, number>>): { table: Table; index: Index } {
  const [table, index] = [new Table(), new Index()];
  for (const [id, version] of Object.entries(items)) table.items.set(id, version);
  for (const [id, version] of Object.entries(documents)) index.documents.set(id, version);
  return { table, index };
}

test('what is missing is brought, what is old is renewed, what is gone is removed, and each is reported', async () => {
  const { table, index } = books({ missing: 3, old: 7, same: 2 }, { old: 5, same: 2, gone: 4 });
  const { repaired, ...rest } = await run(table, index);
  expect(rest).toEqual({ items: 3, documents: 3, raised: [], left: 0 });
  expect(repaired.toSorted((one, other) => one.key.localeCompare(other.key))).toEqual([
    { key: 'gone', what: 'version 4 was in the index only' },
    { key: 'missing', what: 'version 3 was not in the index' },
    { key: 'old', what: 'version 7 was version 5 in the index' },
  ]);
  expect(index.documents).toEqual(table.items);
});

test('an index that agrees is read once, and nothing is waited for', async () => {
  const { table, index } = books({ a: 1, b: 2 }, { a: 1, b: 2 });
  let waited = 0;
  expect(await run(table, index, async () => (waited += 1))).toEqual({ items: 2, documents: 2, repaired: [], raised: [], left: 0 });
  expect({ waited, writes: index.writes }).toEqual({ waited: 0, writes: [] });
});

test('a change that its stream brings during the grace is no drift, and one that is made meanwhile is left to its stream', async () => {
  const { table, index } = books({ coming: 2, made: 1 }, { coming: 1, removed: 1 });
  const report = await run(table, index, async () => {
    index.take({ id: 'coming', version: 2, document: {} });
    table.items.set('made', 2);
    index.take({ id: 'removed', version: 1, deleted: true });
  });
  expect(report).toMatchObject({ repaired: [], raised: [] });
  expect(index.writes).toEqual([]);
});

test('what is given again in the version after the one that is removed is found, whichever is heard of first', async () => {
  const { table, index } = books({}, { again: 4 });
  await run(table, index);
  expect(index.take({ id: 'again', version: 5, document: {} })).toBe('done');
});

test('an order that is written while it looks like gone is not removed', async () => {
  const { table, index } = books({}, { late: 1 });
  expect(await run(table, index, async () => table.items.set('late', 1))).toMatchObject({ repaired: [] });
  expect(index.documents.get('late')).toBe(1);
});

test('an item that cannot be indexed is raised, and those beside it are mended', async () => {
  const { table, index } = books({ poison: 0, good: 1 }, {});
  table.faulty.add('poison');
  expect(await run(table, index)).toMatchObject({ repaired: [{ key: 'good' }], raised: [{ key: 'poison', what: 'name is missing' }] });
});

test('an index that remembers a newer version is not called repaired', async () => {
  const { table, index } = books({ ahead: 1, made: 1 }, { ahead: 5 });
  index.tombstones.set('made', 6);
  const { repaired, raised } = await run(table, index);
  expect({ repaired, raised: raised.map(({ key }) => key).toSorted() }).toEqual({ repaired: [], raised: ['ahead', 'made'] });
});

test('what there is no time for is left, and the next run has it', async () => {
  const { table, index } = books(Object.fromEntries(Array.from({ length: 250 }, (_, place) => [`order-${place}`, 1])), {});
  let batches = 0;
  const first = await run(table, index, nothing, () => (batches += 1) <= 2);
  expect({ repaired: first.repaired.length, left: first.left }).toEqual({ repaired: 200, left: 50 });
  expect((await run(table, index)).repaired).toHaveLength(50);
  expect(index.documents).toEqual(table.items);
});

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const holdings = fc.dictionary(id, fc.integer({ min: 1, max: 4 }));
const act = fc.record({ id, kind: fc.constantFrom('change', 'delete', 'deliver') });

test('whatever has drifted and whatever happens meanwhile, no newer write is lost, and in the end index and table agree or the rest is raised', async () => {
  await fc.assert(
    fc.asyncProperty(holdings, holdings, holdings, fc.scheduler(), fc.array(act, { maxLength: 12 }), async (items, documents, tombstones, scheduler, acts) => {
      const { table, index } = books(items, documents);
      for (const [key, version] of Object.entries(tombstones)) if (!index.documents.has(key)) index.tombstones.set(key, version);
      const stream: Change[] = [];
      const happen = async ({ id: key, kind }: { id: string; kind: string }): Promise<void> => {
        await scheduler.schedule(Promise.resolve(), kind);
        const version = table.items.get(key);
        if (kind === 'deliver') for (const change of stream.splice(0, 1)) index.take(change);
        else if (kind === 'change') {
          // An id that is given again begins above all that was known of it, as an order's never is.
          const next = Math.max(version ?? 0, index.documents.get(key) ?? 0, index.tombstones.get(key) ?? 0, ...stream.filter((change) => change.id === key).map((change) => change.version)) + 1;
          table.items.set(key, next);
          stream.push({ id: key, version: next, document: {} });
        } else if (version !== undefined) {
          table.items.delete(key);
          stream.push({ id: key, version, deleted: true });
        }
      };
      const slow = <T>(read: () => Promise<T>): Promise<T> => scheduler.schedule(Promise.resolve(), 'call').then(read);
      const slowly = {
        table: { versions: () => table.versions(), read: (ids: readonly string[]) => slow(() => table.read(ids)) },
        index: { versions: () => index.versions(), read: (ids: readonly string[]) => slow(() => index.read(ids)), write: (changes: readonly Change[]) => slow(() => index.write(changes)) },
        grace: () => slow(nothing),
        hasTime: () => true,
      };
      for (const next of acts) void happen(next);
      await scheduler.waitFor(repair(slowly));
      await scheduler.waitAll();
      for (const change of stream) index.take(change);
      const { raised } = await run(table, index);
      const unmended = new Set(raised.map(({ key }) => key));
      const agreeing = [...new Set([...table.items.keys(), ...index.documents.keys()])].filter((key) => !unmended.has(key));
      for (const key of agreeing) expect({ key, version: index.documents.get(key) }).toEqual({ key, version: table.items.get(key) });
      // What is raised is only where the index knew more than the table when the drift was planted.
      for (const key of unmended) expect(Math.max(documents[key] ?? 0, tombstones[key] ?? 0)).toBeGreaterThanOrEqual(items[key] ?? Infinity);
    }),
  );
});
