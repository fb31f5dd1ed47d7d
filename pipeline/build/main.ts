import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildGate, buildLambdas, DIST } from './bundles';
import { writePictures } from '../../storefront/pictures/write-pictures';
import { buildPages } from './pages';

/** `npm run build`: everything that is deployed or run by the pipeline, once, into dist/. */
async function main(): Promise<void> {
  const start = performance.now();
  const functions = buildLambdas();
  await Promise.all([functions, buildGate(), storefront()]);
  await writeFile(join(DIST, '.built'), '');
  console.log(`Built ${(await functions).length} functions, the pages and the gate in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
}

async function storefront(): Promise<void> {
  // First the pages: Vite empties their folder.
  await buildPages('storefront');
  await writePictures(join(__dirname, '../../lambdas/catalog/data/products.json'), join(DIST, 'storefront'));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
