import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { PipelineSummary } from '../../../console/model';
import { type FakeAws, fakeAws } from '../../console/fakeAws';
import { fakePipeline, PIPELINE } from '../../console/fakePipeline';
import { buildPages } from '../../support/builtPages';
import { temporaryFolder } from '../../support/folder';

const root = path.join(__dirname, '..', '..', '..');
const folder = temporaryFolder('console-main');
const config = path.join(folder, 'config');
let aws: FakeAws;
const started: ChildProcess[] = [];

beforeAll(async () => {
  aws = await fakeAws(fakePipeline());
  writeFileSync(config, `[profile shop]\nregion = eu-central-1\nendpoint_url = ${aws.url}\naws_access_key_id = 111111111111\naws_secret_access_key = secret\n\n[profile nowhere]\naws_access_key_id = 1\naws_secret_access_key = s\n\n[profile nobody]\nregion = eu-central-1\n`);
  buildPages('console');
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGTERM');
});
afterAll(() => aws.close());

/** `npm run console -- …` as somebody has it whose AWS configuration is this file, and nothing else. */
function start(...args: string[]) {
  const env = { PATH: process.env.PATH, HOME: folder, AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'none'), AWS_EC2_METADATA_DISABLED: 'true' };
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'console', 'main.ts'), '--port', '0', ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  return child;
}

test('a profile of the AWS configuration says whom to ask, where, and as whom; the console answers on the loopback', async () => {
  const child = start('--profile', 'shop');
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  expect(line).toMatch(/^The console is at http:\/\/localhost:\d+, over the pipelines of eu-central-1 and the profile shop/);
  const url = /http:\S+(?=,)/.exec(String(line))?.[0] ?? '';
  const pipelines: PipelineSummary[] = await (await fetch(`${url}/api/pipelines`)).json();
  expect(pipelines.map(({ name }) => name)).toEqual([PIPELINE]);
  expect((await fetch(`${url}/api/pipelines/${PIPELINE}/executions`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status).toBe(403);
});

test.each([
  [['--profile', 'nowhere'], /No region is known\. Name one with --region/],
  [['--profile', 'nobody'], /No credentials are found: [^]*aws sso login --profile nobody/],
  [['--profile', 'unknown', '--region', 'eu-central-1'], /No credentials are found: [^]*unknown/],
  [['--profile', 'shop', '--surroundings', 'nowhere'], /no address of http/],
])('%j ends with a word on what is missing', async (args, message) => {
  const child = start(...args);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(said).toMatch(message);
  expect(code).toBe(1);
});
