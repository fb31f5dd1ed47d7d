import path from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { consoleApp } from '../../../console/server/app';
import { awsClients } from '../../../console/server/awsClients';
import { type FakeAws, fakeAws } from '../../console/fakeAws';
import { BUILD_ID, FAILED_RUN, fakePipeline, logAddress, PIPELINE, WAITING_RUN } from '../../console/fakePipeline';
import { ATTACKS, foreignSite, watchPolicy } from '../../support/attacks';
import { launchBrowser } from '../../support/browser';
import { builtPages } from '../../support/builtPages';
import { eventually } from '../../support/eventually';
import { type RunningServer, serve } from '../../support/http';
import { temporaryFolder } from '../../support/folder';

const pageDirectory = builtPages('console');
const screenshots = process.env.SCREENSHOTS ?? temporaryFolder('screenshots');
const environment = { ...process.env };
let browser: Browser;
let aws: FakeAws;
let server: RunningServer;
let page: Page;
let faults: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

beforeEach(async () => {
  aws = await fakeAws(fakePipeline());
  Object.assign(process.env, { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: '111111111111', AWS_SECRET_ACCESS_KEY: 'secret' });
  const app = consoleApp({ clients: awsClients({ region: 'us-east-1' }), pageDirectory });
  const answer = getRequestListener(app.fetch);
  server = await serve((request, response) => void answer(request, response));
  page = await browser.newPage();
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A refused call shows as an error in the browser's log; that is what some of these tests bring about.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
  });
});

afterEach(async () => {
  await page.close();
  await server.close();
  await aws.close();
  process.env = { ...environment };
});

const open = (hash = '') => page.goto(`${server.url.origin}/${hash}`);
const picture = (name: string) => page.screenshot({ path: path.join(screenshots, `console-${name}.png`), fullPage: true });

test('a person finds the run that waits, reads what it brings and approves it with a comment', async () => {
  await open();
  await page.getByText('Show delivery times').first().waitFor();
  await picture('pipelines');
  await page.getByRole('link', { name: 'Look at the run and decide' }).click();
  await page.getByText('Look at staging <b>first</b>.').waitFor();
  await page.getByText('Nothing enters this stage at present: Release freeze').waitFor();
  const measured = page.getByRole('region', { name: 'Approve' }).getByRole('table', { name: 'Measured in Dev' });
  expect(await measured.getByRole('row').allInnerTexts()).toEqual(['Hop\tArrived\tMedian\tLongest\tAllowed', 'click → S3\t20 of 20\t1.25 s\t3.40 s\t900 s', 'order → search\t1 of 1\t0.42 s\t0.42 s\t120 s']);
  await picture('run-waiting');
  await page.getByLabel('Comment').fill('Staging looks <i>good</i> 🎉');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('region', { name: 'Approve' }).getByText('Succeeded').waitFor();
  await page.getByRole('button', { name: 'Approve', exact: true }).waitFor({ state: 'detached' });
  expect(aws.calls.find(({ operation }) => operation === 'PutApprovalResult')?.input).toMatchObject({
    token: 'token-1',
    result: { status: 'Approved', summary: 'Staging looks <i>good</i> 🎉' },
  });
  expect(faults).toEqual([]);
});

test('a rejection is told to the pipeline as one', async () => {
  await open(`#/runs/${PIPELINE}/${WAITING_RUN}`);
  await page.getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('region', { name: 'Approve' }).getByText('Failed').waitFor();
  expect(aws.calls.find(({ operation }) => operation === 'PutApprovalResult')?.input.result).toMatchObject({ status: 'Rejected' });
});

test('a failed run says where and why, and its failed actions are tried again', async () => {
  await open(`#/runs/${PIPELINE}/${FAILED_RUN}`);
  const dev = page.getByRole('region', { name: 'Dev' });
  await dev.getByText('Orders: Table already exists').waitFor();
  await picture('run-failed');
  await dev.getByRole('button', { name: 'Retry the failed actions' }).click();
  await dev.getByText('In progress').first().waitFor();
  await dev.getByText('attempt 2').waitFor();
  expect(faults).toEqual([]);
});

test('the log of a build action shows its lines as text', async () => {
  await open(`#/runs/${PIPELINE}/${WAITING_RUN}`);
  await page.getByRole('region', { name: 'Build' }).getByRole('link', { name: 'Log' }).click();
  await page.getByText('npm run synth').waitFor();
  await page.getByText('a <script> is text').waitFor();
  expect(new URL(page.url()).hash).toBe(logAddress(BUILD_ID));
  await picture('log');
  expect(faults).toEqual([]);
});

