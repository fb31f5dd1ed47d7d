import type { Release } from '../../console/model';
import { Fault, type Operations } from './fakeAws';
import { fakeConsole, type FakeConsole } from './fakeConsole';
import { PIPELINE, WAITING_RUN } from './fakePipeline';
import { fakeRelease, handler, policy, RELEASED_RUN, securityGroup, table } from './fakeRelease';

let fake: FakeConsole | undefined;

afterEach(() => fake?.close());

const released = async (operations: Operations): Promise<Release> => (await asked(operations, 'stages/Approve/actions/Release')).json();

async function asked(operations: Operations, where: string): Promise<Response> {
  fake = await fakeConsole(operations);
  return fake.request(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/${where}/release`);
}

const orders = { Orders: table(), Handler: handler(256) };

test('an approval brings the commits of every run since the one that last went through, the newest first', async () => {
  const release = await released(fakeRelease({ deployed: { 'Prod-Orders': orders }, next: { 'Prod-Orders': orders } }));
  expect(release).toMatchObject({ into: ['Prod'], revision: 'new', last: { id: RELEASED_RUN } });
  expect(release.commits.map(({ message }) => message)).toEqual(['Show delivery times', 'Count <b>visitors</b>']);
});

test('a stack whose template is the same is said to stay, and so nothing changes', async () => {
  const release = await released(fakeRelease({ deployed: { 'Prod-Orders': orders, 'Prod-Old': {} }, next: { 'Prod-Orders': orders }, released: 'the same commit' }));
  expect(release).toMatchObject({ revision: 'the same', unchanged: 1, unread: [] });
  expect(release.stacks).toEqual([{ stage: 'Prod', name: 'Prod-Old', kind: 'no longer deployed', resources: [], widenings: [] }]);
});

test('what holds data comes first, and a change that replaces it is told from one that does not', async () => {
  const next = { Handler: handler(512), Added: handler(128), Orders: table({}, 'orderId') };
  const [, stack] = (await released(fakeRelease({ deployed: { 'Prod-Orders': { ...orders, Gone: handler(1) } }, next: { 'Prod-Orders': next } }))).stacks ?? [];
  expect(stack).toMatchObject({ name: 'Prod-Orders', kind: 'changed' });
  expect(stack?.resources.map(({ name, kind, stateful }) => [name, kind, stateful])).toEqual([
    ['Orders', 'replaced', true],
    ['Gone', 'removed', false],
    ['Handler', 'changed', false],
    ['Added', 'added', false],
  ]);
  expect(stack?.resources[2]?.properties).toEqual(['MemorySize']);
});

test('a stack that is not there yet is added with all that is in it', async () => {
  const { stacks, last, commits, revision } = await released(fakeRelease({ deployed: {}, next: { 'Prod-Orders': orders }, released: 'never' }));
  expect(stacks).toMatchObject([{ name: 'Prod-Orders', kind: 'added', resources: [{ name: 'Orders', kind: 'added' }, { name: 'Handler', kind: 'added' }] }]);
  expect(last).toBeUndefined();
  expect(revision).toBe('new');
  expect(commits).toHaveLength(2);
});

test('permissions and network openings that widen are named, and those that narrow are not', async () => {
  const before = { Wider: policy('s3:GetObject'), Narrower: policy('s3:*'), Group: securityGroup() };
  const after = { Wider: policy('s3:*'), Narrower: policy('s3:GetObject', 'arn:aws:s3:::one/*'), Group: securityGroup('0.0.0.0/0') };
  const stacks = (await released(fakeRelease({ deployed: { 'Prod-Orders': before }, next: { 'Prod-Orders': after } }))).stacks ?? [];
  const widenings = stacks.flatMap((stack) => stack.widenings);
  expect(widenings).toContainEqual({ kind: 'network', who: expect.stringContaining('Everyone'), what: 'TCP 443', where: expect.stringContaining('Group') });
  expect(widenings.filter(({ kind }) => kind === 'permission')).toMatchObject([{ what: expect.stringContaining('s3:GetObject'), where: expect.stringContaining('arn:aws:s3:::one/*') }]);
});

test('what the gate measured of the last release stands beside', async () => {
  const { before } = await released(fakeRelease({ deployed: { 'Prod-Orders': orders }, next: { 'Prod-Orders': orders } }));
  expect(before).toMatchObject([{ stage: 'Dev', hops: [{ to: 'search', p50: 310 }] }]);
});

test('a newer run behind the one that waits is named', async () => {
  const { newer, commits } = await released(fakeRelease({ deployed: {}, next: {}, newer: true }));
  expect(newer?.commits[0]?.message).toBe('Newer still');
  expect(commits.map(({ message }) => message)).not.toContain('Newer still');
});

test('what may not be read is named with its reason, and the rest is there', async () => {
  const operations = fakeRelease({ deployed: { 'Prod-Orders': orders }, next: { 'Prod-Orders': orders, 'Prod-Shop': {} } });
  const release = await released({ ...operations, GetTemplate: () => { throw new Fault('AccessDenied', 'role/console may not perform cloudformation:GetTemplate', 403); } });
  expect(release.unread).toEqual([{ what: 'What changes in Prod-Orders, Prod-Shop', why: 'Not allowed: role/console may not perform cloudformation:GetTemplate' }]);
  expect(release.commits).toHaveLength(2);
});

test('artefacts that may not be read are named with the reason', async () => {
  const operations = fakeRelease({ deployed: { 'Prod-Orders': orders }, next: { 'Prod-Orders': orders } });
  delete operations['GET /artefacts/website/Synth_Outp/abc'];
  expect((await released(operations)).unread).toEqual([{ what: 'What changes in Prod-Orders', why: 'Not allowed: Access Denied' }]);
});

test('templates are read as the role that deploys them, and once for all who look', async () => {
  const operations = fakeRelease({ deployed: { 'Prod-Orders': orders }, next: { 'Prod-Orders': orders } });
  await released(operations);
  expect(fake?.aws.calls.find(({ operation }) => operation === 'AssumeRole')?.input.RoleArn).toBe('arn:aws:iam::444444444444:role/cdk-deploy-role');
  expect(fake?.aws.calls.filter(({ operation }) => operation.startsWith('GET '))).toHaveLength(1);
});

test('an approval that the run does not have is not found', async () => {
  expect((await asked(fakeRelease({ deployed: {}, next: {} }), 'stages/Approve/actions/Other')).status).toBe(404);
});
