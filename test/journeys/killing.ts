import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { signal } from '../../local/host/processes';
import type { DevEnvironment } from './devEnvironment';

const run = promisify(execFile);

/**
 * Kills a process that runs a function, busy or not, of the machine's own MiniStack.
 * @param number which of them, drawn by the caller
 * @returns whether there was one
 */
export async function killFunction(dev: DevEnvironment, number: number): Promise<boolean> {
  const processes = await functionProcesses(dev.processOf('ministack'));
  const pid = processes[number % processes.length];
  if (pid === undefined) return false;
  signal(pid, 'SIGKILL');
  return true;
}

/** The warm processes that MiniStack runs functions in: its children, each in the folder of its function. */
async function functionProcesses(ministack: number | undefined): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args='], { maxBuffer: 16 * 1024 * 1024 });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === ministack && command.includes('/ministack-lambda-') ? [Number(pid)] : [];
  });
}
