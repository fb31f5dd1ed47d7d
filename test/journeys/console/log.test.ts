import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { consoleApp } from '../../../console/server/app';
import { awsClients } from '../../../console/server/awsClients';
import { type FakeAws, fakeAws, type Input } from '../../console/fakeAws';
import { BUILD_ID, fakePipeline, logAddress, LONG_BUILD_ID, LONG_LINES, PIPELINE, WAITING_RUN } from '../../console/fakePipeline';
import { watchPolicy } from '../../support/attacks';
import { launchBrowser } from '../../support/browser';
import { builtPages } from '../../support/builtPages';
import { temporaryFolder } from '../../support/folder';
import { type RunningServer, serve } from '../../support/http';

const pageDirectory = builtPages('console');
const screenshots = process.env.SCREENSHOTS ?? temporaryFolder('screenshots');
const environment = { ...process.env };
const GROWING_BUILD_ID = 'Website-Growing:1a1d44b1-1111-4222-8333-944455556666';
const WRAPPED_BUILD_ID = 'Website-Wrapped:2b2d44b1-1111-4222-8333-944455556666';
/** Lines of many lengths: how high each is, only its being laid out tells. */
const wrapped = Array.from({ length: 3_000 }, (_, index) => `line ${index + 1} ${'long '.repeat((index * 7_919) % 97)}`);
/** What the growing build has written so far. */
const written: string[] = [];
const write = (count: number) => written.push(...Array.from({ length: count }, (_, index) => `line ${written.length + index + 1}`));
let browser: Browser;
let aws: FakeAws;
let server: RunningServer;
let page: Page;
let faults: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  write(300);
  const pipeline = fakePipeline();
  aws = await fakeAws({
    ...pipeline,
    'CodeBuild_20161006.BatchGetBuilds': (input: Input) =>
      (input.ids as string[]).includes(WRAPPED_BUILD_ID)
        ? { builds: [{ id: WRAPPED_BUILD_ID, projectName: 'Website-Wrapped', buildStatus: 'SUCCEEDED', startTime: 1, endTime: 2, logs: { groupName: 'builds', streamName: 'wrapped' } }] }
        : (input.ids as string[]).includes(GROWING_BUILD_ID)
        ? { builds: [{ id: GROWING_BUILD_ID, projectName: 'Website-Growing', buildStatus: 'IN_PROGRESS', currentPhase: 'BUILD', startTime: 1, logs: { groupName: 'builds', streamName: 'growing' } }] }
        : (pipeline['CodeBuild_20161006.BatchGetBuilds']?.(input) ?? {}),
    'Logs_20140328.GetLogEvents': (input: Input) => {
      const lines = input.logStreamName === 'growing' ? written : input.logStreamName === 'wrapped' ? wrapped : undefined;
      if (!lines) return pipeline['Logs_20140328.GetLogEvents']?.(input) ?? {};
      const from = Number(((input.nextToken as string | undefined) ?? 'f/0').slice(2));
      return { events: lines.slice(from).map((message) => ({ timestamp: 0, message })), nextForwardToken: `f/${lines.length}` };
    },
  });
  Object.assign(process.env, { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: '111111111111', AWS_SECRET_ACCESS_KEY: 'secret' });
  const answer = getRequestListener(consoleApp({ clients: awsClients({ region: 'us-east-1' }), pageDirectory }).fetch);
  server = await serve((request, response) => void answer(request, response));
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await aws.close();
  process.env = { ...environment };
});

beforeEach(async () => {
  page = await browser.newPage();
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
});

afterEach(() => page.close());

const open = (buildId: string, line = '') => page.goto(`${server.url.origin}/${logAddress(buildId)}${line}`);
const picture = (name: string) => page.screenshot({ path: path.join(screenshots, `console-${name}.png`), fullPage: true });
const colourOf = (text: string) => page.getByText(text, { exact: true }).evaluate((element) => getComputedStyle(element).color);

/** Waits until this line is in sight, of the log and of the screen. */
const inSight = (line: number) =>
  page.waitForFunction((id) => {
    const [box, element] = [document.querySelector('.log')?.getBoundingClientRect(), document.getElementById(id)?.getBoundingClientRect()];
    return box && element && element.top >= Math.max(0, box.top) && element.bottom <= Math.min(innerHeight, box.bottom);
  }, `L${line}`);

/** Waits until the last line of the long log is there. */
const whole = () => page.waitForFunction((count) => document.querySelector('.block:last-child')?.textContent?.endsWith(`line ${count} says nothing new`), LONG_LINES);

test('lines have the colours that were written for a terminal, by day and by night, and ask for no more than the policy allows', async () => {
  const violations = await watchPolicy(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await open(BUILD_ID);
  await page.getByText('a <script> is text').waitFor();
  expect(await page.locator('#L1 .text').innerText()).toBe('npm run synth');
  const [day, plain] = [await colourOf('npm run synth'), await colourOf('a <script> is text')];
  expect(day).not.toBe(plain);
  await picture('log');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await colourOf('npm run synth')).not.toBe(day);
  expect(await colourOf('a <script> is text')).not.toBe(plain);
  await picture('log-dark');
  expect(violations).toEqual([]);
});

