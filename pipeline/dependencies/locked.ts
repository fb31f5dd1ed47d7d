import * as z from 'zod';
import { npmJson } from './npm';

const Licence = z.union([z.object({ license: z.union([z.object({ id: z.string() }), z.object({ name: z.string() })]) }), z.object({ expression: z.string() })]);

const Component = z.looseObject({ name: z.string(), version: z.string(), purl: z.string(), licenses: z.array(Licence).optional() });
export type Component = z.infer<typeof Component>;

/** As much of CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json) as is read here; the rest is handed on. */
const Bom = z.looseObject({ bomFormat: z.literal('CycloneDX'), metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }), components: z.array(Component) });
export type Bom = z.infer<typeof Bom>;

/** Every package of package-lock.json, other platforms' among them, in CycloneDX, as npm itself writes it. */
export const lockedPackages = async (): Promise<Bom> => Bom.parse(await npmJson('sbom', '--sbom-format', 'cyclonedx'));

/** An SPDX expression: `MIT`, `(MIT OR GPL-3.0-or-later)`. @returns nothing when the package names no licence */
export function licenceOf({ licenses: [first] = [] }: Component): string | undefined {
  if (!first) return undefined;
  if ('expression' in first) return first.expression;
  return 'id' in first.license ? first.license.id : first.license.name;
}
