import { CreatePipelineCommand, StartPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import { startAws } from './awsOnLoopback';
import { GitRepository } from './gitRepository';
import { build, createProject, deploy, gitSource, pipeline, PipelineView, role, tools } from './pipelineFixtures';
test('measure', async () => {
  const aws = await startAws({ ministack: true });
  try {
  new GitRepository(aws.gitDir, 'o/r').push({ 'template.json': JSON.stringify({ Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/p', Type: 'String', Value: 'x' } } } }) });
  await createProject(aws.builds(tools), 'pp', { phases: { build: { commands: ['true'] } } });
  const view = new PipelineView(aws.pipelines(tools), 'm');
  await view.client.send(new CreatePipelineCommand({ pipeline: pipeline('m', [{ name: 'Source', actions: [gitSource('o/r')] }, { name: 'B', actions: [1, 2, 3, 4, 5].map((n) => build(`b${n}`, 'pp', { runOrder: n })) }, { name: 'D', actions: [1, 2, 3, 4, 5].map((n) => deploy(`d${n}`, { StackName: 's', ActionMode: 'CREATE_UPDATE', TemplatePath: 'Source::template.json', RoleArn: role }, { runOrder: n, inputArtifacts: [{ name: 'Source' }] })) }]) }));
  for (let i = 0; i < 3; i++) {
    const id = await view.nth(i);
    await view.ended(id);
    const a = await view.actions(id);
    console.log(a.map((x) => `${x.actionName} ${(x.lastUpdateTime?.getTime() ?? 0) - (x.startTime?.getTime() ?? 0)}`).join(', '), (a.at(-1)?.lastUpdateTime?.getTime() ?? 0) - (a[0]?.startTime?.getTime() ?? 0));
    await view.client.send(new StartPipelineExecutionCommand({ name: 'm' }));
  }
  } finally { await aws.stop(); }
}, 100000);
