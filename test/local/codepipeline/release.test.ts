import { BatchGetBuildsCommand } from '@aws-sdk/client-codebuild';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreatePipelineCommand, PutApprovalResultCommand } from '@aws-sdk/client-codepipeline';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import AdmZip from 'adm-zip';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Release } from '../../../console/model';
import { followExecution } from '../../../local/codepipeline/follow';
import { freePort } from '../../../local/host/ports';
import { nodePart } from '../../../local/supervisor/nodePart';
import { buildPages } from '../../support/builtPages';
import { PartProcess } from '../../support/partProcess';
import { startAws, type AwsOnLoopback } from './awsOnLoopback';
import { GitRepository } from './gitRepository';
import { approval, build, createProject, deploy, gitSource, pipeline, PipelineView, role, tools } from './pipelineFixtures';

const template = JSON.stringify({
  Parameters: { Greeting: { Type: 'String' } },
  Resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/greeting', Type: 'String', Value: { Ref: 'Greeting' } } } },
  Outputs: { ParameterName: { Value: { Ref: 'Parameter' } } },
});

let aws: AwsOnLoopback;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws?.stop());

test('a commit is built, deployed as a stack, approved by a person and checked with the outputs of the stack', async () => {
  const repository = new GitRepository(aws.gitDir, 'owner/website');
  const commit = repository.push({ 'template.json': template, 'hello.txt': 'hello' }, 'first');
  await createProject(aws.builds(tools), 'build', {
    phases: { build: { commands: ['mkdir -p out', 'cp template.json out/', 'echo "{\\"Parameters\\": {\\"Greeting\\": \\"$(cat hello.txt)\\"}}" > out/configuration.json'] } },
    artifacts: { 'base-directory': 'out', files: '**/*' },
  });
  await createProject(aws.builds(tools), 'check', { env: { 'exported-variables': ['RESULT'] }, phases: { build: { commands: ['export RESULT="$NAME $COMMIT"'] } } });

  const view = new PipelineView(aws.pipelines(tools), 'website');
  await view.client.send(
    new CreatePipelineCommand({
      pipeline: pipeline('website', [
        { name: 'Source', actions: [gitSource('owner/website')] },
        { name: 'Build', actions: [build('Build', 'build', { outputArtifacts: [{ name: 'Built' }] })] },
        {
          name: 'Deploy',
          actions: [
            deploy(
              'Stack',
              { ActionMode: 'CREATE_UPDATE', StackName: 'greeting', TemplatePath: 'Built::template.json', TemplateConfiguration: 'Built::configuration.json', RoleArn: role },
              { inputArtifacts: [{ name: 'Built' }], namespace: 'Stack' },
            ),
            {
              ...build('Check', 'check', { namespace: 'Check', runOrder: 2 }),
              configuration: { ProjectName: 'check', EnvironmentVariables: JSON.stringify([{ name: 'NAME', value: '#{Stack.ParameterName}' }, { name: 'COMMIT', value: '#{Source.CommitId}' }]) },
            },
          ],
        },
        { name: 'Approve', actions: [approval('Promote')] },
      ]),
    }),
  );

  const token = await view.waiting('Approve', 'Promote');
  const id = await view.nth(0);
  await view.client.send(new PutApprovalResultCommand({ pipelineName: 'website', stageName: 'Approve', actionName: 'Promote', token, result: { status: 'Approved', summary: 'looks good' } }));
  const execution = await view.ended(id);
  expect(execution).toMatchObject({ status: 'Succeeded', artifactRevisions: [{ name: 'Source', revisionId: commit, revisionSummary: 'first' }], trigger: { triggerType: 'CreatePipeline' } });

  const actions = await view.actions(id);
  expect(actions.map(({ actionName, status }) => [actionName, status])).toEqual([['owner_website', 'Succeeded'], ['Build', 'Succeeded'], ['Stack', 'Succeeded'], ['Check', 'Succeeded'], ['Promote', 'Succeeded']]);
  expect(actions[0]?.output?.outputVariables).toMatchObject({ CommitId: commit, AuthorDisplayName: 'Test', AuthorEmail: 'test@example.com' });
  expect(actions[2]?.output?.outputVariables).toEqual({ ParameterName: '/greeting' });
  expect(actions[3]?.output?.outputVariables).toEqual({ RESULT: `/greeting ${commit}` });
  const { bucket: Bucket, key: Key } = actions[1]?.output?.outputArtifacts?.[0]?.s3location ?? {};
  const { Body } = await new S3Client(aws.settings(tools)).send(new GetObjectCommand({ Bucket, Key }));
  expect(new AdmZip(Buffer.from((await Body?.transformToByteArray()) ?? [])).readAsText('template.json')).toBe(template);
  const { builds } = await aws.builds(tools).send(new BatchGetBuildsCommand({ ids: [actions[3]?.output?.executionResult?.externalExecutionId ?? ''] }));
  expect(builds?.[0]).toMatchObject({ buildStatus: 'SUCCEEDED', initiator: 'codepipeline/website', resolvedSourceVersion: commit });
  const { Stacks } = await aws.stacks(tools).send(new DescribeStacksCommand({ StackName: 'greeting' }));
  expect(Stacks?.[0]).toMatchObject({ StackStatus: 'CREATE_COMPLETE', Parameters: [{ ParameterKey: 'Greeting', ParameterValue: 'hello' }] });
});

