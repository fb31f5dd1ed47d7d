import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const oldest = [3, 11] as const;
// Newest first among those that requirements.txt was resolved for; whatever `python3` is comes last.
const candidates = ['python3.13', 'python3.12', 'python3.11', 'python3', 'python'];

export interface Python {
  readonly command: string;
  readonly version: string;
}

/**
 * The Python that the local parts are installed with: 3.11 or newer.
 *
 * @throws Error naming what was found instead and what to install
 */
export async function findPython(commands: readonly string[] = candidates): Promise<Python> {
  const found: string[] = [];
  for (const command of commands) {
    const version = await versionOf(command);
    if (version === undefined) continue;
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return { command, version };
    found.push(`${command} is ${version}`);
  }
  throw new Error(`Python ${oldest.join('.')} or newer is needed (${found.length > 0 ? found.join(', ') : 'none found'}). On Debian and Ubuntu: apt-get install python3 python3-venv`);
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, ['-c', 'import platform; print(platform.python_version())']);
    return stdout.trim();
  } catch {
    return undefined;
  }
}
