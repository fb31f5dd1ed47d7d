import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { temporaryFolder } from './folder';

const root = path.join(__dirname, '..', '..');

type Pages = 'storefront' | 'console' | 'local/quicksight';

/** The pages in this folder, built as they are released, in a folder of the test file's own; beside them `.vite/manifest.json`, which says what came of what. */
export function builtPages(pages: Pages): string {
  const folder = path.join(temporaryFolder(path.basename(pages)), 'dist');
  buildPages(pages, folder);
  return folder;
}

/** Builds them. @param folder where to; without one, where their own configuration says */
export function buildPages(pages: Pages, folder?: string): void {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [vite, 'build', '--config', path.join(root, pages, 'vite.config.mts'), ...(folder === undefined ? [] : ['--outDir', folder, '--manifest']), '--emptyOutDir', '--logLevel', 'warn'],
    // Jest's NODE_ENV would make it a development build.
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (status !== 0) throw new Error(`The pages of ${pages} do not build:\n${stdout}${stderr}`);
}
