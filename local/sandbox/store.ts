import { mkdirSync } from 'node:fs';
import { ClassicLevel } from 'classic-level';

/**
 * Records of one kind in the order in which they were first put. They are values: whoever changes one puts a new one.
 */
export interface Collection<T> {
  get(id: string): T | undefined;
  put(id: string, value: T): void;
  delete(id: string): void;
  /** Oldest first; a record that is put again keeps its place. */
  values(): IterableIterator<T>;
  readonly size: number;
}

/**
 * What a sandbox knows. It is read and changed in memory without waiting, so that a request is worked on in one piece;
 * `commit` resolves when everything changed so far would survive the end of the process.
 */
export interface Store {
  collection<T>(name: string): Collection<T>;
  commit(): Promise<void>;
  close(): Promise<void>;
}

type OnChange = (key: string, value: unknown) => void;

/** Wide enough that text order is number order for as long as a number is exact. */
const placeText = (place: number): string => String(place).padStart(16, '0');

class Records<T> implements Collection<T> {
  readonly #records = new Map<string, { place: number; value: T }>();
  readonly #onChange: OnChange;
  #nextPlace = 0;

  constructor(onChange: OnChange) {
    this.#onChange = onChange;
  }

  get(id: string): T | undefined {
    return this.#records.get(id)?.value;
  }

  put(id: string, value: T): void {
    const place = this.#records.get(id)?.place ?? this.#nextPlace;
    this.restore(id, place, value);
    this.#onChange(`${placeText(place)}/${id}`, value);
  }

  delete(id: string): void {
    const record = this.#records.get(id);
    if (!record) return;
    this.#records.delete(id);
    this.#onChange(`${placeText(record.place)}/${id}`, undefined);
  }

  *values(): IterableIterator<T> {
    for (const { value } of this.#records.values()) yield value;
  }

  get size(): number {
    return this.#records.size;
  }

  restore(id: string, place: number, value: T): void {
    this.#records.set(id, { place, value });
    this.#nextPlace = Math.max(this.#nextPlace, place + 1);
  }
}

/** Forgets everything with the process: for tests that run a sandbox's logic without its server. */
export function memoryStore(): Store {
  return { collection: <T>() => new Records<T>(() => {}), commit: () => Promise.resolve(), close: () => Promise.resolve() };
}

/**
 * A store in a folder. LevelDB hands each batch to the operating system before it resolves, so what was committed
 * survives `kill -9` of this process (https://github.com/google/leveldb/blob/main/doc/index.md#synchronous-writes).
 *
 * @throws Error when another process has the folder open
 */
export async function openStore(folder: string): Promise<Store> {
  mkdirSync(folder, { recursive: true });
  const database = new ClassicLevel(folder);
  await database.open();
  const saved = new Map<string, [id: string, place: number, text: string][]>();
  for await (const [key, text] of database.iterator()) {
    const [collection = '', place = '', ...id] = key.split('/');
    const records = saved.get(collection) ?? [];
    records.push([id.join('/'), Number(place), text]);
    saved.set(collection, records);
  }

  let changes = new Map<string, unknown>();
  let written: Promise<void> = Promise.resolve();
  const commit = (): Promise<void> => {
    if (changes.size > 0) {
      const batch = [...changes].map(([key, value]) =>
        value === undefined ? ({ type: 'del', key } as const) : ({ type: 'put', key, value: JSON.stringify(value) } as const),
      );
      changes = new Map();
      written = written.then(() => database.batch(batch));
    }
    return written;
  };
  return {
    collection<T>(name: string): Collection<T> {
      const records = new Records<T>((key, value) => changes.set(`${name}/${key}`, value));
      // Nobody else writes into this folder.
      for (const [id, place, text] of saved.get(name) ?? []) records.restore(id, place, JSON.parse(text));
      saved.delete(name);
      return records;
    },
    commit,
    async close() {
      await commit();
      await database.close();
    },
  };
}
