import { existsSync } from 'node:fs';
import { join } from 'node:path';

const DIST = join(__dirname, '../../dist');

/**
 * The folder that `npm run build` wrote: `lambdas/<noun>/<verb-noun>`, `storefront`. Built once, before the synth, so
 * that every stage carries the same bytes.
 * @throws Error naming `npm run build` when the folder is not there
 */
export function artefact(folder: string): string {
  const path = join(DIST, folder);
  if (!existsSync(path)) throw new Error(`dist/${folder} does not exist: run \`npm run build\` first, or \`npm run synth\`, which begins with it.`);
  return path;
}
