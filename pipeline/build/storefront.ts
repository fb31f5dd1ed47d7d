import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApi } from '../../contracts/openapi/document';
import { writePictures } from '../../storefront/pictures/write-pictures';
import { DIST } from './bundles';
import type { Built } from './bundles';

const ROOT = join(__dirname, '../..');

/** Writes `dist/storefront`: the shop's pages, a picture of each product of the catalogue, and the API's document. */
export async function buildStorefront(): Promise<Built> {
  // Anything else, a test runner's for instance, makes a development build, with the paths of its sources in it.
  process.env.NODE_ENV = 'production';
  // Vite is an ES module, which this CommonJS project can only load like this.
  const { build } = await import('vite');
  // First the pages: Vite empties their folder.
  const pages = await build({ configFile: join(ROOT, 'storefront/vite.config.mts'), logLevel: 'warn' });
  await writeFile(join(DIST, 'storefront', 'openapi.json'), JSON.stringify(openApi()));
  await writePictures(join(ROOT, 'lambdas/catalog/data/products.json'), join(DIST, 'storefront'));
  const chunks = [pages].flat().flatMap((built) => ('output' in built ? built.output : [])).filter((file) => file.type === 'chunk');
  const sources = chunks.flatMap(({ modules }) => Object.entries(modules).flatMap(([file, { renderedLength }]) => (renderedLength > 0 ? [file] : [])));
  return { bundles: chunks.length, sources };
}
