import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../local/host/ports';
import { temporaryFolder } from '../support/folder';

const ROOT = path.join(__dirname, '..', '..');
const home = path.join(temporaryFolder('foreign'), 'home');

/** The command as it is typed, with a home and ports of its own; everything it says, and its exit code. */
async function pipeline(...options: string[]): Promise<{ said: string; code: number }> {
  const ports = ['--port', String(await freePort()), '--console-port', String(await freePort()), '--site-port', String(await freePort())];
  const child = spawn('npm', ['run', '--silent', 'pipeline', '--', '--home', home, ...ports, ...options], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { said, code };
}

test('npm run pipeline takes an application it has never seen to its end and exits with the result', async () => {
  const { said, code } = await pipeline('--app', 'test/local/codepipeline/apps/single-account', '--approve', '--exit');
  expect(said).toMatch(/✔ Dev +CheckDev/);
  expect(said).toContain('Succeeded after');
  expect(code).toBe(0);
  expect(existsSync(path.join(home, 'processes.json'))).toBe(false);
}, 300_000);

test('a folder without an application is refused with a reason', async () => {
  const { said, code } = await pipeline('--app', 'docs', '--exit');
  expect(said).toContain('cdk.json');
  expect(code).toBe(1);
}, 300_000);
