import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { DIST } from '../../../pipeline/build/bundles';
import { ensureArtefacts } from '../../app/artefacts';
import { secretsIn } from '../../support/secrets';

const root = path.join(__dirname, '../../..');

// A fresh clone is built first.
jest.setTimeout(180_000);

/** Everything that is released or run by the pipeline: functions, pages, the gate's checks. */
function released(): Map<string, string> {
  ensureArtefacts();
  return new Map(globSync('{lambdas,storefront,gate}/**', { cwd: DIST }).map((file) => [file, readFileSync(path.join(DIST, file), 'utf8')]));
}

test('nothing that is released has a secret in it', () => {
  const files = released();
  expect(files.size).toBeGreaterThan(100);
  expect([...files].flatMap(([file, text]) => secretsIn(text).map((found) => `${file}: ${found}`))).toEqual([]);
});

/** The same at every run: a few draws in a thousand look less drawn than others. */
const drawnByLot = (bytes: number): Buffer => createHash('sha256').update('planted').digest().subarray(0, bytes);

// Put together here, so that no scanner of repositories takes them for somebody's.
test.each([
  ['an AWS access key', `AKIA${'Q7'.repeat(8)}`],
  ['an AWS secret key', `secretAccessKey:"${'aB3/'.repeat(10)}"`],
  ['a private key', `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBg'.repeat(2)}`],
  ["a payment provider's key", `sk_live_${'51HxQ2eZ'.repeat(2)}`],
  ["a payment provider's key", `rk_test_${'51HxQ2eZ'.repeat(2)}`],
  ['a signing secret', `whsec_${'MfKQ9r8G'.repeat(3)}`],
  ['a token', ['{"alg":"RS256"}', '{"sub":"somebody"}', 'a signature'].map((part) => Buffer.from(part).toString('base64url')).join('.')],
  ['a GitHub token', `ghp_${'a1B2'.repeat(9)}`],
  ['an npm token', `npm_${'a1B2'.repeat(9)}`],
  ['a Google key', `AIza${'a1B2_'.repeat(7)}`],
  ['a Slack token', `xoxb-${'123456789012-'.repeat(2)}abc`],
  ['a password in an address', 'postgres://shop:hunter22@db.example.com'],
  ['something drawn by lot', drawnByLot(30).toString('base64url')],
  ['something drawn by lot', drawnByLot(32).toString('hex')],
])('%s would be found in a bundle', (what, secret) => {
  const [[, bundle = ''] = []] = released();
  const planted = `${bundle.slice(0, 5_000)}\n"${secret}"\n${bundle.slice(5_000)}`;
  expect(secretsIn(planted)).toEqual([expect.stringMatching(`^${what}: `)]);
});

test('no released file says on which machine it was built, or shows its sources', () => {
  for (const [file, text] of released()) {
    expect([file, [root, `${homedir()}${path.sep}.`, 'sourceMappingURL', 'file:///'].filter((trace) => text.includes(trace))]).toEqual([file, []]);
    expect(file).not.toMatch(/\.map$/);
  }
});
