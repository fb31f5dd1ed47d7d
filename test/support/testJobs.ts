import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { PARTS } from '../../local/host/folders';
import { installSpark } from '../../local/emr/install';

const ROOT = path.join(__dirname, '../..');
const SETTINGS = 'app/lake/pyproject.toml';

/** `npm run test:jobs`: types and tests of the lake's Spark jobs. Words after `--` go to pytest. */
async function main(): Promise<void> {
  const { python, javaHome } = await installSpark({ partsDir: PARTS, onProgress: console.log });
  // Spark's workers are processes of their own, and find the jobs by this.
  const env = { ...process.env, PYTHONPATH: path.join(ROOT, 'app/lake'), PYTHONDONTWRITEBYTECODE: '1', JAVA_HOME: javaHome, SPARK_LOCAL_IP: '127.0.0.1' };
  const run = (...words: readonly string[]): boolean => spawnSync(python, ['-m', ...words], { cwd: ROOT, env, stdio: 'inherit' }).status === 0;
  const typed = run('mypy', '--config-file', SETTINGS, '--cache-dir', path.join(PARTS, '../mypy'), 'app/lake/jobs', 'test/app/lake/jobs');
  if (!(run('pytest', '-q', '-c', SETTINGS, ...process.argv.slice(2)) && typed)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
