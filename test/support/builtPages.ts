import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { temporaryFolder } from './folder';

const root = path.join(__dirname, '..', '..');

/** The pages in this folder, built as they are released, in a folder of the test file's own. */
export function builtPages(pages: 'storefront' | 'console' | 'local/quicksight'): string {
  const folder = path.join(temporaryFolder(path.basename(pages)), 'dist');
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [vite, 'build', '--config', path.join(root, pages, 'vite.config.mts'), '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'],
    // Jest's NODE_ENV would make it a development build.
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (status !== 0) throw new Error(`The pages of ${pages} do not build:\n${stdout}${stderr}`);
  return folder;
}
