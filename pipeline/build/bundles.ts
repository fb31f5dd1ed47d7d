import { build } from 'esbuild';
import type { BuildOptions, BuildResult } from 'esbuild';
import { readFile, readdir, rm } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { builtIns } from './built-ins';

const ROOT = join(__dirname, '../..');
export const DIST = join(ROOT, 'dist');

const esm = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The SDK's ES modules shake better than what it gives to `require`: 200 KB less a function.
  mainFields: ['module', 'main'],
  outExtension: { '.js': '.mjs' },
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
} as const satisfies BuildOptions;

/**
 * The files under lambdas/ that are a function's entry: `orders/submit-order`. An entry is what exports `handler`.
 */
export async function lambdaEntries(): Promise<string[]> {
  const nouns = (await readdir(join(ROOT, 'lambdas'), { withFileTypes: true })).filter((entry) => entry.isDirectory() && entry.name !== 'shared');
  const entries = await Promise.all(
    nouns.map(async ({ name: noun }) => {
      const files = (await readdir(join(ROOT, 'lambdas', noun))).filter((file) => /^[a-z]+(-[a-z]+)+\.ts$/.test(file));
      const sources = await Promise.all(files.map(async (file) => ({ file, source: await readFile(join(ROOT, 'lambdas', noun, file), 'utf8') })));
      return sources.filter(({ source }) => /^export const handler\b/m.test(source)).map(({ file }) => `${noun}/${basename(file, '.ts')}`);
    }),
  );
  return entries.flat().toSorted();
}

export interface Built {
  /** What was made: a file for each function, for each check. */
  readonly bundles: number;
  /** The files that something of is in it. */
  readonly sources: readonly string[];
}

/** Writes `dist/lambdas/<noun>/<verb-noun>/index.mjs` for every function, the SDK inside. */
export async function buildLambdas(): Promise<Built> {
  return built('lambdas', await bundleLambdas(await lambdaEntries(), 'dist/lambdas'));
}

/**
 * Bundles functions into one file each: shared files would let a change of one function deploy the others too.
 * @param outdir absolute, or as seen from the repository
 */
export const bundleLambdas = (entries: readonly string[], outdir: string): Promise<BuildResult<{ metafile: true }>> =>
  build({
    ...esm,
    entryPoints: Object.fromEntries(entries.map((entry) => [`${entry}/index`, `lambdas/${entry}.ts`])),
    outdir,
    alias: {
      '@aws-sdk/credential-provider-node': './lambdas/shared/function-credentials.ts',
      '@aws-sdk/middleware-endpoint-discovery': './lambdas/shared/endpoint-discovery.ts',
    },
    plugins: [builtIns],
    // The SDK imports these when it needs them: for what a browser calls itself, and for operations that stream events.
    external: ['bowser', '@smithy/core/event-streams'],
  });

/** Writes `dist/gate/<name>.cjs`: the checks that the pipeline runs before and after a deployment, without a node_modules beside them. */
export async function buildGate(): Promise<Built> {
  const result = await build({
    ...esm,
    format: 'cjs',
    target: 'node20',
    outExtension: { '.js': '.cjs' },
    entryPoints: { integration: 'pipeline/gate/integration.ts', smoke: 'pipeline/gate/smoke.ts', subscription: 'pipeline/gate/check-subscription.ts' },
    outdir: 'dist/gate',
  });
  return built('gate', result);
}

async function built(folder: string, { metafile: { outputs } }: BuildResult<{ metafile: true }>): Promise<Built> {
  await keepOnly(folder, Object.keys(outputs));
  const sources = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])));
  return { bundles: Object.keys(outputs).length, sources: [...new Set(sources)] };
}

/** Removes what builds before left behind. Not the whole folder, first: a synth may be reading it. */
async function keepOnly(folder: string, files: readonly string[]): Promise<void> {
  const kept = new Set(files);
  const found = await readdir(join(DIST, folder), { recursive: true, withFileTypes: true });
  const stale = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).filter((file) => !kept.has(relative(ROOT, file).replaceAll(sep, '/')));
  await Promise.all(stale.map((file) => rm(file)));
}
