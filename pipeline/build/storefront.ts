import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApi } from '../../contracts/openapi/document';
import { writePictures } from '../../storefront/pictures/write-pictures';
import { DIST } from './bundles';

const ROOT = join(__dirname, '../..');

/** Writes `dist/storefront`: the shop's pages, a picture of each product of the catalogue, and the API's document. */
export async function buildStorefront(): Promise<void> {
  // Vite is an ES module, which this CommonJS project can only load like this.
  const { build } = await import('vite');
  // First the pages: Vite empties their folder.
  await build({ configFile: join(ROOT, 'storefront/vite.config.mts'), logLevel: 'warn' });
  await writeFile(join(DIST, 'storefront', 'openapi.json'), JSON.stringify(openApi()));
  await writePictures(join(ROOT, 'lambdas/catalog/data/products.json'), join(DIST, 'storefront'));
}
