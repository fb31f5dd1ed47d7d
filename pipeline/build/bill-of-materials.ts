import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import type { Bom } from '../dependencies/locked';
import { DIST } from './bundles';

const ROOT = join(__dirname, '../..');
const Named = z.object({ name: z.string(), version: z.string() });

/** The packages, `preact@11.2.0`, that these files, as seen from the repository, are of; the project's own are of none. */
export async function packagesOf(files: readonly string[]): Promise<Set<string>> {
  const folders = new Set(files.flatMap((file) => /^.*\/?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []));
  const packages = await Promise.all(
    [...folders].map(async (folder) => {
      const { name, version } = Named.parse(JSON.parse(await readFile(resolve(ROOT, folder, 'package.json'), 'utf8')));
      return `${name}@${version}`;
    }),
  );
  return new Set(packages);
}

/**
 * All that is locked, and of it what is in the bundles as `required`, the rest, which only builds and tests, as
 * `excluded`: https://cyclonedx.org/docs/1.5/json/#components_items_scope
 */
export function billOfMaterials(locked: Bom, bundled: ReadonlySet<string>): Bom {
  const { metadata, components } = locked;
  return {
    ...locked,
    // npm names it after the folder.
    metadata: { ...metadata, component: { ...metadata.component, name: 'website-pipeline' } },
    components: components.map((component) => ({ ...component, scope: bundled.has(`${component.name}@${component.version}`) ? 'required' : 'excluded' })),
  };
}

/** Writes `dist/sbom/bom.json`. */
export async function writeBillOfMaterials(bom: Bom): Promise<void> {
  const file = join(DIST, 'sbom/bom.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(bom, null, 2)}\n`);
}
