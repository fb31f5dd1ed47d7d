// `npm test`: everything a change has to pass, from a fresh clone on. Plain JavaScript, since it installs the packages first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from '../local/host/packages.mjs';

const root = new URL('..', import.meta.url).pathname;
const results = mkdtempSync(join(tmpdir(), 'results-'));
const totals = { passed: 0, failed: 0 };

installPackages(root);
command('types and lint', 'npm', ['run', '--silent', 'lint']);
command('installing the local parts', process.execPath, ['--import', 'tsx', 'test/support/installParts.ts']);
command('synth with cdk-nag, guard and CloudFormation validation', 'npm', ['run', '--silent', 'synth']);
for (const layer of ['unit', 'template', 'local', 'journeys']) jest(layer);
rmSync(results, { recursive: true, force: true });
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;

/** One check that passes or fails as a whole. */
function command(name, program, args) {
  const { status, seconds } = run(program, args);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`);
  totals[status === 0 ? 'passed' : 'failed']++;
}

/** One layer of Jest; a test file that cannot be run counts as one failure. */
function jest(layer) {
  const report = join(results, `${layer}.json`);
  const jestProgram = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { status, seconds } = run(process.execPath, [jestProgram, '--selectProjects', layer, '--json', '--outputFile', report]);
  const counts = readReport(report);
  const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${layer} tests (${counts.numPassedTests} passed, ${failed} failed, ${seconds} s)`);
  totals.passed += counts.numPassedTests;
  totals.failed += Math.max(failed, status === 0 ? 0 : 1);
}

function readReport(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1 };
  }
}

function run(program, args) {
  const start = Date.now();
  // Jest's --json prints its report to the standard output; the readable one goes to the standard error.
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', args.includes('--json') ? 'ignore' : 'inherit', 'inherit'] });
  return { status: status ?? 1, seconds: Math.round((Date.now() - start) / 1000) };
}
