import { CreatePipelineCommand, UpdatePipelineCommand } from '@aws-sdk/client-codepipeline';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { installAwsCli, type AwsCli } from '../../../local/awscli/install';
import { awsSettings, environmentWithoutAws } from '../../../local/host/environment';
import { startAws, region, type AwsOnLoopback } from './awsOnLoopback';
import { eventually } from '../../support/eventually';
import { GitRepository } from './gitRepository';
import { approval, build, createProject, gitSource, pipeline, PipelineView, tools } from './pipelineFixtures';

const run = promisify(execFile);
let aws: AwsOnLoopback;
let cli: AwsCli;
let repository: GitRepository;
let view: PipelineView;

beforeAll(async () => {
  cli = await installAwsCli(path.join(__dirname, '..', '..', '..', '.local', 'parts'));
  aws = await startAws();
  repository = new GitRepository(aws.gitDir, 'owner/website');
  view = new PipelineView(aws.pipelines(tools), 'website');
  await createProject(aws.builds(tools), 'check', { phases: { build: { commands: ['cat result.txt', 'grep -q good result.txt'] } } });
});
afterAll(() => aws?.stop());

/** What the CLI answers, read with its own model of the service. */
async function command(...args: string[]): Promise<unknown> {
  const env = { ...environmentWithoutAws(), ...awsSettings(aws.url, tools, region) };
  const { stdout } = await run(cli.command, [...cli.args, ...args, '--output', 'json'], { env });
  return stdout.trim() === '' ? {} : JSON.parse(stdout);
}

/** A value deep in an answer. */
function at(answer: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === String(key))?.[1] : undefined), answer);
}

const textAt = (...args: Parameters<typeof at>) => String(at(...args));

/** One value of each item of a list in an answer. */
function each(answer: unknown, list: string, ...path: readonly (string | number)[]): unknown[] {
  const items = at(answer, list);
  return Array.isArray(items) ? items.map((item) => at(item, ...path)) : [];
}

/** What the CLI says when it is refused. */
async function refusal(...args: string[]): Promise<string> {
  return command(...args).then(
    () => 'it was not refused',
    (error: unknown) => (error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)),
  );
}

const stages = [
  { name: 'Source', actions: [gitSource('owner/website')] },
  { name: 'Check', actions: [build('Check', 'check')] },
  { name: 'Approve', actions: [approval('Promote')] },
];
const named = ['--pipeline-name', 'website'];

