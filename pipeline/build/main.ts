import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockedPackages } from '../dependencies/locked';
import { billOfMaterials, packagesOf, writeBillOfMaterials } from './bill-of-materials';
import { buildGate, buildLambdas, DIST } from './bundles';
import { buildStorefront } from './storefront';

/** `npm run build`: everything that is deployed or run by the pipeline, once, into dist/. */
async function main(): Promise<void> {
  const start = performance.now();
  const [functions, gate, pages, locked] = await Promise.all([buildLambdas(), buildGate(), buildStorefront(), lockedPackages()]);
  await writeBillOfMaterials(billOfMaterials(locked, await packagesOf([functions, gate, pages].flatMap(({ sources }) => sources))));
  await writeFile(join(DIST, '.built'), '');
  console.log(`Built ${functions.bundles} functions, the pages and the gate in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
