import type { Browser, Page } from 'playwright-core';
import type { Surroundings } from '../../../contracts/surroundings';
import { fakePipeline, PIPELINE } from '../../console/fakePipeline';
import { fakeRelease, table } from '../../console/fakeRelease';
import { Fault, type Operations } from '../../console/fakeAws';
import { barriers } from '../../support/axe';
import { launchBrowser } from '../../support/browser';
import { builtPages } from '../../support/builtPages';
import { eventually } from '../../support/eventually';
import { type RunningServer, serve } from '../../support/http';
import { servedConsole, type ServedConsole } from './servedConsole';

const codepipeline = 'CodePipeline_20150709';
const LIST = `${codepipeline}.ListPipelineExecutions`;
const pageDirectory = builtPages('console');
let browser: Browser;
let served: ServedConsole;
let around: RunningServer | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  await served.close();
  await around?.close();
  around = undefined;
});
afterAll(() => browser.close());

const begin = async (operations: Operations, hash = '', surroundings?: URL) => {
  served = await servedConsole(browser, operations, { pageDirectory, surroundings });
  await served.open(hash);
  return served.page;
};

/** So many runs, numbered from the newest on, in pages as CodePipeline gives them. */
function manyRuns(count: number): Operations {
  const runs = Array.from({ length: count }, (_, index) => ({
    pipelineExecutionId: `${String(index).padStart(8, '0')}-5f7e-4a0e-8a63-90b1c1f0e6d2`,
    status: 'Succeeded',
    startTime: 1_700_000_000 - index,
    lastUpdateTime: 1_700_000_060 - index,
    sourceRevisions: [{ actionName: 'Repository', revisionId: `${index}abcdef0`, revisionSummary: `Change number ${index}` }],
  }));
  return {
    ...fakePipeline(),
    [LIST]: ({ nextToken, maxResults }) => {
      const from = Number(nextToken ?? 0);
      const end = from + Number(maxResults);
      return { pipelineExecutionSummaries: runs.slice(from, end), ...(end < count && { nextToken: String(end) }) };
    },
  };
}

test('a change is on every page by itself, with nothing asked for', async () => {
  const operations = fakePipeline();
  const page = await begin(operations);
  const environments = (one: Page) => one.getByRole('region', { name: `Environments of ${PIPELINE}` }).getByRole('listitem').first();
  await environments(page).waitFor();
  const second = await browser.newPage();
  await second.goto(page.url());
  // They are the last that a page listens to: its one connection is there to stay.
  await environments(second).waitFor();
  const asked: string[] = [];
  for (const one of [page, second]) one.on('request', (request) => asked.push(new URL(request.url()).pathname));
  operations[`${codepipeline}.PutApprovalResult`]?.({ token: 'token-1', result: { status: 'Approved' } });
  for (const one of [page, second]) await one.getByText('waits for a person').first().waitFor({ state: 'detached' });
  expect(asked).toEqual([]);
  await second.close();
  expect(served.faults).toEqual([]);
});

test('a console that is gone is said to be, what was seen stays, and it comes back by itself', async () => {
  const page = await begin(fakePipeline());
  await page.getByText('Show delivery times').first().waitFor();
  await served.leave();
  await page.getByText('Trying again').first().waitFor();
  expect(await page.getByText('Show delivery times').count()).toBeGreaterThan(0);
  await served.comeBack();
  await page.getByText('Trying again').first().waitFor({ state: 'detached' });
  expect(served.faults).toEqual([]);
});

test('AWS that throttles is waited for, and that is said', async () => {
  const operations = fakePipeline();
  let throttled = false;
  const list = operations[LIST];
  operations[LIST] = (input) => {
    if (throttled) throw new Fault('ThrottlingException', 'Rate exceeded');
    return list?.(input) ?? {};
  };
  const page = await begin(operations);
  await page.getByText('Show delivery times').first().waitFor();
  throttled = true;
  await page.getByText('Too many requests to AWS just now').first().waitFor();
  expect(await page.getByText('Show delivery times').count()).toBeGreaterThan(0);
  throttled = false;
  await page.getByText('Too many requests to AWS just now').first().waitFor({ state: 'detached' });
});

