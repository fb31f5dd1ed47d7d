import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';

const ROOT = join(__dirname, '../..');
const STAMP = join(ROOT, 'dist/.built');
const LOCK = join(ROOT, 'dist/.building');

const SOURCES = ['lambdas/**', 'contracts/**', 'storefront/**', 'pipeline/{build,dependencies,gate}/**', 'app/catalog/data/**', 'package-lock.json'];

/** Runs the build when dist/ is missing or older than what it is made from; the workers of Jest take turns. */
export function ensureArtefacts(): void {
  if (isCurrent()) return;
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  if (!tryLock()) {
    while (isLocked()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    return ensureArtefacts();
  }
  try {
    execFileSync(process.execPath, ['--import', 'tsx', 'pipeline/build/main.ts'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

function isCurrent(): boolean {
  if (!existsSync(STAMP)) return false;
  const built = statSync(STAMP).mtimeMs;
  return globSync(SOURCES, { cwd: ROOT, absolute: true }).every((file) => statSync(file).mtimeMs <= built);
}

/** A build takes seconds: an older lock was left behind by a test run that was killed. */
function isLocked(): boolean {
  const { mtimeMs = 0 } = statSync(LOCK, { throwIfNoEntry: false }) ?? {};
  if (Date.now() - mtimeMs < 120_000) return true;
  rmSync(LOCK, { recursive: true, force: true });
  return false;
}

function tryLock(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    return false;
  }
}
