// Runs before the packages are there: plain JavaScript on Node's own modules.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs the packages of `root` as its lock file pins them; does nothing when that was done already.
 * `npm ci` refuses a lock file that was written on another platform ("Missing: …-darwin-arm64 from lock file"),
 * `npm install` adds what this platform needs.
 *
 * @param {string} root
 */
export function installPackages(root) {
  const stamp = join(root, 'node_modules', '.installed-from');
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing the packages (500 MB, half a minute or two) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, error } = spawnSync(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`The packages could not be installed (${error?.message ?? `npm ended with ${status}`}). Is the npm registry reachable?`);
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stamp, lock);
}
