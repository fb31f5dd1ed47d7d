import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path, { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify } from '../../../local/host/processes';
import { freePort } from '../../../local/host/ports';
import type { Part } from '../../../local/supervisor/part';
import { Supervisor } from '../../../local/supervisor/supervisor';
import { temporaryFolder } from '../../support/folder';

const folder = temporaryFolder('supervisor');
const said: string[] = [];
const props = { logsDir: join(folder, 'logs'), processesFile: join(folder, 'processes.json'), onMessage: (line: string) => said.push(line) };

/** A part that serves 200 and, with `leaveBehind`, starts a child that ignores SIGTERM. */
async function part(name: string, program?: string): Promise<Part & { port: number }> {
  const port = await freePort();
  const serving = `require('http').createServer((_, r) => r.end(String(process.pid))).listen(${port}, '127.0.0.1'); console.log('hello from ${name}');`;
  return { name, port, command: process.execPath, args: ['-e', program ?? serving], env: { PATH: process.env.PATH ?? '' }, healthUrl: `http://127.0.0.1:${port}` };
}

const pidOf = async ({ port }: { port: number }): Promise<number> => Number(await (await fetch(`http://127.0.0.1:${port}`)).text());

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('It did not come to pass.');
    await sleep(50);
  }
}

test('parts are ready when they are started, log to files, and are gone when they are stopped', async () => {
  const supervisor = await Supervisor.takeOver(props);
  const [one, two] = [await part('one'), await part('two')];
  await supervisor.start([one, two]);
  const pids = [await pidOf(one), await pidOf(two)];
  expect(readFileSync(join(props.logsDir, 'one.log'), 'utf8')).toContain('hello from one');
  await supervisor.stop();
  expect(pids.map(identify)).toEqual([undefined, undefined]);
  expect(existsSync(props.processesFile)).toBe(false);
});

test('a part that is killed comes back, and what it left running is ended', async () => {
  const supervisor = await Supervisor.takeOver(props);
  const port = await freePort();
  const program = `
    const child = require('child_process').spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)']);
    require('http').createServer((q, r) => r.end(String(q.url === '/child' ? child.pid : process.pid))).listen(${port}, '127.0.0.1');`;
  await supervisor.start([{ ...(await part('killed', program)), healthUrl: `http://127.0.0.1:${port}` }]);
  const first = await pidOf({ port });
  const child = Number(await (await fetch(`http://127.0.0.1:${port}/child`)).text());
  process.kill(first, 'SIGKILL');
  await until(async () => (await pidOf({ port }).catch(() => first)) !== first);
  expect(identify(child)).toBeUndefined();
  expect(said.join('\n')).toContain('killed died (SIGKILL); it is started again.');
  await supervisor.stop();
});

test('a part that cannot start is given up with the end of its log', async () => {
  const supervisor = await Supervisor.takeOver(props);
  await expect(supervisor.start([await part('broken', "console.error('no such luck'); process.exit(3)")])).rejects.toThrow(/broken does not start[^]*no such luck/);
  await supervisor.stop();
});

test('a supervisor that is killed takes its parts with it', async () => {
  const port = await freePort();
  const program = path.join(folder, 'part.cjs');
  writeFileSync(program, `require('http').createServer((_, r) => r.end(String(process.pid))).listen(${port}, '127.0.0.1')`);
  const local = (file: string): string => JSON.stringify(path.join(__dirname, '../../../local/supervisor', file));
  const start = `
    const { Supervisor } = require(${local('supervisor.ts')}), { nodePart } = require(${local('nodePart.ts')});
    Supervisor.takeOver({ logsDir: ${JSON.stringify(props.logsDir)}, processesFile: ${JSON.stringify(path.join(folder, 'killed.json'))}, onMessage: console.log })
      .then((supervisor) => supervisor.start([{ name: 'orphan', ...nodePart(${JSON.stringify(program)}), env: process.env, healthUrl: 'http://127.0.0.1:${port}' }]))
      .then(() => console.log('started'));`;
  const supervisor = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', start], { cwd: path.join(__dirname, '../../..'), stdio: ['ignore', 'pipe', 'inherit'] });
  await once(supervisor.stdout, 'data');
  const pid = await pidOf({ port });
  expect(identify(pid)).toBeDefined();
  supervisor.kill('SIGKILL');
  await until(() => identify(pid) === undefined);
});

test('a second start beside a running one is refused', async () => {
  const supervisor = await Supervisor.takeOver(props);
  await expect(Supervisor.takeOver(props)).rejects.toThrow(`process ${process.pid}`);
  await supervisor.stop();
});
