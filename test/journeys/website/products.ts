import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { awsSettings, environmentWithoutAws } from '../../../local/host/environment';
import { website } from '../../../stages/environments';
import type { RunningWebsite } from './runningWebsite';

const run = promisify(execFile);
const ROOT = path.join(__dirname, '..', '..', '..');
const COLUMNS = 'productId,name,description,category,vendor,price,stock';

/** Imports products into dev as a person does, and gives what the importer said. */
export async function importProducts(running: RunningWebsite, rows: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const file = path.join(running.home, 'products.csv');
  writeFileSync(file, [COLUMNS, ...rows].join('\n'));
  const { account = '', region = '' } = website.environments.find(({ name }) => name === 'Dev') ?? {};
  const env = { ...environmentWithoutAws(), ...awsSettings(running.endpoint, account, region) };
  const { code, stdout, stderr } = await run('npm', ['run', '--silent', 'catalog:import', '--', file, '--stack', 'Dev-Catalog'], { cwd: ROOT, env }).then(
    (imported) => ({ code: 0, ...imported }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  return { code, said: stdout + stderr };
}
