import { join } from 'node:path';
import { build } from 'esbuild';

/** Writes the bare function, the SDK inside, to `index.mjs` in a folder. */
export async function bundleBareOrders(outdir: string): Promise<void> {
  await build({
    entryPoints: { index: join(__dirname, 'bareHandler.ts') },
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