test('a pipeline is seen, approved, failed, retried, rolled back and stopped with the AWS CLI', async () => {
  repository.push({ 'result.txt': 'good' }, 'first');
  await view.client.send(new CreatePipelineCommand({ pipeline: pipeline('website', stages), tags: [{ key: 'team', value: 'shop' }] }));
  const first = await view.nth(0);

  expect(await command('codepipeline', 'list-pipelines')).toMatchObject({ pipelines: [{ name: 'website', version: 1, pipelineType: 'V2', executionMode: 'QUEUED', created: expect.anything() }] });
  const got = await command('codepipeline', 'get-pipeline', '--name', 'website');
  expect(got).toMatchObject({ pipeline: { name: 'website', version: 1, stages: [{ name: 'Source' }, { name: 'Check' }, { name: 'Approve' }] }, metadata: { pipelineArn: `arn:aws:codepipeline:${region}:${tools}:website` } });
  expect(await command('codepipeline', 'list-tags-for-resource', '--resource-arn', textAt(got, 'metadata', 'pipelineArn'))).toEqual({ tags: [{ key: 'team', value: 'shop' }] });

  const token = await view.waiting('Approve', 'Promote');
  const state = await command('codepipeline', 'get-pipeline-state', '--name', 'website');
  expect(each(state, 'stageStates', 'latestExecution', 'status')).toEqual(['Succeeded', 'Succeeded', 'InProgress']);
  expect(at(state, 'stageStates', 2, 'actionStates', 0)).toMatchObject({ actionName: 'Promote', latestExecution: { status: 'InProgress', token } });

  const approve = (given: string) => ['codepipeline', 'put-approval-result', ...named, '--stage-name', 'Approve', '--action-name', 'Promote', '--token', given, '--result', 'summary=fine,status=Approved'];
  expect(await refusal(...approve(first))).toContain('(InvalidApprovalTokenException)');
  expect(await command(...approve(token))).toMatchObject({ approvedAt: expect.anything() });
  expect(await refusal(...approve(token))).toContain('(ApprovalAlreadyCompletedException)');
  expect(await view.ended(first)).toMatchObject({ status: 'Succeeded' });

  repository.push({ 'result.txt': 'bad' }, 'second');
  const second = await view.nth(1);
  await view.ended(second);
  expect(at(await command('codepipeline', 'list-pipeline-executions', ...named), 'pipelineExecutionSummaries')).toMatchObject([
    { pipelineExecutionId: second, status: 'Failed', sourceRevisions: [{ revisionSummary: 'second' }], trigger: { triggerType: 'WebhookV2' } },
    { pipelineExecutionId: first, status: 'Succeeded', trigger: { triggerType: 'CreatePipeline' } },
  ]);
  const actionExecutions = await command('codepipeline', 'list-action-executions', ...named, '--filter', `pipelineExecutionId=${second}`);
  const failed = at(actionExecutions, 'actionExecutionDetails', 0, 'output', 'executionResult');
  expect(at(actionExecutions, 'actionExecutionDetails', 0)).toMatchObject({ actionName: 'Check', status: 'Failed', input: { resolvedConfiguration: { ProjectName: 'check' }, inputArtifacts: [{ name: 'Source' }] } });
  expect(at(failed, 'errorDetails')).toEqual({ code: 'JobFailed', message: expect.stringContaining('Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: Error while executing command: grep -q good result.txt. Reason: exit status 1') });
  const builds = await command('codebuild', 'batch-get-builds', '--ids', textAt(failed, 'externalExecutionId'));
  expect(at(builds, 'builds')).toMatchObject([{ buildStatus: 'FAILED', projectName: 'check', currentPhase: 'COMPLETED', logs: { groupName: '/aws/codebuild/check' } }]);

  const stream = textAt(builds, 'builds', 0, 'logs', 'streamName');
  const events = await command('logs', 'get-log-events', '--log-group-name', '/aws/codebuild/check', '--log-stream-name', stream, '--start-from-head');
  expect(each(events, 'events', 'message')).toEqual(expect.arrayContaining(['bad', expect.stringContaining('Phase complete: BUILD State: FAILED')]));
  const filtered = await command('logs', 'filter-log-events', '--log-group-name', '/aws/codebuild/check', '--filter-pattern', '"Running command grep"');
  expect(at(filtered, 'events')).toHaveLength(2);

  await command('codepipeline', 'retry-stage-execution', ...named, '--stage-name', 'Check', '--pipeline-execution-id', second, '--retry-mode', 'FAILED_ACTIONS');
  expect(await view.ended(second)).toMatchObject({ status: 'Failed' });
  expect((await view.actions(second)).map(({ actionName }) => actionName)).toEqual(['owner_website', 'Check', 'Check']);

  const rollback = textAt(await command('codepipeline', 'rollback-stage', ...named, '--stage-name', 'Check', '--target-pipeline-execution-id', first), 'pipelineExecutionId');
  expect(await view.ended(rollback)).toMatchObject({ status: 'Succeeded', executionType: 'ROLLBACK', trigger: { triggerType: 'ManualRollback' }, artifactRevisions: [{ revisionSummary: 'first' }] });

  repository.push({ 'result.txt': 'good again' }, 'third');
  const third = await view.nth(3);
  await view.waiting('Approve', 'Promote');
  await command('codepipeline', 'stop-pipeline-execution', ...named, '--pipeline-execution-id', third, '--abandon', '--reason', 'not today');
  expect(await view.ended(third)).toMatchObject({ status: 'Stopped' });

  const fourth = textAt(await command('codepipeline', 'start-pipeline-execution', '--name', 'website'), 'pipelineExecutionId');
  await view.waiting('Approve', 'Promote');
  const reject = ['--stage-name', 'Approve', '--action-name', 'Promote', '--token', await view.waiting('Approve', 'Promote'), '--result', 'summary=too late,status=Rejected'];
  await command('codepipeline', 'put-approval-result', ...named, ...reject);
  expect(await view.ended(fourth)).toMatchObject({ status: 'Failed', statusSummary: `Approve / Promote: Rejected by arn:aws:iam::${tools}:root: too late` });
});