test('a run is drawn as its stages, and in each its steps with what runs side by side', async () => {
  await open(`#/runs/${PIPELINE}/${WAITING_RUN}`);
  const stages = page.getByRole('list', { name: 'Stages, one after the other' });
  await stages.waitFor();
  expect(await stages.getByRole('link').allInnerTexts()).toEqual(['Source', 'Build', 'Dev', 'Approve', 'Prod']);
  const step = (number: number) => page.getByRole('region', { name: 'Dev' }).getByRole('list', { name: `Step ${number} of 3` }).getByRole('listitem');
  expect(await step(1).getByRole('link').allInnerTexts()).toEqual(['Auth.Deploy', 'Shop.Prepare']);
  expect(await step(2).getByRole('link').allInnerTexts()).toEqual(['Shop.Deploy']);
  expect(await step(1).filter({ hasText: 'on the critical path' }).getByRole('link').allInnerTexts()).toEqual(['Shop.Prepare']);
  await stages.getByRole('link', { name: 'Prod' }).press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Prod');
  expect(new URL(page.url()).hash).toBe(`#/runs/${PIPELINE}/${WAITING_RUN}/Prod`);
  expect(faults).toEqual([]);
});

test('a failure comes first, with its cause in words', async () => {
  await open(`#/runs/${PIPELINE}/${FAILED_RUN}`);
  const failed = page.getByRole('region', { name: 'What failed' });
  await failed.getByText('Orders could not be created: Table already exists').waitFor();
  await failed.getByText('one other resource was given up because of it').waitFor();
  await failed.getByRole('link', { name: 'Dev · Shop.Deploy' }).click();
  await page.getByText('was made by another run').waitFor();
  await page.getByText('Orders could not be created: Table already exists').waitFor();
  await picture('action-failed');
  expect(faults).toEqual([]);
});

test('a deploy action shows what it changes and what CloudFormation did', async () => {
  await open(`#/runs/${PIPELINE}/${WAITING_RUN}`);
  await page.getByRole('region', { name: 'Dev' }).getByRole('link', { name: 'Shop.Deploy' }).click();
  await page.getByText('CREATE_COMPLETE').waitFor();
  expect(await page.getByRole('region', { name: 'Stack events' }).getByRole('row').count()).toBe(3);
  const changes = page.getByRole('table').filter({ hasText: 'KeySchema' });
  expect(await changes.getByRole('row').allInnerTexts()).toEqual([
    'Change\tResource\tType\tProperties',
    'Removed\tLogs\tAWS::S3::Bucket\t',
    'Replaced\tOrders\tAWS::DynamoDB::Table\tKeySchema',
    'Added\tQueue\tAWS::SQS::Queue\t',
  ]);
  await picture('action-deploy');
});

test('a build action shows what went into it and what came out, and leads to its log', async () => {
  await open(`#/runs/${PIPELINE}/${WAITING_RUN}/Dev/Integration`);
  await page.getByRole('region', { name: 'Variables in' }).getByText('https://dev.example.com').waitFor();
  await page.getByRole('region', { name: 'Variables out' }).getByText('<i>3.4</i> s').waitFor();
  await page.getByRole('region', { name: 'Artefacts in' }).getByText('s3://artefacts/Website/Synth_Outp/9oK2').waitFor();
  await page.getByRole('region', { name: 'Attempts' }).getByText('arn:aws:sts::111111111111:assumed-role/pipeline/1').waitFor();
  await picture('action-build');
  await page.getByRole('link', { name: 'Read the log' }).click();
  await page.getByRole('heading', { name: 'Website-Gate' }).waitFor();
  expect(faults).toEqual([]);
});

test('a pipeline that is away is said to be, and comes back by itself', async () => {
  await open();
  await page.getByText('Show delivery times').first().waitFor();
  aws.available = false;
  await page.getByText('Trying again').waitFor();
  expect(await page.getByText('Show delivery times').count()).toBeGreaterThan(0);
  await picture('away');
  aws.available = true;
  await page.getByText('Trying again').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('an address that leads nowhere says so', async () => {
  await open(`#/runs/${PIPELINE}/no-such-run`);
  await page.getByRole('alert').getByText('There is no such run.').waitFor();
  await open('#/nowhere');
  await page.getByText('There is nothing at this address.').waitFor();
  expect(faults).toEqual([]);
});

test('none of its pages asks for more than its policy allows', async () => {
  const violations = await watchPolicy(page);
  await open();
  await page.getByText('Show delivery times').first().waitFor();
  for (const [hash, text] of [[`#/runs/${PIPELINE}/${WAITING_RUN}`, 'Nothing enters this stage at present'], [`#/runs/${PIPELINE}/${WAITING_RUN}/Dev/Shop.Deploy`, 'CREATE_COMPLETE'], [logAddress(BUILD_ID), 'npm run synth'], ['#/nowhere', 'There is nothing at this address.']] as const) {
    await open(hash);
    await page.getByText(text).first().waitFor();
  }
  expect(violations).toEqual([]);
});

test('nothing that is written into its page runs, loads or tells anything elsewhere', async () => {
  const foreign = await foreignSite();
  try {
    for (const { what, directive, run } of ATTACKS) {
      const attacked = await browser.newPage();
      const violations = await watchPolicy(attacked);
      await attacked.goto(server.url.origin);
      await attacked.getByText('Show delivery times').first().waitFor();
      await attacked.evaluate(run, foreign.server.url.origin);
      expect(await eventually(() => violations.some((violation) => violation.directive === directive), 60).then(() => what, String)).toBe(what);
      expect(await attacked.evaluate(() => window.taken)).toBeUndefined();
      await attacked.close();
    }
    expect(foreign.asked).toEqual([]);
  } finally {
    await foreign.server.close();
  }
});
