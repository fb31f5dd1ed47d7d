import { readFileSync } from 'node:fs';
import path from 'node:path';
import { billOfMaterials, packagesOf } from '../../../pipeline/build/bill-of-materials';
import { bundleLambdas, DIST } from '../../../pipeline/build/bundles';
import { lockedPackages } from '../../../pipeline/dependencies/locked';
import { ensureArtefacts } from '../../app/artefacts';
import { temporaryFolder } from '../../support/folder';

const folder = temporaryFolder('bill');

// A fresh clone is built first.
jest.setTimeout(180_000);

interface Written {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly { readonly name: string; readonly version: string; readonly scope: string; readonly hashes?: unknown }[];
}

function written(): Written {
  ensureArtefacts();
  return JSON.parse(readFileSync(path.join(DIST, 'sbom/bom.json'), 'utf8')) as Written;
}

const named = ({ components }: Pick<Written, 'components'>, scope: string): string[] => components.filter((component) => component.scope === scope).map(({ name, version }) => `${name}@${version}`);

test('each build says what is in it: the packages of functions, pages and the gate, and beside them those that only build', () => {
  const bom = written();
  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'website-pipeline' } } });
  const names = (scope: string): string[] => named(bom, scope).map((component) => component.replace(/@[^@]*$/, ''));
  expect(names('required')).toEqual(expect.arrayContaining(['@aws-sdk/client-dynamodb', 'stripe', 'zod', 'preact', 'oidc-client-ts', 'junit-report-builder']));
  expect(names('excluded')).toEqual(expect.arrayContaining(['aws-cdk-lib', 'jest', 'typescript']));
  expect(names('required')).not.toEqual(expect.arrayContaining(['aws-cdk-lib']));
});

test('a package is in the bill as soon as a function has a line of it, in the very version', async () => {
  const { metafile } = await bundleLambdas(['catalog/get-product', 'workflow/receive-carrier-event'], folder);
  const bundled = await packagesOf(Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  const bom = billOfMaterials(await lockedPackages(), bundled);
  expect([...bundled].filter((component) => component.startsWith('standardwebhooks@'))).toHaveLength(1);
  expect(new Set(named({ components: bom.components as unknown as Written['components'] }, 'required'))).toEqual(bundled);
  expect(named(written(), 'required')).toEqual(expect.arrayContaining([...bundled]));
});

test('a package inside a package is one of its own, and the project is none', async () => {
  expect(await packagesOf(['node_modules/zod/mini/index.js', 'lambdas/shared/http.ts', path.join(__dirname, '../../../node_modules/preact/dist/preact.mjs')])).toEqual(new Set([expect.stringMatching(/^zod@/), expect.stringMatching(/^preact@/)]));
});