test('an address leads to its line in a log of 50,000, of which only what may be seen is drawn', async () => {
  await open(LONG_BUILD_ID, '/L45000');
  await inSight(45_000);
  await whole();
  await inSight(45_000);
  expect(await page.locator('[aria-current="location"] .text').innerText()).toBe('needle in line 45000');
  expect(await page.locator('.line').count()).toBeLessThan(5_000);
  await picture('log-line');
});

test.each([[1_500, 1280], [2_999, 1280], [3_000, 1280], [1_500, 390], [3_000, 390]])('line %d of many that wrap is led to, and stays in sight while what is around it is laid out, on a screen of %d', async (line, width) => {
  await page.setViewportSize({ width, height: 844 });
  await open(WRAPPED_BUILD_ID, `/L${line}`);
  await inSight(line);
  // What comes near is drawn and laid out in the next frames.
  await page.evaluate(async () => {
    for (let frames = 0; frames < 10; frames++) await new Promise(requestAnimationFrame);
  });
  await inSight(line);
  expect(await page.locator('[aria-current="location"]').getAttribute('id')).toBe(`L${line}`);
});

test('a line’s number is its address, and following it does not move the page', async () => {
  await open(GROWING_BUILD_ID, '/L150');
  await inSight(150);
  const scrolled = () => page.getByRole('group', { name: 'Log' }).evaluate((box) => box.scrollTop);
  const before = await scrolled();
  await page.getByRole('link', { name: '153', exact: true }).click();
  await page.locator('#L153.aimed').waitFor();
  expect(new URL(page.url()).hash).toBe(`${logAddress(GROWING_BUILD_ID)}/L153`);
  expect(await scrolled()).toBe(before);
  await page.getByLabel('Line', { exact: true }).fill('12');
  await page.getByLabel('Line', { exact: true }).press('Enter');
  await inSight(12);
  expect(new URL(page.url()).hash).toBe(`${logAddress(GROWING_BUILD_ID)}/L12`);
});

test('a line that the log has not is said to be missing', async () => {
  await open(BUILD_ID, '/L99');
  await page.getByText('The log has no line 99.').waitFor();
  expect(faults).toEqual([]);
});

test('a search counts what it finds and leads from one to the next, by keyboard as well', async () => {
  await open(LONG_BUILD_ID);
  await whole();
  await page.getByLabel('Search').fill('NEEDLE');
  await page.getByText('1 of 5').waitFor();
  await inSight(5_000);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('2 of 5').waitFor();
  await inSight(15_000);
  await page.locator('#L15000 mark.current').waitFor();
  await page.getByLabel('Search').press('Shift+Enter');
  await inSight(5_000);
  await page.getByRole('button', { name: 'Previous' }).click();
  await page.getByText('5 of 5').waitFor();
  await inSight(45_000);
  await picture('log-search');
  await page.getByLabel('Search').press('Enter');
  await page.getByText('1 of 5').waitFor();
  await page.getByLabel('Search').fill('nothing');
  await page.getByText(`1 of ${LONG_LINES - 5}`).waitFor();
  await page.getByLabel('Search').fill('nowhere');
  await page.getByText('Nothing found').waitFor();
  expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
  expect(faults).toEqual([]);
});

test('long lines are wrapped, or reach beyond the box where one can scroll to them', async () => {
  await open(BUILD_ID);
  const box = page.getByRole('group', { name: 'Log' });
  const reach = () => box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  await box.waitFor();
  expect(await reach()).toBe(0);
  await page.getByLabel('Wrap').uncheck();
  expect(await reach()).toBeGreaterThan(0);
});

test('the whole log can be taken away as a file', async () => {
  await open(LONG_BUILD_ID);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
  expect(download.suggestedFilename()).toBe('Website-Long-6f2d44b1-1111-4222-8333-944455556666.log');
  expect(readFileSync(await download.path(), 'utf8').trim().split('\n')).toHaveLength(LONG_LINES);
});

test('a log is followed while it grows, until one scrolls up, and again from its end', async () => {
  await open(GROWING_BUILD_ID);
  await inSight(300);
  write(300);
  await inSight(600);
  const follow = page.getByLabel('Follow');
  await page.getByRole('group', { name: 'Log' }).press('Home');
  await inSight(1);
  expect(await follow.isChecked()).toBe(false);
  write(1);
  await page.getByText('line 601').waitFor({ state: 'attached' });
  await inSight(1);
  await page.getByRole('group', { name: 'Log' }).press('End');
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLInputElement>('.check input')].every(({ checked }) => checked));
  write(50);
  await inSight(651);
  expect(faults).toEqual([]);
});

test('what an action without a build has written is read the same way', async () => {
  await page.goto(`${server.url.origin}/#/runs/${PIPELINE}/${WAITING_RUN}/Dev/Lint`);
  await page.getByRole('link', { name: 'Read the log' }).click();
  await page.getByText('oxlint finds nothing').waitFor();
  await page.getByRole('heading', { name: 'Lint Succeeded' }).waitFor();
  expect(faults).toEqual([]);
});
