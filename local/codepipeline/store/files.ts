import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes a file whole or not at all: whoever is killed half-way leaves the earlier one. */
export function writeJson(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, JSON.stringify(value));
  renameSync(unfinished, file);
}

/** Reads what {@link writeJson} wrote; nothing but this process writes there, so its shape is trusted. */
export function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
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