test('an execution is followed while it runs: each action as it starts and ends, a failure with its reason, parallel ones side by side', async () => {
  new GitRepository(aws.gitDir, 'owner/followed').push({ 'a.txt': 'a' });
  await createProject(aws.builds(tools), 'fine', { phases: { build: { commands: ['sleep 0.5'] } } });
  await createProject(aws.builds(tools), 'broken', { phases: { build: { commands: ['sleep 0.2; exit 7'] } } });
  const view = new PipelineView(aws.pipelines(tools), 'followed');
  await view.client.send(
    new CreatePipelineCommand({
      pipeline: pipeline('followed', [
        { name: 'Source', actions: [gitSource('owner/followed')] },
        { name: 'Test', actions: [build('Fine', 'fine'), build('Broken', 'broken'), build('Never', 'fine', { runOrder: 2 })] },
        { name: 'Later', actions: [approval('Promote')] },
      ]),
    }),
  );
  const told: string[] = [];
  let reason: string | undefined;
  for await (const { action, status, message } of followExecution({ client: view.client, pipelineName: 'followed', executionId: await view.nth(0), pause: 20 })) {
    told.push(`${action} ${status}`);
    if (status === 'Failed') reason = message;
  }
  expect(told.slice(0, 2)).toEqual(['owner_followed InProgress', 'owner_followed Succeeded']);
  expect(new Set(told.slice(2, 4))).toEqual(new Set(['Fine InProgress', 'Broken InProgress']));
  expect(told.slice(4)).toEqual(['Broken Failed', 'Fine Succeeded']);
  expect(reason).toContain('Error while executing command: sleep 0.2; exit 7. Reason: exit status 7');
  expect(await view.execution(await view.nth(0))).toMatchObject({ status: 'Failed', statusSummary: expect.stringMatching(/^Test \/ Broken: Build terminated with state: FAILED\. Phase: BUILD/) });
});

test('the console serves it as an account that an AWS profile names, and shows an approver what would change', async () => {
  new GitRepository(aws.gitDir, 'owner/seen').push({ 'template.json': template }, 'Greet everybody');
  const view = new PipelineView(aws.pipelines(tools), 'seen');
  const stack = deploy('Stack', { ActionMode: 'CREATE_UPDATE', StackName: 'seen', TemplatePath: 'Source::template.json', RoleArn: role }, { inputArtifacts: [{ name: 'Source' }] });
  await view.client.send(new CreatePipelineCommand({ pipeline: pipeline('seen', [{ name: 'Source', actions: [gitSource('owner/seen')] }, { name: 'Approve', actions: [approval('Promote')] }, { name: 'Prod', actions: [stack] }]) }));
  await view.waiting('Approve', 'Promote');

  const config = path.join(aws.folder, 'aws-config');
  writeFileSync(config, `[profile tools]\nregion = us-east-1\nendpoint_url = ${aws.url}\naws_access_key_id = ${tools}\naws_secret_access_key = local\n`);
  buildPages('console');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const served = await PartProcess.start(
    { name: 'console', ...nodePart(path.join(__dirname, '..', '..', '..', 'console', 'main.ts'), '--profile', 'tools', '--port', String(port)), env: { PATH: process.env['PATH'] ?? '', HOME: aws.folder, AWS_CONFIG_FILE: config }, healthUrl: `${url}/health` },
    path.join(aws.folder, 'console.log'),
  );
  try {
    const release: Release = await (await fetch(`${url}/api/pipelines/seen/executions/${await view.nth(0)}/stages/Approve/actions/Promote/release`)).json();
    expect(release).toMatchObject({ into: ['Prod'], unread: [], commits: [{ message: 'Greet everybody' }], stacks: [{ name: 'seen', kind: 'added', resources: [{ name: 'Parameter', type: 'AWS::SSM::Parameter', kind: 'added' }] }] });
    expect((await fetch(`${url}/api/pipelines/seen/executions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status).toBe(403);
  } finally {
    await served.end('SIGTERM');
  }
});
