import type { ActionDetail } from '../../console/action';
import type { BuildLog, Problem } from '../../console/model';
import { Fault, type Input, type Operations } from './fakeAws';
import { fakeConsole, type FakeConsole } from './fakeConsole';
import { BUILD_ID, fakePipeline, LONG_BUILD_ID, LONG_LINES, PIPELINE, WAITING_RUN } from './fakePipeline';

const BUILDS = 'CodeBuild_20161006.BatchGetBuilds';
const EVENTS = 'Logs_20140328.GetLogEvents';
const logOf = (buildId: string) => `/api/builds/${encodeURIComponent(buildId)}/log`;
let operations: Operations;
let fake: FakeConsole;

beforeEach(async () => {
  operations = fakePipeline();
  fake = await fakeConsole(operations);
});
afterEach(() => fake.close());

/** What a log's stream says until it ends, or until it has said so much. */
async function told(path: string, enough = Number.POSITIVE_INFINITY): Promise<(BuildLog | Problem)[]> {
  const parts: (BuildLog | Problem)[] = [];
  for await (const { data } of fake.events(`${path}/news`)) {
    parts.push(JSON.parse(data));
    if (parts.length >= enough) break;
  }
  return parts;
}

test('a build log is told to its end, and then is said to be complete', async () => {
  const parts = await told(logOf(BUILD_ID));
  expect(parts).toMatchObject([{ project: 'Website-Synth', status: 'SUCCEEDED', next: 'f/5', complete: false }, { events: [], complete: true }]);
  expect(parts[0]).toMatchObject({ events: Array.from({ length: 5 }, () => ({ text: expect.any(String) })) });
});

test('whoever lost the connection hears on from where it was', async () => {
  expect(await told(logOf(BUILD_ID), 1)).toMatchObject([{ next: 'f/5' }]);
  const parts: BuildLog[] = [];
  for await (const { data } of fake.events(`${logOf(BUILD_ID)}/news?from=${encodeURIComponent('f/5')}`)) parts.push(JSON.parse(data));
  expect(parts).toMatchObject([{ events: [], complete: true }]);
});

test('what a build writes while somebody looks is told by itself, and nothing while nothing comes', async () => {
  const written = ['one'];
  operations[BUILDS] = () => ({ builds: [{ id: BUILD_ID, projectName: 'Website-Synth', buildStatus: 'IN_PROGRESS', startTime: 1, logs: { groupName: 'builds', streamName: 'growing' } }] });
  operations[EVENTS] = ({ nextToken = 'f/0' }: Input) => {
    const from = Number(String(nextToken).slice(2));
    // The second line comes while the first has been told.
    if (from === 1) written.push('two');
    return { events: written.slice(from).map((message) => ({ timestamp: 0, message })), nextForwardToken: `f/${written.length}` };
  };
  expect(await told(logOf(BUILD_ID), 2)).toMatchObject([{ events: [{ text: 'one' }] }, { events: [{ text: 'two' }] }]);
});

test('a log that may not be read says so and ends; one that AWS is too busy for is asked for again', async () => {
  const answer = operations[EVENTS];
  // The SDK itself tries three times before it gives up.
  let refusals = 3;
  operations[EVENTS] = (input: Input) => {
    if (refusals === 0) return answer?.(input) ?? {};
    refusals -= 1;
    throw new Fault('ThrottlingException', 'Rate exceeded');
  };
  expect((await told(logOf(BUILD_ID))).map((part) => ('title' in part ? part.status : part.complete))).toEqual([429, false, true]);
  operations[EVENTS] = () => {
    throw new Fault('AccessDeniedException', 'not for you');
  };
  expect(await told(logOf(BUILD_ID))).toMatchObject([{ status: 403 }]);
  expect(await told(logOf('Website-Synth:unknown'))).toMatchObject([{ status: 404 }]);
});

test('an action that is no build shows the log that the pipeline names for it', async () => {
  const { attempts } = await fake.get<ActionDetail>(`/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/stages/Dev/actions/Lint`);
  expect(attempts).toMatchObject([{ hasLog: true }]);
  const path = `/api/pipelines/${PIPELINE}/executions/${WAITING_RUN}/attempts/${attempts[0]?.id}/log`;
  expect(await told(path)).toMatchObject([{ project: 'Lint', status: 'Succeeded', events: [{ text: 'oxlint finds nothing' }] }, { complete: true }]);
  expect(await (await fake.request(`${path}/file`)).text()).toContain('oxlint finds nothing\n');
  expect(fake.aws.calls.find(({ operation }) => operation === 'GetLogEvents')?.input).toMatchObject({ logGroupName: '/aws/codepipeline/Website', logStreamName: 'lint' });
});

test('a log is handed out whole as a file, each line with its instant and without colours', async () => {
  const answer = await fake.request(`/api/builds/${encodeURIComponent(LONG_BUILD_ID)}/log/file`);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="Website-Long-6f2d44b1-1111-4222-8333-944455556666.log"');
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const lines = (await answer.text()).split('\n');
  expect(lines).toHaveLength(LONG_LINES + 1);
  expect(lines[0]).toBe('2026-11-20T08:00:06.000Z  line 1 says nothing new');
});
