import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { awsSettings, environmentWithoutAws } from '../../local/host/environment';
import { website } from '../../stages/environments';
import { startAws, type AwsOnLoopback } from '../local/codepipeline/awsOnLoopback';

jest.setTimeout(1_200_000);

const run = promisify(execFile);
const ROOT = path.join(__dirname, '..', '..');
const tools = website.pipeline.account;
const { account: dev = '', region = '' } = website.environments.find(({ name }) => name === 'Dev') ?? {};
let aws: AwsOnLoopback;

beforeAll(async () => {
  aws = await startAws({ sandboxes: true });
});
afterAll(() => aws?.stop());

/** A command of the README with the credentials of an account. */
async function typed(account: string, command: string, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await run(command, args, { cwd: ROOT, env: { ...environmentWithoutAws(), ...awsSettings(aws.url, account, region) }, maxBuffer: 64 * 1024 * 1024 });
  return stdout + stderr;
}

const stacksOf = async (account: string): Promise<string[]> => {
  const { StackSummaries: stacks = [] } = await new CloudFormationClient(aws.settings(account)).send(new ListStacksCommand({ StackStatusFilter: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] }));
  // But for the roles that other tests' pipelines have.
  return stacks.map(({ StackName }) => StackName ?? '').filter((name) => name !== 'roles').toSorted();
};

test('the accounts are bootstrapped and the pipeline is deployed with the commands for AWS', async () => {
  await typed(tools, 'npx', 'cdk', 'bootstrap', `aws://${tools}/${region}`);
  await typed(dev, 'npx', 'cdk', 'bootstrap', `aws://${dev}/${region}`, '--trust', tools, '--cloudformation-execution-policies', 'arn:aws:iam::aws:policy/AdministratorAccess');
  await typed(tools, 'npx', 'cdk', 'deploy', 'Website-Pipeline', '--require-approval', 'never');
  expect(await stacksOf(tools)).toEqual(['CDKToolkit', 'Website-Pipeline']);
});

test('an environment is undone with cdk destroy, and what holds data stays', async () => {
  await typed(dev, 'npx', 'cdk', 'deploy', 'Website-Pipeline/Dev/*', '--require-approval', 'never');
  expect(await stacksOf(dev)).toContain('Dev-Orders');
  await typed(dev, 'npx', 'cdk', 'destroy', 'Website-Pipeline/Dev/*', '--force');
  expect(await stacksOf(dev)).toEqual(['CDKToolkit']);
  const { TableNames: tables = [] } = await new DynamoDBClient(aws.settings(dev)).send(new ListTablesCommand({}));
  expect(tables.filter((name) => name.startsWith('Dev-')).length).toBeGreaterThanOrEqual(4);
});

test('the bench prints its ratios', async () => {
  expect(await typed(dev, 'npm', 'run', '--silent', 'bench', '--', 'functions')).toMatch(/submit-order.*×|submit-order.*\d/);
});
