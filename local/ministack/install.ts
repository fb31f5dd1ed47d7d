import { createHash, randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { findPython } from './python';

const requirements = path.join(__dirname, 'requirements.txt');
const version = /^ministack==(\S+)/m;

export interface InstallOptions {
  /** Folder of all installed parts; this one goes into `ministack-<version>` inside it. */
  readonly partsDir: string;
  /** Takes one readable line at a time while something is downloaded or unpacked. */
  readonly onProgress: (line: string) => void;
}

/** Where an installed MiniStack lives: its folder is named after the version that `requirements.txt` pins. */
export async function ministackDir(partsDir: string): Promise<string> {
  const pinned = version.exec(await readFile(requirements, 'utf8'))?.[1];
  if (pinned === undefined) throw new Error(`${requirements} pins no version of ministack.`);
  return path.join(partsDir, `ministack-${pinned}`);
}

/**
 * Installs MiniStack, every package checked against the hash in `requirements.txt`, into a virtual environment of its own.
 * Does nothing when it is there already. An interrupted installation leaves nothing that looks complete.
 *
 * @returns the folder of the virtual environment
 * @throws Error saying what to do, when Python is missing or too old, or a download fails
 */
export async function installMinistack({ partsDir, onProgress }: InstallOptions): Promise<string> {
  const target = await ministackDir(partsDir);
  const wanted = createHash('sha256').update(await readFile(requirements)).digest('hex');
  const marker = 'requirements.sha256';
  if ((await readFile(path.join(target, marker), 'utf8').catch(() => '')) === wanted) return target;

  const python = await findPython();
  // Renaming a virtual environment breaks the scripts in its bin folder but not its interpreter, which is all that is used.
  const unfinished = path.join(partsDir, `.ministack-${randomUUID()}`);
  await mkdir(partsDir, { recursive: true });
  try {
    onProgress(`MiniStack: making a virtual environment with Python ${python.version}`);
    await run(python.command, ['-m', 'venv', unfinished], onProgress, 'Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv');
    const pip = ['-m', 'pip', 'install', '--require-hashes', '--only-binary', ':all:', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off', '-r', requirements];
    await run(path.join(unfinished, 'bin', 'python'), pip, onProgress, 'The packages could not be installed. Is the Python package index reachable (or is PIP_INDEX_URL set to a mirror that is)?');
    await writeFile(path.join(unfinished, marker), wanted);
    await rm(target, { recursive: true, force: true });
    await rename(unfinished, target);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  onProgress('MiniStack: installed');
  return target;
}

function run(command: string, args: readonly string[], onProgress: (line: string) => void, whatToDo: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    const listen = (line: string) => {
      said.push(line);
      if (/^\s*(Downloading|Using cached|Installing|Building)\b/.test(line)) onProgress(`MiniStack: ${line.trim()}`);
    };
    createInterface(child.stdout).on('line', listen);
    createInterface(child.stderr).on('line', listen);
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${whatToDo}\n${command} ${args.join(' ')} ended with ${code}:\n${said.slice(-12).join('\n')}`)),
    );
  });
}
