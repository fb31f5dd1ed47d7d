import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { foldersIn } from '../../local/host/folders';
import { freePort } from '../../local/host/ports';
import { temporaryFolder } from '../support/folder';

const ROOT = path.join(__dirname, '..', '..');
const home = path.join(temporaryFolder('foreign'), 'home');

/** What the runner has said last: why there is no run, or no more of one. */
const runnerSaid = (): string => {
  const log = path.join(foldersIn(home).logs, 'codepipeline.log');
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-40).join('\n') : '';
};

/** The command as it is typed, with a home and ports of its own; everything it says, and its exit code. One that hangs is interrupted, so that it says where. */
async function pipeline(...options: string[]): Promise<{ said: string; code: number | null }> {
  const ports = ['--port', String(await freePort()), '--console-port', String(await freePort()), '--dashboards-port', String(await freePort()), '--site-port', String(await freePort())];
  const child = spawn('npm', ['run', '--silent', 'pipeline', '--', '--home', home, ...ports, ...options], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  const ended = once(child, 'exit');
  const hung = setTimeout(() => interrupt(child.pid), 480_000);
  const [code] = (await ended) as [number | null];
  clearTimeout(hung);
  return { said: code === 0 ? said : `${said}\n${runnerSaid()}`, code };
}

/** Ctrl-C: the signal goes to the command and to all it started. */
const interrupt = (group = 0): boolean => process.kill(-group, 'SIGINT');

test('npm run pipeline takes an application it has never seen to its end and exits with the result', async () => {
  const { said, code } = await pipeline('--app', 'test/local/codepipeline/apps/single-account', '--approve', '--exit');
  expect(said).toMatch(/✔ Dev +CheckDev[^]*Succeeded after/);
  expect(code).toBe(0);
  expect(existsSync(path.join(home, 'processes.json'))).toBe(false);
}, 600_000);

test('a folder without an application is refused with a reason', async () => {
  const { said, code } = await pipeline('--app', 'docs', '--exit');
  expect(said).toContain('cdk.json');
  expect(code).toBe(1);
}, 600_000);
