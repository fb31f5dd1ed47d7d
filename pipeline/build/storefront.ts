import { join } from 'node:path';
import { writePictures } from '../../storefront/pictures/write-pictures';
import { DIST } from './bundles';

const ROOT = join(__dirname, '../..');

/** Writes `dist/storefront`: the shop's pages, and a picture of each product of the catalogue. */
export async function buildStorefront(): Promise<void> {
  // Vite is an ES module, which this CommonJS project can only load like this.
  const { build } = await import('vite');
  // First the pages: Vite empties their folder.
  await build({ configFile: join(ROOT, 'storefront/vite.config.mts'), logLevel: 'warn' });
  await writePictures(join(ROOT, 'lambdas/catalog/data/products.json'), join(DIST, 'storefront'));
}
