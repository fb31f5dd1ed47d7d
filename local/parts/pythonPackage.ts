import { createHash, randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import path from 'node:path';
import pRetry from 'p-retry';
import { findPython } from './python';

const MARKER = 'requirements.sha256';
/** A download that nothing comes of for so long is asked for again. */
const STALLED_SECONDS = 30;

/** A program from the Python package index, pinned with all it needs in a requirements file with hashes. */
export interface PythonPackage {
  /** What it is called in messages, e.g. `MiniStack`. */
  readonly title: string;
  /** The package whose pinned version names the folder. */
  readonly name: string;
  readonly requirements: string;
  /** Those that are published as source alone, and so are built here. @default none: what is built runs code of its own */
  readonly fromSource?: readonly string[];
}

export interface InstallOptions {
  /** Folder of all installed parts; this one goes into `<name>-<version>` inside it. */
  readonly partsDir: string;
  /** Takes one readable line at a time while something is downloaded or unpacked. */
  readonly onProgress: (line: string) => void;
}

/** Where an installed package lives: a virtual environment named after the pinned version. */
export async function folderOf({ name, requirements }: PythonPackage, partsDir: string): Promise<string> {
  const pinned = new RegExp(`^${name}==(\\S+)`, 'm').exec(await readFile(requirements, 'utf8'))?.[1];
  if (pinned === undefined) throw new Error(`${requirements} pins no version of ${name}.`);
  return path.join(partsDir, `${name}-${pinned}`);
}

/**
 * Installs a package, everything checked against the hashes of its requirements, into a virtual environment of its own.
 * Does nothing when it is there already. An interrupted installation leaves nothing that looks complete.
 *
 * @returns the folder of the virtual environment
 * @throws Error saying what to do, when Python is missing or too old, or a download fails
 */
export async function installPythonPackage(part: PythonPackage, { partsDir, onProgress }: InstallOptions): Promise<string> {
  const { title, name, requirements, fromSource = [] } = part;
  const target = await folderOf(part, partsDir);
  const wanted = createHash('sha256').update(await readFile(requirements)).digest('hex');
  const installed = async (): Promise<boolean> => (await readFile(path.join(target, MARKER), 'utf8').catch(() => '')) === wanted;
  if (await installed()) return target;

  const python = await findPython();
  // Renaming a virtual environment breaks the scripts in its bin folder but not its interpreter, which is all that is used.
  const unfinished = path.join(partsDir, `.${name}-${randomUUID()}`);
  await mkdir(partsDir, { recursive: true });
  const progress = (line: string): void => onProgress(`${title}: ${line}`);
  try {
    progress(`making a virtual environment with Python ${python.version}`);
    await run(python.command, ['-m', 'venv', unfinished], progress, 'Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv');
    const kinds = ['--only-binary', ':all:', ...fromSource.flatMap((source) => ['--no-binary', source])];
    const pip = ['-m', 'pip', 'install', '--require-hashes', ...kinds, '--disable-pip-version-check', '--no-input', '--progress-bar', 'off', '--timeout', String(STALLED_SECONDS), '-r', requirements];
    // pip itself asks again where a connection fails, and not where one breaks off.
    await pRetry(() => run(path.join(unfinished, 'bin', 'python'), pip, progress, 'The packages could not be installed. Is the Python package index reachable (or is PIP_INDEX_URL set to a mirror that is)?'), {
      retries: 2,
      minTimeout: 2_000,
      onFailedAttempt: ({ retriesLeft }) => (retriesLeft > 0 ? progress('that failed; once more') : undefined),
    });
    await writeFile(path.join(unfinished, MARKER), wanted);
    // Somebody else may have installed it meanwhile, and may be using it already.
    if (!(await installed())) {
      await rm(target, { recursive: true, force: true });
      await rename(unfinished, target);
    }
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  progress('installed');
  return target;
}

function run(command: string, args: readonly string[], progress: (line: string) => void, whatToDo: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    const listen = (line: string) => {
      said.push(line);
      if (/^\s*(Downloading|Using cached|Installing|Building)\b/.test(line)) progress(line.trim());
    };
    createInterface(child.stdout).on('line', listen);
    createInterface(child.stderr).on('line', listen);
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${whatToDo}\n${command} ${args.join(' ')} ended with ${code}:\n${said.slice(-12).join('\n')}`)),
    );
  });
}
