import type { Browser } from 'playwright-core';
import { fakeRelease, handler, policy, RELEASED_RUN, type ReleaseProps, securityGroup, table } from '../../console/fakeRelease';
import { FAILED_RUN, PIPELINE, WAITING_RUN } from '../../console/fakePipeline';
import { Fault, type Operations } from '../../console/fakeAws';
import { barriers } from '../../support/axe';
import { launchBrowser } from '../../support/browser';
import { builtPages } from '../../support/builtPages';
import { eventually } from '../../support/eventually';
import { servedConsole, type ServedConsole } from './servedConsole';

const codepipeline = 'CodePipeline_20150709';
const pageDirectory = builtPages('console');
let browser: Browser;
let served: ServedConsole;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(() => served.close());
afterAll(() => browser.close());

async function waiting(operations: Operations) {
  served = await servedConsole(browser, operations, { pageDirectory });
  await served.open(`#/runs/${PIPELINE}/${WAITING_RUN}`);
  return served.page.getByRole('region', { name: 'What this brings to Prod' });
}

const whole: ReleaseProps = {
  deployed: { 'Prod-Orders': { Orders: table(), Handler: handler(256), Policy: policy('s3:GetObject'), Group: securityGroup() }, 'Prod-Auth': { Pool: handler(1) }, 'Prod-Old': {} },
  next: { 'Prod-Orders': { Orders: table({}, 'orderId'), Handler: handler(512), Policy: policy('s3:*'), Group: securityGroup('0.0.0.0/0') }, 'Prod-Auth': { Pool: handler(1) }, 'Prod-Search': { Index: handler(128) } },
  newer: true,
};

test('whoever is asked to approve reads what would change, what holds data first, and what widens', async () => {
  const facts = await waiting(fakeRelease(whole));
  await facts.getByText('2 commits since run 1a1a1a1a').waitFor();
  await facts.getByText('Count <b>visitors</b>').waitFor();
  expect(await facts.getByText('they hold data').locator('..').getByRole('listitem').allInnerTexts()).toEqual(['Orders (AWS::DynamoDB::Table) in Prod-Orders is replaced.']);
  expect(await facts.getByRole('table').first().getByRole('row').nth(1).innerText()).toMatch(/^Orders holds data\s+AWS::DynamoDB::Table\s+replaced: /);
  await facts.getByText('Prod-Old is no longer deployed').waitFor();
  await facts.getByText('One stack stays as it is.').waitFor();
  const widening = facts.getByRole('group', { name: 'Permissions and network openings that widen' });
  await widening.getByText('s3:*').waitFor();
  await widening.getByText('TCP 443').waitFor();
  await facts.getByText('A newer run is behind this one.').waitFor();
  const measured = served.page.getByRole('table', { name: 'Measured in Dev' });
  expect(await measured.getByRole('row').allInnerTexts()).toEqual(['Hop\tArrived\tMedian\tLongest\tAllowed\tLast release', 'click → S3\t20 of 20\t1.25 s\t3.40 s\t900 s\t–', 'order → search\t1 of 1\t0.42 s\t0.42 s\t120 s\t0.31 s']);
  await served.picture('approval');
  expect(await barriers(served.page, 'console approval')).toEqual([]);
  await served.page.setViewportSize({ width: 390, height: 844 });
  await served.picture('approval-phone-dark');
  expect(served.faults).toEqual([]);
});

test('where nothing would change, that is said', async () => {
  const stacks = { 'Prod-Orders': { Orders: table() } };
  const facts = await waiting(fakeRelease({ deployed: stacks, next: stacks, released: 'the same commit', kept: true }));
  await facts.getByText('The commit that run 1a1a1a1a').waitFor();
  await facts.getByText('Nothing would change in the stacks of Prod.').waitFor();
  expect(served.faults).toEqual([]);
});

