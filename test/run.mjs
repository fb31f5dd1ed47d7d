// `npm test`: everything a change has to pass, from a fresh clone on. Plain JavaScript, since it installs the packages first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { installPackages } from '../local/host/packages.mjs';

const root = new URL('..', import.meta.url).pathname;
const results = mkdtempSync(join(tmpdir(), 'results-'));
// What roles may do and did while the journeys ran.
const records = join(root, '.local', 'permissions');
// What every page looked like on a desk and on a phone, by day and by night.
const screenshots = join(root, '.local', 'screenshots');
const totals = { passed: 0, failed: 0 };
/** Whoever waits for an answer gets one within an hour and a half: what would take longer is ended while there is time to say so. */
const endsAt = Date.now() + 85 * 60_000;
const minutesLeft = () => Math.max(1, (endsAt - Date.now()) / 60_000);
/** Jest would leave one of them to others. */
const EVERY_CORE = '--maxWorkers=100%';
/** Journeys through built pages that no website is deployed for. */
const PAGES = '/journeys/(storefront|console)/';
/** What failed and why, to be said once more where it is found: at the end of an hour's output. */
const failures = [];

installPackages(root);
command('types and lint', 'npm', ['run', '--silent', 'lint']);
command('audit of the packages and their licences', 'npm', ['run', '--silent', 'audit']);
command('synth with cdk-nag, guard and CloudFormation validation', 'npm', ['run', '--silent', 'synth']);
jest('unit', 5, EVERY_CORE);
jest('template', 20, EVERY_CORE);
command("types and tests of the lake's Spark jobs", 'npm', ['run', '--silent', 'test:jobs'], 10);
// Without the parts no test below can pass, and each would try to install them again.
if (command('installing the local parts', process.execPath, ['--import', 'tsx', 'test/support/installParts.ts'])) {
  jest('local', 25, EVERY_CORE);
  for (const left of [records, screenshots]) rmSync(left, { recursive: true, force: true });
  jest('journeys', 15, EVERY_CORE, '--testPathPatterns', PAGES);
  // One after the other: each starts a whole website, and asks it for as much as the machine has.
  jest('journeys', minutesLeft() - 6, '--maxWorkers=1', '--testPathIgnorePatterns', PAGES);
  command('permissions: none without use, no wildcard without a reason', 'npm', ['run', '--silent', 'permissions', '--', '--check', '--records', records], minutesLeft());
}
rmSync(results, { recursive: true, force: true });
if (failures.length > 0) console.log(['', 'What failed:', ...failures].join('\n'));
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;

/** One check that passes or fails as a whole. */
function command(name, program, args, minutes) {
  const { status, seconds } = run(program, args, minutes);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`);
  totals[status === 0 ? 'passed' : 'failed']++;
  if (status !== 0) failures.push(name);
  return status === 0;
}

/** One layer of Jest; a test file that cannot be run counts as one failure, and so does a layer that hangs. */
function jest(layer, minutes, ...options) {
  const report = join(results, `${layer}.json`);
  const jestProgram = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { status, seconds } = run(process.execPath, [jestProgram, '--selectProjects', layer, '--json', '--outputFile', report, ...options], minutes);
  const counts = readReport(report);
  const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${layer} tests (${counts.numPassedTests} passed, ${failed} failed, ${seconds} s)`);
  totals.passed += counts.numPassedTests;
  totals.failed += Math.max(failed, status === 0 ? 0 : 1);
  failures.push(...counts.testResults.flatMap(failuresOf));
}

/** The failed tests of one file, or why it could not be run, with the beginning of each message. */
function failuresOf({ name, message, assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  const reasons = failed.map(({ fullName, failureMessages }) => [fullName, failureMessages.join('\n')]);
  if (message && failed.length === 0) reasons.push(['the file itself', message]);
  return reasons.map(([test, reason]) => `${relative(root, name)}: ${test}\n${stripVTControlCharacters(reason).slice(0, 1_500).replace(/^/gm, '    ')}`);
}

function readReport(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1, testResults: [] };
  }
}

function run(program, args, minutes = 5) {
  const start = Date.now();
  // Jest's --json prints its report to the standard output; the readable one goes to the standard error.
  const { status, error } = spawnSync(program, args, { cwd: root, env: { ...process.env, LOCAL_PERMISSION_RECORDS: records, SCREENSHOTS: screenshots }, timeout: Math.round(minutes * 60_000), stdio: ['ignore', args.includes('--json') ? 'ignore' : 'inherit', 'inherit'] });
  if (error) console.error(error.code === 'ETIMEDOUT' ? `It was ended after ${Math.round(minutes)} minutes.` : error.message);
  return { status: status ?? 1, seconds: Math.round((Date.now() - start) / 1000) };
}
