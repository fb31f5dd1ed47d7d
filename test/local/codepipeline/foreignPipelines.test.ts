import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { PutApprovalResultCommand } from '@aws-sdk/client-codepipeline';
import { deployApplication, exampleFolder, filesOf } from './application';
import { startAws, type AwsOnLoopback } from './awsOnLoopback';
import { GitRepository } from './gitRepository';
import { PipelineView } from './pipelineFixtures';

let aws: AwsOnLoopback;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws?.stop());

test('a pipeline of two sources, a reviewed change set, steps that hand values on and a wave over accounts and regions runs to its end', async () => {
  const application = new GitRepository(aws.gitDir, 'waves/application');
  const settings = new GitRepository(aws.gitDir, 'waves/settings');
  settings.push({ 'greeting.txt': 'good morning' }, 'settings', 'trunk');
  const commit = application.push(filesOf(exampleFolder('waves')), 'the application');
  await deployApplication(aws, 'waves', '100000000001', 'eu-west-1');

  const view = new PipelineView(aws.pipelines('100000000001', 'eu-west-1'), 'waves');
  const token = await view.waiting('First', 'Service.Review');
  await view.client.send(new PutApprovalResultCommand({ pipelineName: 'waves', stageName: 'First', actionName: 'Service.Review', token, result: { status: 'Approved', summary: '' } }));
  const ids = await view.executions();
  const last = await view.ended(ids.at(-1) ?? '');
  const actions = await view.actions(ids.at(-1) ?? '');
  expect({ last, failed: actions.filter(({ status }) => status !== 'Succeeded').map(({ actionName, output }) => [actionName, output?.executionResult?.errorDetails]) }).toMatchObject({ last: { status: 'Succeeded' }, failed: [] });
  expect(last.artifactRevisions?.map(({ revisionId }) => revisionId)).toContain(commit);

  const addresses = await Promise.all(
    [['100000000002', 'eu-west-1', 'First'], ['100000000003', 'eu-west-1', 'Ireland'], ['100000000003', 'eu-central-1', 'Frankfurt']].map(async ([account = '', region = '', stage = '']) => {
      const { Parameter } = await new SSMClient(aws.settings(account, region)).send(new GetParameterCommand({ Name: `/waves/${stage}/address` }));
      return Parameter?.Value;
    }),
  );
  expect(addresses).toEqual([expect.stringContaining('100000000002-eu-west-1'), expect.stringContaining('100000000003-eu-west-1'), expect.stringContaining('100000000003-eu-central-1')]);
}, 600_000);

test('a pipeline that adds a stage to itself starts over with it, rolls a failing stage back where there is a target, and says so where there is none', async () => {
  const files = filesOf(exampleFolder('single-account'));
  const repository = new GitRepository(aws.gitDir, 'single');
  const view = new PipelineView(aws.pipelines('100000000009'), 'single');
  await deployApplication(aws, 'single-account', '100000000009', 'us-east-1');
  expect(await view.executions()).toEqual([]);

  repository.push(files);
  expect(await view.ended(await view.nth(0))).toMatchObject({ status: 'Succeeded', trigger: { triggerType: 'CloudWatchEvent' } });

  repository.push({ 'stages.txt': 'Dev Staging', 'checks/Staging.txt': 'broken' });
  expect(await view.ended(await view.nth(1))).toMatchObject({ status: 'Cancelled' });
  const restarted = await view.ended(await view.nth(2));
  expect(restarted).toMatchObject({ status: 'Failed', trigger: { triggerType: 'StartPipelineExecution' } });
  expect(restarted.statusSummary).toMatch(/Staging \/ CheckStaging.*exit status 1[^]*Stage Staging was not rolled back: no execution has succeeded in stage Staging before/);

  repository.push({ 'checks/Staging.txt': 'works' });
  const good = await view.nth(3);
  expect(await view.ended(good)).toMatchObject({ status: 'Succeeded' });

  repository.push({ 'checks/Staging.txt': 'broken' });
  expect(await view.ended(await view.nth(4))).toMatchObject({ status: 'Failed', statusSummary: expect.stringContaining(`Stage Staging is rolled back to execution ${good}`) });
  const rollback = await view.nth(5);
  expect(await view.ended(rollback)).toMatchObject({ status: 'Succeeded', executionType: 'ROLLBACK', rollbackMetadata: { rollbackTargetPipelineExecutionId: good } });
  expect((await view.actions(rollback)).map(({ actionName }) => actionName)).toEqual(['Site.Deploy', 'CheckStaging']);
  expect(await view.executions()).toHaveLength(6);
}, 900_000);
