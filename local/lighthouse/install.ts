import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import pRetry from 'p-retry';
import pinned from './package.json';

const FILES = ['package.json', 'package-lock.json'];

/**
 * Installs Lighthouse, which only tests and the bench use, unless it is there. It is none of the project's own packages:
 * it brings two hundred, which every build would then install.
 *
 * @returns the program, for Node.js to run
 * @throws Error when a package cannot be had
 */
export async function installLighthouse(partsDir: string, onProgress: (line: string) => void = () => undefined): Promise<string> {
  const target = path.join(partsDir, `lighthouse-${pinned.dependencies.lighthouse}`);
  const program = path.join(target, 'node_modules', 'lighthouse', 'cli', 'index.js');
  if (await isInstalled(target)) return program;
  onProgress('Lighthouse: installing its packages (190 MB)');
  const unfinished = path.join(partsDir, `.lighthouse-${randomUUID()}`);
  await mkdir(unfinished, { recursive: true });
  try {
    for (const file of FILES) await copyFile(path.join(__dirname, file), path.join(unfinished, file));
    await pRetry(() => install(unfinished), { retries: 2, minTimeout: 2_000 });
    // Somebody else may have installed it meanwhile, and may be using it already.
    if (!(await isInstalled(target))) {
      await rm(target, { recursive: true, force: true });
      await rename(unfinished, target);
    }
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  onProgress('Lighthouse: installed');
  return program;
}

/** What is renamed is complete, and of the lock file that it was installed from. */
async function isInstalled(target: string): Promise<boolean> {
  const [there, wanted] = await Promise.all([target, __dirname].map((folder) => readFile(path.join(folder, 'package-lock.json'), 'utf8').catch(() => undefined)));
  return there !== undefined && there === wanted;
}

function install(folder: string): Promise<void> {
  const child = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`The packages of Lighthouse could not be installed. Is the npm registry reachable?\n${said.join('').slice(-2_000)}`))));
  });
}
