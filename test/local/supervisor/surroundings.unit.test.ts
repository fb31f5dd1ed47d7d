import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { Surroundings } from '../../../contracts/surroundings';
import { freePort } from '../../../local/host/ports';
import { Supervisor } from '../../../local/supervisor/supervisor';
import { serveSurroundings } from '../../../local/supervisor/surroundings';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';

const folder = temporaryFolder('surroundings');
let supervisor: Supervisor;
let server: Server;
let url: string;
let partPort: number;

beforeAll(async () => {
  partPort = await freePort();
  supervisor = await Supervisor.takeOver({ logsDir: join(folder, 'logs'), processesFile: join(folder, 'processes.json'), onMessage: () => undefined });
  const program = `console.log('ready'); process.stdin.on('end', () => process.exit()).resume(); require('http').createServer((q, a) => a.end('ok')).listen(${partPort}, '127.0.0.1')`;
  await supervisor.start([{ name: 'one', command: process.execPath, args: ['-e', program], env: {}, healthUrl: `http://127.0.0.1:${partPort}/` }]);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  server = await serveSurroundings({ supervisor, links: () => [{ name: 'inbox', url: 'http://localhost:1' }], port });
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await supervisor.stop();
});

const told = async () => Surroundings.parse(await (await fetch(`${url}/`)).json());

test('a part that runs is told of with its health, its memory and when it started', async () => {
  const { links, parts } = await told();
  expect(links).toEqual([{ name: 'inbox', url: 'http://localhost:1' }]);
  expect(parts).toMatchObject([{ name: 'one', health: 'answers', restarts: 0, startedAt: expect.stringMatching(/Z$/) }]);
  expect(parts[0]?.memoryBytes).toBeGreaterThan(1_000_000);
});

test('a part that died and came back says so', async () => {
  const { one } = (JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8')) as { parts: { one: { pid: number } } }).parts;
  process.kill(one.pid, 'SIGKILL');
  const part = await eventually(async () => (await told()).parts.find(({ restarts, health }) => restarts === 1 && health === 'answers'), 60);
  expect(part.name).toBe('one');
});

test('a log is given by the name of its part, and no other file is', async () => {
  expect(await (await fetch(`${url}/logs/one`)).text()).toContain('ready\n');
  for (const path of ['/logs/two', '/logs/..%2fprocesses.json', '/processes.json']) expect((await fetch(url + path)).status).toBe(404);
});
