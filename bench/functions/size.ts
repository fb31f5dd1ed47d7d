import { relative, resolve } from 'node:path';
import { build } from 'esbuild';

/** Bytes of a bundle's entry and of all that it imports statically: what is read when the function starts. */
export async function bytesLoaded(entry: string): Promise<number> {
  const absWorkingDir = resolve('/');
  const { metafile } = await build({ absWorkingDir, entryPoints: [entry], bundle: true, format: 'esm', platform: 'node', target: 'node24', metafile: true, write: false });
  const waiting = [relative(absWorkingDir, entry)];
  const loaded = new Set<string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (loaded.has(file)) continue;
    loaded.add(file);
    const imports = metafile.inputs[file]?.imports ?? [];
    waiting.push(...imports.filter(({ kind, external }) => kind === 'import-statement' && external !== true).map(({ path }) => path));
  }
  return [...loaded].reduce((bytes, file) => bytes + (metafile.inputs[file]?.bytes ?? 0), 0);
}