test('a page that nobody looks at has nothing asked for, until somebody does', async () => {
  const page = await begin(fakePipeline());
  const { calls } = served.aws;
  const look = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await page.getByText('Show delivery times').first().waitFor();
  await look(true);
  const quietAt = await eventually(async () => {
    const before = calls.length;
    await page.waitForTimeout(3_000);
    return calls.length === before && before;
  }, 120);
  await look(false);
  expect(await eventually(() => calls.length > quietAt, 60)).toBe(true);
});

test('five hundred runs are all to be reached, a page at a time, and only the first is looked at again', async () => {
  const page = await begin(manyRuns(500), `#/runs/${PIPELINE}`);
  await page.getByRole('table').getByText('Change number 0').waitFor();
  const more = page.getByRole('button', { name: 'Older runs' });
  for (let shown = await page.locator('tbody tr').count(); shown < 500; ) {
    await more.click();
    await page.locator('tbody tr').nth(shown).waitFor();
    shown = await page.locator('tbody tr').count();
  }
  await page.getByText('Change number 499').waitFor();
  expect(await more.count()).toBe(0);
  const pages = served.aws.calls.filter(({ operation, input }) => operation === 'ListPipelineExecutions' && input.nextToken !== undefined);
  expect(pages.map(({ input }) => Number(input.nextToken)).length).toBe(new Set(pages.map(({ input }) => input.nextToken)).size);
  expect(served.faults).toEqual([]);
});

test('the first page shows what each environment runs, where it is, and what is around', async () => {
  const told: Surroundings = {
    links: [{ name: 'inbox', url: 'http://localhost:4573/' }],
    parts: [
      { name: 'gateway', health: 'answers', memoryBytes: 81_000_000, startedAt: '2026-11-20T08:00:00.000Z', restarts: 0 },
      { name: 'opensearch', health: 'does not answer', restarts: 3 },
    ],
  };
  around = await serve(({ url }, response) => response.end(url === '/logs/gateway' ? 'ready <b>now</b>\n' : JSON.stringify(told)));
  const page = await begin(fakeRelease({ deployed: {}, next: { 'Prod-Shop': { Orders: table() } } }), '', around.url);
  const environments = page.getByRole('region', { name: `Environments of ${PIPELINE}` });
  await environments.getByRole('link', { name: 'prod-shop.example.com' }).waitFor();
  expect(await environments.getByRole('listitem').filter({ hasText: 'Prod' }).first().innerText()).toContain('Before');
  const parts = page.getByRole('region', { name: 'Around the pipelines' });
  await parts.getByText('does not answer').waitFor();
  expect(await barriers(page, 'console environments')).toEqual([]);
  await served.picture('home-phone-dark');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  await served.picture('home');
  await parts.getByRole('link', { name: 'Log of gateway' }).click();
  await page.getByText('ready <b>now</b>').waitFor();
  expect(await barriers(page, 'console log of a part')).toEqual([]);
  expect(served.faults).toEqual([]);
});

test('a run is started of a revision that somebody names', async () => {
  const page = await begin(fakePipeline(), `#/runs/${PIPELINE}`);
  await page.getByText('Start a run of another revision …').click();
  await page.getByLabel('Repository: commit').fill('4f2a9d8');
  expect(await barriers(page, 'console start of a revision')).toEqual([]);
  await page.getByRole('button', { name: 'Start a run of it' }).click();
  await page.getByRole('region', { name: 'Who did what' }).waitFor();
  expect(served.aws.calls.find(({ operation }) => operation === 'StartPipelineExecution')?.input).toMatchObject({ sourceRevisions: [{ actionName: 'Repository', revisionType: 'COMMIT_ID', revisionValue: '4f2a9d8' }] });
  expect(served.faults).toEqual([]);
});
