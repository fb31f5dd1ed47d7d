import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleLambdas } from '../../../pipeline/build/bundles';
import { temporaryFolder } from '../../support/folder';

const folder = temporaryFolder('bundles');
const bundle = (entry: string, build: string): string => join(folder, build, entry, 'index.mjs');

const ENVIRONMENT = { PRODUCTS_TABLE_NAME: 'products', ORIGIN_SECRET_ARN: 'secret', AWS_REGION: 'us-east-1' };

test('a function is one file, which starts where there is no node_modules', async () => {
  const { metafile } = await bundleLambdas(['catalog/get-product'], join(folder, 'alone'));
  expect(Object.keys(metafile.outputs)).toEqual([expect.stringContaining('alone/catalog/get-product/index.mjs')]);

  const script = 'import(process.argv[1]).then(({ handler }) => console.log(typeof handler))';
  const said = execFileSync(process.execPath, ['--eval', script, bundle('catalog/get-product', 'alone')], { cwd: folder, env: ENVIRONMENT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  expect(said.trim()).toBe('function');
});

test('a function imports nothing that Node.js would have to fill in at its start', async () => {
  const { metafile } = await bundleLambdas(['orders/submit-order'], join(folder, 'imports'));
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  expect(imports.filter(({ kind }) => kind === 'import-statement')).toEqual([]);
});

test('a function is deployed again only for a change of its own: what is built beside it leaves no trace in it', async () => {
  const few = ['catalog/get-product', 'orders/submit-order'];
  await bundleLambdas(few, join(folder, 'few'));
  await bundleLambdas(['catalog/list-products', 'edge/refuse-request', ...few], join(folder, 'many'));
  for (const entry of few) expect(readFileSync(bundle(entry, 'many'), 'utf8')).toBe(readFileSync(bundle(entry, 'few'), 'utf8'));
});
