import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findPython } from '../ministack/python';

const run = promisify(execFile);
const requirements = path.join(__dirname, 'requirements.txt');

/** How the AWS CLI is called: an executable and its first arguments. */
export interface AwsCli {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Installs the AWS CLI, every package checked against its hash, into `<partsDir>/awscli-<version>`, unless it is there.
 * An interrupted installation leaves nothing that looks complete.
 */
export async function installAwsCli(partsDir: string): Promise<AwsCli> {
  const version = /^awscli==(\S+)/m.exec(await readFile(requirements, 'utf8'))?.[1];
  const target = path.join(partsDir, `awscli-${version}`);
  if (!existsSync(target)) {
    const unfinished = path.join(partsDir, `.awscli-${randomUUID()}`);
    await mkdir(partsDir, { recursive: true });
    try {
      await run((await findPython()).command, ['-m', 'venv', unfinished]);
      await run(path.join(unfinished, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--disable-pip-version-check', '--no-input', '-r', requirements]);
      await rename(unfinished, target);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
  return { command: path.join(target, 'bin', 'python'), args: ['-m', 'awscli'] };
}
