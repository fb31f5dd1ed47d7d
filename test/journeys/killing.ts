import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { signal } from '../../local/host/processes';
import { eventually } from '../support/eventually';
import type { DevEnvironment } from './devEnvironment';

const run = promisify(execFile);

/** A new process takes a core for a third of a second: more often, and little else would be done. */
export const FUNCTION_KILL_MS = 1_000;
/** Rarer than what makes the supervisor give a part up. */
export const PART_KILL_MS = 20_000;

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

/** Kills a part, which its supervisor starts again. @returns whether there was one */
export function killPart(dev: DevEnvironment, part: string): boolean {
  const pid = dev.processOf(part);
  if (pid === undefined) return false;
  signal(pid, 'SIGKILL');
  return true;
}

/** What lets a part go on. */
export type LetGo = () => void;

/** A part that takes connections and answers none. */
export function pausePart(dev: DevEnvironment, part: string): LetGo {
  const pid = dev.processOf(part) ?? missing(part);
  signal(pid, 'SIGSTOP');
  return () => signal(pid, 'SIGCONT');
}

/** A part that takes no connection: it is killed, and its successor held before it listens. */
export async function takeDown(dev: DevEnvironment, part: string): Promise<LetGo> {
  const killed = dev.processOf(part) ?? missing(part);
  signal(killed, 'SIGKILL');
  await eventually(() => dev.processOf(part) !== killed && dev.processOf(part) !== undefined);
  return pausePart(dev, part);
}

/** Does something about so often, a fifth more or less, until it is over. */
export async function every(milliseconds: number, over: AbortSignal, act: () => Promise<void> | void): Promise<void> {
  while (!over.aborted) {
    await act();
    await sleep(milliseconds * (0.8 + 0.4 * Math.random()), undefined, { signal: over }).catch(() => undefined);
  }
}

function missing(part: string): never {
  throw new Error(`There is no ${part}.`);
}

/** The warm processes that MiniStack runs functions in: its children, each in the folder of its function. */
async function functionProcesses(ministack: number | undefined): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args='], { maxBuffer: 16 * 1024 * 1024 });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === ministack && command.includes('/ministack-lambda-') ? [Number(pid)] : [];
  });
}
