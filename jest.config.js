// swc strips the types; `oxlint --type-aware --type-check` is what checks them.
const transform = {
  '^.+\\.(ts|tsx|mts|mjs|js)$': [
    '@swc/jest',
    {
      jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022', transform: { react: { runtime: 'automatic', importSource: 'preact' } } },
      module: { type: 'commonjs' },
    },
  ],
};
// Packages that ship ES modules only; Jest's own loader cannot require() them.
const esmOnly = ['p-retry', 'is-network-error', 'uuid', 'preact', 'oidc-client-ts', 'jwt-decode', 'ora', 'chalk', 'csv-parse'];

const layer = (displayName, testMatch) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdk.out/', '<rootDir>/.local/'],
  // Files that look at the synthesized application share one synth a run; it costs nothing where none does.
  globalSetup: '<rootDir>/test/app/sharedAssembly.ts',
  globalTeardown: '<rootDir>/test/app/sharedAssemblyTeardown.ts',
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/deadline.ts'],
});

module.exports = {
  projects: [
    layer('unit', ['<rootDir>/test/{bench,contracts,lambdas,pipeline,stages,storefront,console}/**/!(*.template).test.{ts,tsx}', '<rootDir>/test/local/**/*.unit.test.ts']),
    layer('template', ['<rootDir>/test/{app,bin}/**/*.test.ts', '<rootDir>/test/{pipeline,stages}/**/*.template.test.ts']),
    layer('local', ['<rootDir>/test/local/**/!(*.unit).test.ts']),
    layer('journeys', ['<rootDir>/test/journeys/**/*.test.ts']),
  ],
};
