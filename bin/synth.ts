import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** `npm run synth`: builds and synthesizes. While the build keeps one core busy, the CDK gets ready on another. */
async function main(): Promise<void> {
  const build = spawn(process.execPath, ['--import', 'tsx', 'pipeline/build/main.ts'], { cwd: ROOT, stdio: 'inherit' });
  const built = once(build, 'exit');
  const [{ warmUp }] = await Promise.all([import('./warm-up'), import('./website-app')]);
  warmUp();
  const [code] = await built;
  if (code === 0) await import('./website');
  else process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