test('transitions between stages are closed and opened, and say so', async () => {
  const transition = [...named, '--stage-name', 'Check', '--transition-type', 'Inbound'];
  await command('codepipeline', 'disable-stage-transition', ...transition, '--reason', 'a freeze');
  const id = textAt(await command('codepipeline', 'start-pipeline-execution', '--name', 'website'), 'pipelineExecutionId');
  const waiting = await eventually(async () => {
    const stage = at(await command('codepipeline', 'get-pipeline-state', '--name', 'website'), 'stageStates', 1);
    return at(stage, 'inboundExecution') === undefined ? undefined : stage;
  });
  expect(waiting).toMatchObject({ inboundExecution: { pipelineExecutionId: id }, inboundTransitionState: { enabled: false, disabledReason: 'a freeze' } });
  await command('codepipeline', 'enable-stage-transition', ...transition);
  await view.waiting('Approve', 'Promote');
});

test('lists come in pages', async () => {
  const pages = await Promise.all(['1', '2'].map((size) => command('codepipeline', 'list-pipeline-executions', ...named, '--page-size', size)));
  const ids = (await view.executions()).toReversed();
  expect(pages.map((page) => each(page, 'pipelineExecutionSummaries', 'pipelineExecutionId'))).toEqual([ids, ids]);
});

test("what is wrong is refused with the service's own error, and what is missing here is named", async () => {
  expect(await refusal('codepipeline', 'get-pipeline', '--name', 'other')).toContain(`(PipelineNotFoundException) when calling the GetPipeline operation: Account '${tools}' does not have a pipeline with name 'other'`);
  expect(await refusal('codepipeline', 'get-pipeline', '--name', 'no good')).toMatch(/ValidationException.*Value at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern/);
  expect(await refusal('codepipeline', 'retry-stage-execution', ...named, '--stage-name', 'Other', '--pipeline-execution-id', await view.nth(0), '--retry-mode', 'ALL_ACTIONS')).toContain('(StageNotFoundException)');
  expect(await refusal('codepipeline', 'list-webhooks')).toContain('(UnknownOperationException) when calling the ListWebhooks operation: CodePipeline does not answer ListWebhooks on this machine.');
  expect(await refusal('codebuild', 'start-build', '--project-name', 'check')).toContain('(InvalidInputException)');
  expect(await refusal('codebuild', 'list-builds-for-project', '--project-name', 'other')).toContain('(ResourceNotFoundException)');
  expect(await refusal('codepipeline', 'list-pipelines', '--starting-token', 'nonsense')).toMatch(/InvalidNextToken|Bad starting token/);
});

test('a change of the structure makes a new version, keeps the old one, and cancels what is under way', async () => {
  const running = (await view.executions()).at(-1) ?? '';
  await view.client.send(new UpdatePipelineCommand({ pipeline: pipeline('website', stages.slice(0, 2)) }));
  expect(await view.ended(running)).toMatchObject({ status: 'Cancelled' });
  expect(await command('codepipeline', 'get-pipeline', '--name', 'website')).toMatchObject({ pipeline: { version: 2, stages: [{ name: 'Source' }, { name: 'Check' }] } });
  expect(await command('codepipeline', 'get-pipeline', '--name', 'website', '--pipeline-version', '1')).toMatchObject({ pipeline: { version: 1, stages: [{}, {}, {}] } });
  await command('codepipeline', 'delete-pipeline', '--name', 'website');
  expect(await command('codepipeline', 'list-pipelines')).toEqual({ pipelines: [] });
});
