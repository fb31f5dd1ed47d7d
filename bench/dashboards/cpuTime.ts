import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** How much processor time a process has used so far, all its threads together, in milliseconds: as finely as its system tells, in hundredths of a second. */
export function cpuTime(pid: number): number {
  if (existsSync('/proc/self/stat')) return ofProc(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return ofPs(execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }));
}

/** Linux tells programs of a hundred ticks a second, whatever its own are. */
const TICK_MS = 10;

/** Fields 14 and 15 of `/proc/<pid>/stat`, counted after the command's closing bracket: of the program and of the system for it. */
export function ofProc(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** `1:02.50` of macOS, with hours before where there are some. */
export const ofPs = (time: string): number => Math.round(time.trim().split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1_000);
