import { getRequestListener } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { consoleApp } from '../../../console/server/app';
import { awsClients } from '../../../console/server/awsClients';
import { type FakeAws, fakeAws } from '../../console/fakeAws';
import { BUILD_ID, FAILED_RUN, fakePipeline, logAddress, PIPELINE, WAITING_RUN } from '../../console/fakePipeline';
import { barriers } from '../../support/axe';
import { launchBrowser } from '../../support/browser';
import { builtPages } from '../../support/builtPages';
import { type RunningServer, serve } from '../../support/http';

const pageDirectory = builtPages('console');
const environment = { ...process.env };
let browser: Browser;
let aws: FakeAws;
let server: RunningServer;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  aws = await fakeAws(fakePipeline());
  Object.assign(process.env, { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: '111111111111', AWS_SECRET_ACCESS_KEY: 'secret' });
  const answer = getRequestListener(consoleApp({ clients: awsClients({ region: 'us-east-1' }), pageDirectory }).fetch);
  server = await serve((request, response) => void answer(request, response));
  page = await browser.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A refused call shows as an error in the browser's log; an address that leads nowhere brings one about.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
  });
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await aws.close();
  process.env = { ...environment };
});

/** What is in the way of anybody on this page, once this text is there. */
async function barriersAt(name: string, hash: string, text: string): Promise<string[]> {
  await page.goto(`${server.url.origin}/${hash}`);
  await page.getByText(text).first().waitFor();
  return barriers(page, `console ${name}`);
}

test.each([
  ['the pipelines', '', 'Show delivery times'],
  ['a run that waits for approval', `#/runs/${PIPELINE}/${WAITING_RUN}`, 'Nothing enters this stage at present'],
  ['a run that has failed', `#/runs/${PIPELINE}/${FAILED_RUN}`, 'Orders: Table already exists'],
  ['an action that deploys', `#/runs/${PIPELINE}/${WAITING_RUN}/Dev/Shop.Deploy`, 'CREATE_COMPLETE'],
  ['an action that has failed', `#/runs/${PIPELINE}/${FAILED_RUN}/Dev/Shop.Deploy`, 'could not be created'],
  ['an action that builds', `#/runs/${PIPELINE}/${WAITING_RUN}/Dev/Integration`, 'Synth_Output'],
  ['an action that has not run', `#/runs/${PIPELINE}/${WAITING_RUN}/Prod/Shop.Deploy`, 'It has not run yet.'],
  ['a log', logAddress(BUILD_ID), 'npm run synth'],
  ['a line of a log', `${logAddress(BUILD_ID)}/L2`, 'npm run synth'],
  ['a run that there is not', `#/runs/${PIPELINE}/no-such-run`, 'There is no such run.'],
  ['an address that leads nowhere', '#/nowhere', 'There is nothing at this address.'],
])('%s can be seen, read and used by everybody', async (name, hash, text) => {
  expect(await barriersAt(name, hash, text)).toEqual([]);
  expect(faults).toEqual([]);
});

test('what a search has found in a log can be seen, read and used by everybody', async () => {
  await page.goto(`${server.url.origin}/${logAddress(BUILD_ID)}`);
  await page.getByLabel('Search').fill('in');
  await page.getByText('1 of 4').waitFor();
  await page.locator('mark').nth(3).waitFor();
  expect(await barriers(page, 'console search in a log')).toEqual([]);
  expect(faults).toEqual([]);
});

test('a pipeline that is away can be read about by everybody', async () => {
  await page.goto(server.url.origin);
  await page.getByText('Show delivery times').first().waitFor();
  aws.available = false;
  await page.getByText('Trying again').waitFor();
  expect(await barriers(page, 'console away')).toEqual([]);
  expect(faults).toEqual([]);
});
