import { setTimeout as sleep } from 'node:timers/promises';
import { News, type Answer } from '../../console/server/news';
import type { PipelineSummary } from '../../console/model';
import { eventually } from '../support/eventually';
import { fakeConsole, type FakeConsole } from './fakeConsole';
import { fakePipeline, PIPELINE } from './fakePipeline';

const good = (body: string): Answer => ({ status: 200, body });
/** An API that counts what it is asked. */
function counted(answers: (nth: number) => Answer) {
  let asked = 0;
  const news = new News(async () => answers(asked++));
  return { news, asked: () => asked };
}

describe('the news', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  test('are read once for all who listen, and told when they change', async () => {
    const { news, asked } = counted((nth) => good(nth < 3 ? '1' : '2'));
    const told: string[][] = [[], []];
    for (const one of told) news.listen('/api/pipelines', 1_000, ({ body }) => one.push(body));
    await pass(0);
    expect([asked(), told]).toEqual([1, [['1'], ['1']]]);
    await pass(3_000);
    expect([asked(), told]).toEqual([4, [['1', '2'], ['1', '2']]]);
  });

  test('are read as often as the most curious listener wants', async () => {
    const { news, asked } = counted(() => good('1'));
    news.listen('/api/pipelines', 10_000, () => undefined);
    const stop = news.listen('/api/pipelines', 1_000, () => undefined);
    await pass(5_000);
    expect(asked()).toBe(6);
    stop();
    await pass(11_000);
    expect(asked()).toBe(8);
  });

  test('are looked for sooner when somebody more curious comes', async () => {
    const { news, asked } = counted(() => good('1'));
    news.listen('/api/pipelines', 60_000, () => undefined);
    await pass(0);
    news.listen('/api/pipelines', 1_000, () => undefined);
    await pass(2_000);
    expect(asked()).toBe(3);
  });

  test('are known at once to whoever comes later', async () => {
    const { news, asked } = counted(() => good('1'));
    news.listen('/api/pipelines', 1_000, () => undefined);
    await pass(0);
    const told: string[] = [];
    news.listen('/api/pipelines', 1_000, ({ body }) => told.push(body));
    expect([asked(), told]).toEqual([1, ['1']]);
  });

  test('are read by nobody when nobody listens', async () => {
    const { news, asked } = counted(() => good('1'));
    const stop = news.listen('/api/pipelines', 1_000, () => undefined);
    await pass(2_000);
    stop();
    await pass(60_000);
    expect(asked()).toBe(3);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('are asked for less and less often while AWS asks for patience, and as before when it answers again', async () => {
    let throttled = true;
    const { news, asked } = counted(() => (throttled ? { status: 429, body: '{}' } : good('1')));
    news.listen('/api/pipelines', 1_000, () => undefined);
    await pass(600_000);
    const inTenMinutes = asked();
    expect(inTenMinutes).toBeLessThan(20);
    throttled = false;
    await pass(60_000);
    const answeredAt = asked();
    await pass(10_000);
    expect(asked() - answeredAt).toBe(10);
  });
});

describe('a page', () => {
  let fake: FakeConsole;
  beforeEach(async () => {
    fake = await fakeConsole(fakePipeline());
  });
  afterEach(() => fake.close());

  /** What a stream says, until `enough` of it was heard. */
  async function heard(path: string, enough: (text: string) => boolean): Promise<string> {
    const response = await fake.request(path);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      if (enough(text)) break;
    }
    return text;
  }

  test('hears over one connection what each address answers, a refusal as well', async () => {
    const text = await heard(`/api/news?on=1000:/api/pipelines&on=1000:/api/pipelines/${PIPELINE}/executions/unknown`, (so) => so.split('event: answer').length === 3);
    const answers = [...text.matchAll(/event: answer\ndata: (.*)\n/g)].map(([, data = '']): { path: string; status: number; body: string } => JSON.parse(data));
    const pipelines: PipelineSummary[] = JSON.parse(answers.find(({ path }) => path === '/api/pipelines')?.body ?? '[]');
    expect(pipelines[0]?.name).toBe(PIPELINE);
    expect(answers.find(({ path }) => path.endsWith('unknown'))?.status).toBe(404);
  });

  test('that is closed has nothing asked for any more', async () => {
    await heard('/api/news?on=100:/api/pipelines', (text) => text.includes('event: answer'));
    const isQuiet = await eventually(async () => {
      const before = fake.aws.calls.length;
      await sleep(500);
      return fake.aws.calls.length === before;
    }, 60);
    expect(isQuiet).toBe(true);
  });

  test.each(['', '?on=/api/pipelines', '?on=1000:/api/news', '?on=1000:https://example.com/', '?on=1:/api/pipelines'])('cannot listen to something else than the API (%s)', async (query) => {
    expect((await fake.request(`/api/news${query}`)).status).toBe(400);
  });
});
