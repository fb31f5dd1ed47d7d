import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a run of Jest keeps the one synth that its files share, and what else they share. */
const FOLDER = 'SHARED_ASSEMBLY_FOLDER';
/** Longer than a synth takes on a machine with other things to do. */
const LONGEST_WAIT_MS = 280_000;

/** Jest's globalSetup: the synth itself is left to the first file that looks at it. */
export default function setup(): void {
  process.env[FOLDER] ??= mkdtempSync(join(tmpdir(), 'shared-assembly-'));
}

/** Jest's globalTeardown. */
export function remove(): void {
  const folder = process.env[FOLDER];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

/** Removed when this run of Jest ends. */
export function folderOfRun(): string {
  const folder = process.env[FOLDER];
  if (folder === undefined) throw new Error('Jest has no globalSetup for this layer: see jest.config.js.');
  return folder;
}

/**
 * The folder of the assembly, made by whichever worker of this run is first; the others wait for it.
 * @param synth writes it into a folder
 * @throws Error when whoever was first has failed
 */
export function sharedFolder(synth: (outdir: string) => void): string {
  const folder = folderOfRun();
  const [outdir, done, failed] = ['assembly', 'done', 'failed'].map((name) => join(folder, name)) as [string, string, string];
  if (tryMake(join(folder, 'begun'))) {
    try {
      synth(outdir);
      mkdirSync(done);
    } catch (error) {
      mkdirSync(failed);
      throw error;
    }
  }
  for (const end = Date.now() + LONGEST_WAIT_MS; !existsSync(done); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)) {
    if (existsSync(failed) || Date.now() > end) throw new Error('The application could not be synthesized; the test file that tried first says why.');
  }
  return outdir;
}

function tryMake(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
