import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './errors';

/** A process as it can be recognized later: ids are used again, an id with its start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as the operating system words it. */
  readonly started: string;
}

/** The identity of a running process, or `undefined` when there is none with this id. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = existsSync('/proc/self/stat') ? startedByProc(pid) : startedByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.started === identity.started;
}

/** Sends a signal to a process, or to a whole group with a negative id; one that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/** Ends the leader of a process group politely and, after `graceMs`, by force; then whatever is left of its group. */
export async function endGroup(leader: ProcessIdentity, graceMs: number): Promise<void> {
  if (!isRunning(leader)) return;
  signal(leader.pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isRunning(leader)) {
    if (Date.now() > deadline) signal(leader.pid, 'SIGKILL');
    await sleep(100);
  }
  signal(-leader.pid, 'SIGKILL');
}

/** Field 22 of `/proc/<pid>/stat`, counted after the command's closing bracket; a zombie counts as gone. */
function startedByProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startedByPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Has this process stop what it serves when it is told to end, once however often it is told, and end then. */
export function endAfter(stop: () => Promise<void>): void {
  let stopping = false;
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      if (stopping) return;
      stopping = true;
      void stop().then(() => process.exit(0));
    });
  }
}
