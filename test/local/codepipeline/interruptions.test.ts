import { CreatePipelineCommand, PutApprovalResultCommand, RetryStageExecutionCommand } from '@aws-sdk/client-codepipeline';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startAws, type AwsOnLoopback } from './awsOnLoopback';
import { eventually } from '../../support/eventually';
import { GitRepository } from './gitRepository';
import { approval, build, createProject, gitSource, pipeline, PipelineView, tools } from './pipelineFixtures';

let aws: AwsOnLoopback;
let view: PipelineView;
let repository: GitRepository;
const gate = () => path.join(aws.folder, 'gate');
const started = () => path.join(aws.folder, 'started');

beforeAll(async () => {
  aws = await startAws();
  repository = new GitRepository(aws.gitDir, 'owner/website');
  view = new PipelineView(aws.pipelines(tools), 'website');
  await createProject(aws.builds(tools), 'quick', { phases: { build: { commands: ['echo quick'] } } });
  await createProject(aws.builds(tools), 'gated', { phases: { build: { commands: [`echo $$ >> ${started()}`, `while [ ! -e ${gate()} ]; do sleep 0.05; done`] } } });
  await view.client.send(
    new CreatePipelineCommand({
      pipeline: pipeline('website', [
        { name: 'Source', actions: [gitSource('owner/website')] },
        { name: 'Build', actions: [build('Quick', 'quick'), build('Gated', 'gated', { runOrder: 2 })] },
        { name: 'Approve', actions: [approval('Promote')] },
      ]),
    }),
  );
});
afterAll(() => aws?.stop());

const builds = () => (existsSync(started()) ? readFileSync(started(), 'utf8').trim().split('\n') : []);
const isAlive = (pid: string) => existsSync(`/proc/${pid}`);

test('a pipeline whose branch does not exist yet waits for the first push', async () => {
  expect(await view.executions()).toEqual([]);
  expect(aws.runnerLog()).toContain('website waits for the first push to owner/website (main).');
  const commit = repository.push({ 'a.txt': '1' }, 'first');
  await view.nth(0);
  await eventually(() => (builds().length === 1 ? true : undefined));
  expect((await view.execution(await view.nth(0))).artifactRevisions).toMatchObject([{ revisionId: commit }]);
});

test.each(['SIGKILL', 'SIGTERM'] as const)('an execution cut off by %s of the runner is shown as failed with the reason, its processes end, and a retry goes on', async (signal) => {
  const id = (await view.executions()).at(-1) ?? '';
  const running = builds();
  await aws.stopRunner(signal);
  await eventually(() => (running.some(isAlive) ? undefined : true));
  await aws.startRunner();
  expect(await view.execution(id)).toMatchObject({ status: 'Failed', statusSummary: 'Build / Gated: The runner stopped while this action ran. Retry the stage to go on.' });
  await view.client.send(new RetryStageExecutionCommand({ pipelineName: 'website', stageName: 'Build', pipelineExecutionId: id, retryMode: 'FAILED_ACTIONS' }));
  await eventually(() => (builds().length === running.length + 1 ? true : undefined));
  expect((await view.execution(id)).status).toBe('InProgress');
  expect((await view.actions(id)).filter(({ actionName }) => actionName === 'Quick')).toHaveLength(1);
});

test('an approval goes on waiting over a restart, and a push made meanwhile is noticed', async () => {
  writeFileSync(gate(), '');
  const token = await view.waiting('Approve', 'Promote');
  await aws.stopRunner('SIGKILL');
  const commit = repository.push({ 'a.txt': '2' }, 'second');
  await aws.startRunner();
  expect(await view.waiting('Approve', 'Promote')).toBe(token);
  const second = await view.nth(1);
  await view.client.send(new PutApprovalResultCommand({ pipelineName: 'website', stageName: 'Approve', actionName: 'Promote', token, result: { status: 'Approved', summary: '' } }));
  expect(await view.ended(await view.nth(0))).toMatchObject({ status: 'Succeeded' });
  const next = await eventually(async () => ((await view.waiting('Approve', 'Promote')) === token ? undefined : view.execution(second)));
  expect(next).toMatchObject({ status: 'InProgress', artifactRevisions: [{ revisionId: commit, revisionSummary: 'second' }] });
});
