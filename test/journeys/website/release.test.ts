import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { RetryStageExecutionCommand } from '@aws-sdk/client-codepipeline';
import type { Browser } from 'playwright-core';
import { installAwsCli } from '../../../local/awscli/install';
import { awsSettings, environmentWithoutAws } from '../../../local/host/environment';
import { PARTS } from '../../../local/host/folders';
import { identify } from '../../../local/host/processes';
import { website } from '../../../stages/environments';
import { eventually } from '../../support/eventually';
import { launchBrowser } from '../../support/browser';
import { temporaryFolder } from '../../support/folder';
import { badInput } from './badInput';
import { devShop, type DevShop } from './customers';
import { failedExecutions } from './failedExecutions';
import { limitedStock } from './limitedStock';
import { operators } from './operators';
import { shopping } from './shopping';
import { RunningWebsite } from './runningWebsite';
import { undoing } from './undoing';

jest.setTimeout(1_200_000);

const run = promisify(execFile);
const folder = temporaryFolder('website');
const screenshots = process.env.SCREENSHOTS ?? folder;
let running: RunningWebsite;
let browser: Browser;
let dev: DevShop;
let firstRun: string;

beforeAll(async () => {
  browser = await launchBrowser();
  running = await RunningWebsite.clone(folder);
  running.start();
});
afterAll(async () => {
  await browser?.close();
  await running?.end();
});

const actionsOf = async (id: string): Promise<string[]> => (await running.pipeline.actions(id)).map(({ stageName, actionName, status }) => `${stageName} ${actionName} ${status}`);

describe('npm start', () => {
  test('takes the current commit through dev and staging, synthetic orders included, and waits before prod', async () => {
    await running.says('ApproveProd / Approve waits for a person');
    firstRun = (await running.pipeline.executions()).at(-1) ?? '';
    const actions = await actionsOf(firstRun);
    expect(actions).toEqual(expect.arrayContaining(['Build Synth Succeeded', 'UpdatePipeline SelfMutate Succeeded', 'Dev Integration Succeeded', 'Staging Integration Succeeded', 'ApproveProd Approve InProgress']));
    expect(actions.filter((action) => action.startsWith('Prod'))).toEqual([]);
    dev = await devShop(running);
  });

  test('goes on to prod when a person approves with the AWS CLI', async () => {
    const token = await running.pipeline.waiting('ApproveProd', 'Approve');
    const cli = await installAwsCli(PARTS);
    const args = ['codepipeline', 'put-approval-result', '--pipeline-name', 'website', '--stage-name', 'ApproveProd', '--action-name', 'Approve', '--token', token, '--result', 'status=Approved,summary=Good'];
    const { account, region } = website.pipeline;
    await run(cli.command, [...cli.args, ...args], { env: { ...environmentWithoutAws(), ...awsSettings(running.endpoint, account, region) } });
    await running.says('git push local');
    expect(await running.pipeline.execution(firstRun)).toMatchObject({ status: 'Succeeded' });
    expect(await actionsOf(firstRun)).toContain('Prod Smoke Succeeded');
    for (const { name } of website.environments) expect(running.said).toContain(await running.output(name, 'Edge', 'SiteUrl'));
  });
});

describe('a shopper', () => {
  shopping(() => ({ dev, browser, screenshots }));
});

describe('an order', () => {
  undoing(() => ({ dev, running }));
});

describe('an operator', () => {
  operators(() => ({ dev, running, browser }));
  failedExecutions(() => ({ dev, running, browser }));
});

describe('bad input', () => {
  badInput(() => ({ dev, running }));
});

describe('limited stock', () => {
  limitedStock(() => ({ dev, running }));
});

