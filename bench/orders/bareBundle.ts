import { build } from 'esbuild';

/** Writes a bare function, the SDK inside, to `index.mjs` in a folder. */
export async function bundleBare(handler: string, outdir: string): Promise<void> {
  await build({
    entryPoints: { index: handler },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    logLevel: 'warning',
  });
}
