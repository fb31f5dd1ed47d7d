import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Linux tells of memory in pages. */
const PAGE_BYTES = 4_096;

/** The memory of each process group, by its leader's id, in bytes. */
export function memoryOfGroups(): Map<number, number> {
  const groups = new Map<number, number>();
  for (const [group, bytes] of existsSync('/proc/self/stat') ? byProc() : byPs()) groups.set(group, (groups.get(group) ?? 0) + bytes);
  return groups;
}

/** Fields 5 and 24 of `/proc/<pid>/stat`, counted after the command's closing bracket. */
function byProc(): [group: number, bytes: number][] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const stat = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return stat === '' ? [] : [[Number(fields[2]), Number(fields[21]) * PAGE_BYTES]];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

function byPs(): [group: number, bytes: number][] {
  const lines = execFileSync('ps', ['-A', '-o', 'pgid=,rss='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [group = 0, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
    return [group, kilobytes * 1_024];
  });
}