test('what may not be read is named, and the approval can be given without it', async () => {
  const facts = await waiting({ ...fakeRelease(whole), GetTemplate: () => { throw new Fault('AccessDenied', 'You may not read templates.', 403); } });
  await facts.getByText('You may not read templates.').waitFor();
  await served.picture('approval-unread');
  expect(await barriers(served.page, 'console approval unread')).toEqual([]);
  await served.page.getByRole('button', { name: 'Approve' }).click();
  await served.page.getByText('This approval is no longer open. It was approved').waitFor();
  expect(served.faults).toEqual([]);
});

test('an approval that somebody else has given meanwhile says so, and takes no second decision', async () => {
  const operations = fakeRelease(whole);
  const facts = await waiting(operations);
  await facts.waitFor();
  operations[`${codepipeline}.PutApprovalResult`]?.({ token: 'token-1', result: { status: 'Approved' } });
  await served.page.getByText('This approval is no longer open. It was approved').waitFor();
  expect(await served.page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  expect(served.faults).toEqual([]);
});

test('an approval that is asked for anew says that it is another one', async () => {
  const operations = fakeRelease(whole);
  const state = operations[`${codepipeline}.GetPipelineState`];
  let token = 'token-1';
  operations[`${codepipeline}.GetPipelineState`] = (input) => JSON.parse(JSON.stringify(state?.(input)).replace('token-1', token));
  await (await waiting(operations)).waitFor();
  token = 'token-2';
  await served.page.getByText('This is a new request.').waitFor();
  await served.page.getByRole('button', { name: 'Approve' }).click();
  await served.page.getByRole('alert').getByText('superseded by a newer one').waitFor();
  expect(served.faults).toEqual([]);
});

test('a run is stopped with a reason, and who did what is there to read', async () => {
  await waiting(fakeRelease(whole));
  const { page, aws } = served;
  await page.getByText('Stop …').click();
  await page.getByLabel('Reason').fill('Wrong "branch" 🌿');
  await page.getByLabel(/Abandon/).check();
  await page.getByRole('button', { name: 'Abandon and stop this run' }).click();
  const stop = await eventually(() => aws.calls.find(({ operation }) => operation === 'StopPipelineExecution'), 60);
  expect(stop.input).toMatchObject({ reason: 'Wrong "branch" 🌿', abandon: true });
  await page.getByRole('region', { name: 'Who did what' }).getByText('Started').waitFor();
});

test('a stage is rolled back to an earlier run', async () => {
  const operations = fakeRelease(whole);
  await waiting({
    ...operations,
    [`${codepipeline}.GetPipelineExecution`]: ({ pipelineExecutionId }) => ({ pipelineExecution: { pipelineExecutionId, pipelineVersion: 3, status: 'InProgress' } }),
    [`${codepipeline}.RollbackStage`]: () => ({ pipelineExecutionId: FAILED_RUN }),
  });
  const { page, aws, faults } = served;
  const dev = page.getByRole('region', { name: 'Dev', exact: true });
  await dev.getByText('Roll back …').click();
  await dev.getByRole('button', { name: 'Roll Dev back to run 1a1a1a1a' }).waitFor();
  expect(await barriers(page, 'console roll-back')).toEqual([]);
  await served.picture('roll-back');
  await dev.getByRole('button', { name: 'Roll Dev back to run 1a1a1a1a' }).click();
  await page.waitForURL(`**/#/runs/${PIPELINE}/${FAILED_RUN}`);
  expect(aws.calls.find(({ operation }) => operation === 'RollbackStage')?.input).toMatchObject({ stageName: 'Dev', targetPipelineExecutionId: RELEASED_RUN });
  expect(faults).toEqual([]);
});

test('a stage that cannot be rolled back says why', async () => {
  await waiting(fakeRelease(whole));
  const prod = served.page.getByRole('region', { name: 'Prod', exact: true });
  await prod.getByText('Roll back …').click();
  await prod.getByText('Prod cannot be rolled back. No other run has succeeded in Prod.').waitFor();
  expect(served.faults).toEqual([]);
});
