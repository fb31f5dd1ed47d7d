import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../support/folder';

const folder = temporaryFolder('reset');
const reset = (home: string) => spawnSync(process.execPath, [path.join(__dirname, '../../../local/reset.mjs'), '--home', home], { encoding: 'utf8' });

function home(name: string, pid: number): string {
  const made = path.join(folder, name);
  mkdirSync(path.join(made, 'state'), { recursive: true });
  writeFileSync(path.join(made, 'processes.json'), JSON.stringify({ supervisor: { pid, started: '0' }, parts: {} }));
  return made;
}

test('everything of a home that is not running is forgotten', () => {
  const idle = home('idle', 2 ** 30);
  expect(reset(idle).status).toBe(0);
  expect(existsSync(idle)).toBe(false);
});

test('a home that is running is left alone', () => {
  const busy = home('busy', process.pid);
  const { status, stderr } = reset(busy);
  expect(status).toBe(1);
  expect(stderr).toContain('Ctrl-C');
  expect(existsSync(busy)).toBe(true);
});
