import { execFile } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/**
 * What an npm command with `--json` prints, whether it succeeds or not: `npm audit` fails when it finds something.
 * @throws Error with npm's own words when it prints no JSON
 */
export function npmJson(...args: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // Whatever NODE_ENV says, who builds and tests has to be known as well; and the lock says it, installed or not.
    execFile('npm', [...args, '--include=dev', '--package-lock-only'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }, (error, output, errors) => {
      try {
        resolve(JSON.parse(output));
      } catch {
        reject(new Error(`npm ${args.join(' ')} printed no JSON: ${errors.trim() || error?.message || output}`));
      }
    });
  });
}
