import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

test('recording clicks costs the shop less than 3 KB on the wire, and brings nothing but itself', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [path.join(__dirname, '../../../storefront/clicks/clicks.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    write: false,
    metafile: true,
  });
  expect(gzipSync(outputFiles[0]?.contents ?? '').length).toBeLessThan(3 * 1024);
  expect(Object.keys(metafile.inputs).filter((file) => !file.startsWith('storefront/clicks/'))).toEqual([]);
});
