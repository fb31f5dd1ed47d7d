import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const patience = 3_000;

/**
 * Ends a process group, or the processes that carry a build's id in their environment, and waits until they are gone:
 * with SIGTERM, then with SIGKILL. Processes that left the group (a daemon) are found by the id, where /proc tells it.
 */
export async function endProcesses(which: { readonly group?: number; readonly buildId?: string }): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const deadline = Date.now() + patience;
    let targets = running(which);
    for (const target of targets) send(target, signal);
    while (targets.length > 0 && Date.now() < deadline) {
      await sleep(10);
      targets = running(which);
    }
  }
}

function running({ group, buildId }: { readonly group?: number; readonly buildId?: string }): number[] {
  const pids = processIds();
  // Without /proc (macOS) only the group as a whole can be asked for.
  if (pids.length === 0) return group !== undefined && send(-group, 0) ? [-group] : [];
  return pids.filter((pid) => (group !== undefined && isMember(pid, group)) || (buildId !== undefined && carries(pid, buildId)));
}

/** A zombie is gone: whoever should reap it may never do so. */
function isMember(pid: number, group: number): boolean {
  const [state, , processGroup] = read(pid, 'stat').replace(/^.*\) /s, '').split(' ');
  return Number(processGroup) === group && state !== 'Z';
}

function carries(pid: number, buildId: string): boolean {
  return pid !== process.pid && read(pid, 'environ').split('\0').includes(`CODEBUILD_BUILD_ID=${buildId}`);
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  } catch {
    return [];
  }
}

function read(pid: number, file: 'stat' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

function send(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
}