describe('git push local', () => {
  test('a change travels the same way, and a person lets it into prod on the console', async () => {
    const page = path.join(running.clone, 'storefront', 'index.html');
    writeFileSync(page, readFileSync(page, 'utf8').replace(/<title>[^<]*<\/title>/, '<title>The changed shop</title>'));
    running.commit('Change the title');
    running.push();
    const id = await running.pipeline.nth(1);
    await running.pipeline.waiting('ApproveProd', 'Approve');
    const console = await browser.newPage();
    await console.goto(`${running.consoleUrl}/#/runs/website/${id}`);
    await console.getByText('Change the title').first().waitFor();
    await console.getByLabel('Comment').fill('Looks good');
    await console.screenshot({ path: path.join(screenshots, 'console-approval.png'), fullPage: true });
    await console.getByRole('button', { name: 'Approve' }).click();
    expect(await running.pipeline.ended(id, 900)).toMatchObject({ status: 'Succeeded' });
    await console.screenshot({ path: path.join(screenshots, 'console-run.png'), fullPage: true });
    const prod = await browser.newPage();
    await prod.goto(await running.output('Prod', 'Edge', 'SiteUrl'));
    expect(await prod.title()).toBe('The changed shop');
    await prod.screenshot({ path: path.join(screenshots, 'prod.png'), fullPage: true });
  });

  test('a failing integration step keeps staging as it is and rolls dev back to its last good run', async () => {
    const before = await (await fetch(dev.url)).text();
    const smoke = path.join(running.clone, 'storefront', 'index.html');
    // Without its script the page is no shop: the gate looks for it.
    writeFileSync(smoke, readFileSync(smoke, 'utf8').replace(/<script type="module"[^>]*><\/script>/, ''));
    running.commit('Break the page');
    running.push();
    const id = await running.pipeline.nth(2);
    const failed = await running.pipeline.ended(id, 900);
    expect(failed).toMatchObject({ status: 'Failed' });
    expect(failed.statusSummary).toContain('Dev / Integration');
    expect((await actionsOf(id)).filter((action) => action.startsWith('Staging'))).toEqual([]);
    const rollback = await running.pipeline.nth(3);
    expect(await running.pipeline.ended(rollback, 900)).toMatchObject({ status: 'Succeeded', executionType: 'ROLLBACK' });
    expect(await (await fetch(dev.url)).text()).toBe(before);
  });
});

describe('a fault of the machine', () => {
  test('a runner that is killed half-way comes back, shows where it was, and a retry goes on to the approval', async () => {
    const page = path.join(running.clone, 'storefront', 'index.html');
    writeFileSync(page, readFileSync(page, 'utf8').replace('</head>', '<script type="module" src="/main.tsx"></script></head>'));
    running.commit('Mend the page');
    running.push();
    const id = await running.pipeline.nth(4);
    await eventually(async () => (await actionsOf(id)).includes('Build Synth InProgress') || undefined);
    process.kill(running.processOf('codepipeline'), 'SIGKILL');
    const interrupted = await running.pipeline.ended(id);
    expect(interrupted).toMatchObject({ status: 'Failed' });
    expect(interrupted.statusSummary).toContain('Build / Synth');
    await running.pipeline.client.send(new RetryStageExecutionCommand({ pipelineName: 'website', stageName: 'Build', pipelineExecutionId: id, retryMode: 'FAILED_ACTIONS' }));
    await eventually(async () => (await actionsOf(id)).includes('ApproveProd Approve InProgress') || undefined, 300);
  });

  test('Ctrl-C stops every process, and the next start goes on with the orders and the run that waited', async () => {
    const { products: [product] } = await dev.shop.call('listProducts');
    const customer = await dev.customer();
    const { orderId } = await dev.order(customer, product?.productId ?? '');
    const processes = running.processes();
    expect(processes.length).toBeGreaterThanOrEqual(4);
    expect(await running.interrupt()).toBe(130);
    expect(processes.filter((pid) => identify(pid) !== undefined)).toEqual([]);

    running.start('--approve', '--exit');
    await running.says('Starting the console');
    const own = await dev.shop.call('getOrder', { token: customer.accessToken, pathParameters: { orderId } });
    expect(own.orderId).toBe(orderId);
    await running.says('Stopping the local parts');
  });
});
