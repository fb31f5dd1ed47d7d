import type { Plugin } from 'esbuild';
import { isBuiltin } from 'node:module';

/**
 * Takes Node.js's own modules as they are. To `import` one makes Node.js read each of its exports, and that of
 * `node:crypto` loads the whole of Web Crypto: milliseconds of every function's start.
 * https://nodejs.org/api/process.html#processgetbuiltinmoduleid
 */
export const builtIns: Plugin = {
  name: 'built-ins',
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?[a-z_/]+$/ }, ({ path, kind }) =>
      kind !== 'dynamic-import' && isBuiltin(path) ? { path: path.replace(/^(?:node:)?/, 'node:'), namespace: 'built-in' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'built-in' }, ({ path }) => ({ contents: `module.exports = process.getBuiltinModule('${path}');` }));
  },
};
