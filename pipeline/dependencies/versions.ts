import * as z from 'zod';

const Manifest = z.object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) });

/** @param manifest package.json @returns each dependency that is not one exact version, as a sentence */
export function inexactVersions(manifest: unknown): string[] {
  const { dependencies, devDependencies } = Manifest.parse(manifest);
  const wanted = Object.entries({ ...dependencies, ...devDependencies });
  return wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version)).map(([name, version]) => `${name} ${version} is not one version`);
}
