import type { Browser } from 'playwright-core';
import { Fault, type Operations } from '../../console/fakeAws';
import { BUILD_ID, FAILED_RUN, fakePipeline, logAddress, PIPELINE, WAITING_RUN } from '../../console/fakePipeline';
import { barriers } from '../../support/axe';
import { launchBrowser } from '../../support/browser';
import { builtPages } from '../../support/builtPages';
import { servedConsole, type ServedConsole } from './servedConsole';

const pageDirectory = builtPages('console');
let browser: Browser;
let served: ServedConsole;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(() => served.close());
afterAll(() => browser.close());

async function begin(hash: string, { operations = {}, width = 1280 }: { operations?: Operations; width?: number } = {}) {
  served = await servedConsole(browser, { ...fakePipeline(), ...operations }, { pageDirectory });
  await served.page.setViewportSize({ width, height: 844 });
  await served.open(hash);
  return served.page;
}

test.each([
  ['home', '', 'Show delivery times'],
  ['runs', `#/runs/${PIPELINE}`, 'Show delivery times'],
  ['run', `#/runs/${PIPELINE}/${WAITING_RUN}`, 'Nothing enters this stage at present'],
  ['run-failed', `#/runs/${PIPELINE}/${FAILED_RUN}`, 'Orders could not be created'],
  ['action', `#/runs/${PIPELINE}/${WAITING_RUN}/Dev/Shop.Deploy`, 'CREATE_COMPLETE'],
  ['action-failed', `#/runs/${PIPELINE}/${FAILED_RUN}/Dev/Shop.Deploy`, 'Resource creation cancelled'],
  ['log', logAddress(BUILD_ID), 'npm run synth'],
])('on a phone nothing of the page %s scrolls sideways, by day and by night', async (name, hash, text) => {
  const page = await begin(hash, { width: 390 });
  await page.getByText(text).first().waitFor();
  const sideways = await page.locator('html, .scroll, .log').evaluateAll((boxes) => boxes.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ className }) => className));
  expect(sideways).toEqual([]);
  await served.picture(`phone-${name}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await served.picture(`phone-${name}-dark`);
  expect(served.faults).toEqual([]);
});

test('every page leads to the one above it, and tabs tell them apart', async () => {
  const page = await begin(logAddress(BUILD_ID));
  await page.getByText('npm run synth').waitFor();
  const way = page.getByRole('navigation', { name: 'Where you are' }).getByRole('link');
  expect(await way.allInnerTexts()).toEqual(['Pipelines', PIPELINE, 'Run 7c1f8f5e', 'Build / Synth']);
  expect(await page.title()).toBe(`Log · Build / Synth · Run 7c1f8f5e · ${PIPELINE} · Pipelines`);
  for (const above of ['Synth', 'Run 7c1f8f5e', PIPELINE, 'Pipelines']) {
    await way.last().press('Enter');
    await page.getByRole('heading', { name: above, level: 1 }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
  }
  expect(await page.title()).toBe('Pipelines');
  expect(served.faults).toEqual([]);
});

test('a run that waits leads from its top to the decision', async () => {
  const page = await begin(`#/runs/${PIPELINE}/${WAITING_RUN}`);
  await page.getByRole('link', { name: 'Decide' }).press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Approve');
  expect(new URL(page.url()).hash).toBe(`#/runs/${PIPELINE}/${WAITING_RUN}/Approve`);
});

test('a gate that failed says at the top which hop was late', async () => {
  const page = await begin(`#/runs/${PIPELINE}/${FAILED_RUN}`);
  const failed = page.getByRole('region', { name: 'What failed' });
  await failed.waitFor();
  expect(await failed.innerText()).toContain('order → search: 1 of 2 arrived in time.');
});

test('whoever may not read builds sees the run and which permission is missing, and can decide', async () => {
  const refused = () => {
    throw new Fault('AccessDeniedException', 'ada is not authorized to perform it');
  };
  const page = await begin(`#/runs/${PIPELINE}/${WAITING_RUN}`, { operations: { 'CodeBuild_20161006.BatchGetBuilds': refused } });
  await page.getByText('What a gate measured: the permission codebuild:BatchGetBuilds is missing.').waitFor();
  await page.getByText('What AWS says').click();
  await page.getByText('ada is not authorized to perform it').waitFor();
  expect(await barriers(page, 'console run that may be read in part')).toEqual([]);
  await served.picture('run-unread');
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('region', { name: 'Approve' }).getByText('Succeeded').waitFor();
  expect(served.aws.calls.filter(({ operation }) => operation === 'PutApprovalResult')).toHaveLength(1);
  expect(served.faults).toEqual([]);
});
