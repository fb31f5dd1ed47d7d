import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes a file whole or not at all: whoever is killed half-way leaves the earlier one. */
export function writeJson(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, JSON.stringify(value));
  renameSync(unfinished, file);
}

/**
 * Reads what {@link writeJson} wrote.
 *
 * @throws Error naming the file when it holds something else
 */
export function readJson<T>(file: string, isExpected: (value: unknown) => value is T): T {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isExpected(value)) throw new Error(`${file} does not hold what the runner keeps there.`);
  return value;
}

/** Tells records of a kind by members that only they have; nobody else writes into the runner's folders. */
export function recordWith<T>(...members: readonly (keyof T & string)[]): (value: unknown) => value is T {
  return (value): value is T => typeof value === 'object' && value !== null && members.every((member) => member in value);
}

/** Paths of the entries of a folder, sorted; none when it does not exist. */
export function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.endsWith('.tmp'))
      .sort()
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}
