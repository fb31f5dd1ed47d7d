import type { Environment, PipelineSummary, Problem } from '../../console/model';
import type { Surroundings } from '../../contracts/surroundings';
import { type RunningServer, serve } from '../support/http';
import { Fault, type Operations } from './fakeAws';
import { fakeConsole, type FakeConsole } from './fakeConsole';
import { FAILED_RUN, fakePipeline, PIPELINE, WAITING_RUN } from './fakePipeline';
import { fakeRelease, RELEASED_RUN, table } from './fakeRelease';

let running: FakeConsole | undefined;
let around: RunningServer | undefined;
afterEach(async () => {
  await running?.close();
  await around?.close();
});

const environments = async (operations: Operations): Promise<Environment[]> => {
  running = await fakeConsole(operations);
  return running.get<Environment[]>(`/api/pipelines/${PIPELINE}/environments`);
};
const released = fakeRelease({ deployed: {}, next: { 'Prod-Shop': { Orders: table() } } });

describe('an environment', () => {
  test('is a stage that deploys stacks; it runs what last went through it', async () => {
    const [dev, prod, ...others] = await environments(released);
    expect(others).toEqual([]);
    expect(dev?.stage).toBe('Dev');
    expect(prod).toMatchObject({ stage: 'Prod', run: { id: RELEASED_RUN, commits: [{ message: 'Before' }] } });
  });

  test('says where it is by the outputs of its own stacks, read as the role that deploys them', async () => {
    const [, prod] = await environments(released);
    expect(prod?.addresses).toEqual([{ stack: 'Prod-Shop', name: 'SiteUrl', url: 'https://prod-shop.example.com/' }]);
    expect(running?.aws.calls.flatMap(({ operation, input }) => (operation === 'AssumeRole' ? [input.RoleArn] : []))).toContain('arn:aws:iam::444444444444:role/cdk-deploy-role');
  });

  test('whose stacks may not be read is shown without its addresses, and says why', async () => {
    const [, prod] = await environments({ ...released, DescribeStacks: () => { throw new Fault('AccessDenied', 'not for you', 403); } });
    expect(prod).toMatchObject({ run: { id: RELEASED_RUN }, addresses: [], unread: [{ what: 'Its addresses', why: 'Not allowed: not for you' }] });
  });

  test('through which no run has gone runs nothing', async () => {
    const [, prod] = await environments(fakeRelease({ deployed: {}, next: { 'Prod-Shop': {} }, released: 'never' }));
    expect(prod?.run).toBeUndefined();
  });
});

test('each run of the first page says where it stands', async () => {
  running = await fakeConsole(fakePipeline());
  const [pipeline] = await running.get<PipelineSummary[]>('/api/pipelines');
  expect(pipeline?.executions.map(({ id, stands }) => [id, stands])).toEqual([[WAITING_RUN, 'waits for a person in Approve'], [FAILED_RUN, 'in Dev']]);
});

describe('what is around the console', () => {
  const told: Surroundings = { links: [{ name: 'inbox', url: 'http://localhost:4573' }], parts: [{ name: 'gateway', health: 'answers', memoryBytes: 1_000, restarts: 0 }] };

  const over = async (answer: (url: string) => [number, string]) => {
    around = await serve(({ url = '' }, response) => {
      const [status, body] = answer(url);
      response.writeHead(status).end(body);
    });
    running = await fakeConsole(fakePipeline(), { surroundings: around.url });
    return running;
  };

  test('is what the address says that it was given', async () => {
    const fake = await over(() => [200, JSON.stringify(told)]);
    expect(await fake.get('/api/surroundings')).toEqual(told);
  });

  test('is nothing where it was given none', async () => {
    running = await fakeConsole(fakePipeline());
    expect(await running.get('/api/surroundings')).toEqual({ links: [], parts: [] });
    expect((await running.request('/api/surroundings/gateway/log')).status).toBe(404);
  });

  test('shows the log of a part, and no file that somebody names', async () => {
    const fake = await over((url) => (url === '/logs/gateway' ? [200, 'ready <b>now</b>\n'] : [404, '']));
    expect(await fake.get('/api/surroundings/gateway/log')).toEqual({ text: 'ready <b>now</b>\n' });
    expect((await fake.request('/api/surroundings/..%2F..%2Fetc%2Fpasswd/log')).status).toBe(404);
  });

  test.each([['is away', 500, ''], ['speaks otherwise', 200, '{"parts": "many"}']])('that %s is said to be', async (_, status, body) => {
    const fake = await over(() => [status, body]);
    const problem: Problem = await (await fake.request('/api/surroundings')).json();
    expect(problem.status).toBe(502);
  });
});
