import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreatePipelineCommand, type ActionDeclaration } from '@aws-sdk/client-codepipeline';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import AdmZip from 'adm-zip';
import { startAws, type AwsOnLoopback } from './awsOnLoopback';
import { eventually } from '../../support/eventually';
import { GitRepository } from './gitRepository';
import { deploy, gitSource, pipeline, PipelineView, role, tools } from './pipelineFixtures';

let aws: AwsOnLoopback;
let pipelines = 0;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws?.stop());

const parameter = (name: string, value: unknown) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name: name, Type: 'String', Value: value } });
const template = (resources: object, more: object = {}) => JSON.stringify({ Resources: resources, ...more });

/** Runs deploy actions, one after the other, over a commit's files. @returns how the execution ended, and each action */
async function release(files: Record<string, string>, actions: readonly ActionDeclaration[]) {
  const name = `pipeline-${++pipelines}`;
  const view = new PipelineView(aws.pipelines(tools), name);
  new GitRepository(aws.gitDir, `owner/${name}`).push(files);
  const declared = actions.map((action, index) => ({ inputArtifacts: [{ name: 'Source' }], ...action, runOrder: index + 1 }));
  await view.client.send(new CreatePipelineCommand({ pipeline: pipeline(name, [{ name: 'Source', actions: [gitSource(`owner/${name}`)] }, { name: 'Deploy', actions: declared }]) }));
  const id = await view.nth(0);
  return { execution: await view.ended(id), actions: await view.actions(id) };
}

const stack = (StackName: string, ActionMode: string, more: Record<string, string> = {}) => ({ StackName, ActionMode, TemplatePath: 'Source::template.json', RoleArn: role, Capabilities: 'CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND', ...more });
const changeSet = (name: string) => [deploy('Prepare', stack(name, 'CHANGE_SET_REPLACE', { ChangeSetName: 'Change' })), deploy('Execute', { StackName: name, ActionMode: 'CHANGE_SET_EXECUTE', ChangeSetName: 'Change' })];
const statuses = (actions: readonly { actionName?: string; status?: string }[]) => actions.slice(1).map(({ actionName, status }) => `${actionName} ${status}`);
/** A resource that cannot be created: its name is none. */
const bad = { Type: 'AWS::CodeBuild::Project', Properties: { Name: 'no good', ServiceRole: role, Source: { Type: 'NO_SOURCE' }, Artifacts: { Type: 'NO_ARTIFACTS' }, Environment: { Type: 'LINUX_CONTAINER', Image: 'x', ComputeType: 'BUILD_GENERAL1_SMALL' } } };
const valueOf = async (name: string) => (await new SSMClient(aws.settings(tools)).send(new GetParameterCommand({ Name: name }))).Parameter?.Value;

test('a change set creates a stack, one without changes is a success, and an update without changes too', async () => {
  const files = { 'template.json': template({ One: parameter('/change-set', 'one') }, { Outputs: { Name: { Value: { Ref: 'One' } } } }) };
  const first = await release(files, changeSet('change-set').map((action) => (action.name === 'Execute' ? { ...action, namespace: 'Stack' } : action)));
  expect(statuses(first.actions)).toEqual(['Prepare Succeeded', 'Execute Succeeded']);
  expect(first.actions[2]?.output?.outputVariables).toEqual({ Name: '/change-set' });
  expect(statuses((await release(files, changeSet('change-set'))).actions)).toEqual(['Prepare Succeeded', 'Execute Succeeded']);
  expect(statuses((await release(files, [deploy('Update', stack('change-set', 'CREATE_UPDATE'))])).actions)).toEqual(['Update Succeeded']);
  expect(await valueOf('/change-set')).toBe('one');
});

test('parameters come from the template configuration and are overridden by the action; tags and outputs are kept', async () => {
  const parameters = Object.fromEntries(['A', 'B', 'C'].map((name) => [name, { Type: 'String', Default: 'template' }]));
  const files = {
    'template.json': template({ One: parameter('/parameters', { 'Fn::Join': [' ', [{ Ref: 'A' }, { Ref: 'B' }, { Ref: 'C' }]] }) }, { Parameters: parameters }),
    'configuration.json': JSON.stringify({ Parameters: { A: 'configuration', B: 'configuration' }, Tags: { team: 'shop' } }),
    'values.json': JSON.stringify({ c: 'from a file' }),
  };
  const overrides = JSON.stringify({ B: 'action', C: { 'Fn::GetParam': ['Source', 'values.json', 'c'] } });
  const { actions } = await release(files, [deploy('Update', stack('parameters', 'CREATE_UPDATE', { TemplateConfiguration: 'Source::configuration.json', ParameterOverrides: overrides }))]);
  expect(statuses(actions)).toEqual(['Update Succeeded']);
  expect(await valueOf('/parameters')).toBe('configuration action from a file');
  const { Stacks } = await aws.stacks(tools).send(new DescribeStacksCommand({ StackName: 'parameters' }));
  expect(Stacks?.[0]?.Tags).toEqual([{ Key: 'team', Value: 'shop' }]);
});

test('a stack that fails says which resource failed and why, and nothing later runs', async () => {
  const failed = await release({ 'template.json': template({ Bad: { Type: 'AWS::No::Such' } }) }, [deploy('Update', stack('unknown-type', 'CREATE_UPDATE')), deploy('Later', stack('later', 'CREATE_UPDATE'))]);
  expect(statuses(failed.actions)).toEqual(['Update Failed']);
  expect(failed.execution.statusSummary).toMatch(/Deploy \/ Update: Stack unknown-type.*AWS::No::Such/s);
});

test('a stack that failed to be created is named with its first failing resource, and only REPLACE_ON_FAILURE gets past its remains', async () => {
  const broken = { 'template.json': template({ Good: parameter('/replaced', 'good'), Bad: { ...bad, DependsOn: 'Good' } }) };
  const sound = { 'template.json': template({ Good: parameter('/replaced', 'good') }) };
  const failed = await release(broken, [deploy('Update', stack('replaced', 'CREATE_UPDATE'))]);
  expect(failed.execution.statusSummary).toMatch(/^Deploy \/ Update: Stack replaced could not be deployed, it is ROLLBACK_COMPLETE\.\nBad \(AWS::CodeBuild::Project\) CREATE_FAILED: .*'name' failed to satisfy constraint/);
  expect((await release(sound, [deploy('Update', stack('replaced', 'CREATE_UPDATE'))])).execution.statusSummary).toMatch(/ROLLBACK_COMPLETE state and can ?not be updated/);
  expect(statuses((await release(sound, [deploy('Replace', stack('replaced', 'REPLACE_ON_FAILURE'))])).actions)).toEqual(['Replace Succeeded']);
  expect(await valueOf('/replaced')).toBe('good');
});

test('an update that fails tells what failed this time, not what failed in an earlier update', async () => {
  const files = (resources: object) => ({ 'template.json': template({ Good: parameter('/updated', 'good'), ...resources }) });
  const update = [deploy('Update', stack('updated', 'CREATE_UPDATE'))];
  expect(statuses((await release(files({}), update)).actions)).toEqual(['Update Succeeded']);
  expect((await release(files({ Earlier: bad }), update)).execution.statusSummary).toMatch(/it is UPDATE_ROLLBACK_COMPLETE\.\nEarlier \(AWS::CodeBuild::Project\) \w+_FAILED: /);
  const { execution } = await release(files({ Later: bad }), update);
  expect(execution.statusSummary).toMatch(/it is UPDATE_ROLLBACK_COMPLETE\.\nLater \(AWS::CodeBuild::Project\) \w+_FAILED: /);
  expect(execution.statusSummary).not.toContain('Earlier');
});

test('a stack is deleted, and deleting what is not there is a success', async () => {
  const files = { 'template.json': template({ One: parameter('/deleted', 'one') }) };
  const remove = (name: string) => deploy(name, { StackName: 'deleted', ActionMode: 'DELETE_ONLY' });
  const { actions } = await release(files, [deploy('Create', stack('deleted', 'CREATE_UPDATE')), remove('Delete'), remove('DeleteAgain')]);
  expect(statuses(actions)).toEqual(['Create Succeeded', 'Delete Succeeded', 'DeleteAgain Succeeded']);
  await expect(valueOf('/deleted')).rejects.toThrow('not found');
});

test('a template that is not in the artefact fails the action with its name', async () => {
  const { execution } = await release({ 'other.json': '{}' }, [deploy('Update', stack('missing', 'CREATE_UPDATE'))]);
  expect(execution.statusSummary).toBe('Deploy / Update: File [template.json] does not exist in artifact [Source]');
});

test('a template of more than 51,200 bytes is deployed, also into another account', async () => {
  const elsewhere = 'arn:aws:iam::222222222222:role/deploy';
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`Parameter${index}`, parameter(`/large/${index}`, 'x'.repeat(300))]));
  const { actions } = await release({ 'template.json': template(many) }, [deploy('Update', stack('large', 'CREATE_UPDATE')), deploy('Elsewhere', stack('large', 'CREATE_UPDATE', { RoleArn: elsewhere }), { roleArn: elsewhere })]);
  expect(statuses(actions)).toEqual(['Update Succeeded', 'Elsewhere Succeeded']);
  expect((await aws.stacks('222222222222').send(new DescribeStacksCommand({ StackName: 'large' }))).Stacks).toHaveLength(1);
});

test('an archive in S3 is a source: it is unpacked, and a new version of it starts the pipeline', async () => {
  const client = new S3Client(aws.settings(tools));
  const upload = (value: string) => {
    const zip = new AdmZip();
    zip.addFile('inner/template.json', Buffer.from(template({ One: parameter('/from-s3', value) })));
    return client.send(new PutObjectCommand({ Bucket: 'sources', Key: 'app.zip', Body: zip.toBuffer() }));
  };
  await client.send(new CreateBucketCommand({ Bucket: 'sources' }));
  await upload('first');
  const source: ActionDeclaration = { name: 'Object', actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' }, configuration: { S3Bucket: 'sources', S3ObjectKey: 'app.zip' }, outputArtifacts: [{ name: 'Source' }] };
  const action = deploy('Update', { ...stack('from-s3', 'CREATE_UPDATE'), TemplatePath: 'Source::inner/template.json' }, { inputArtifacts: [{ name: 'Source' }] });
  const view = new PipelineView(aws.pipelines(tools), 'from-s3');
  await view.client.send(new CreatePipelineCommand({ pipeline: pipeline('from-s3', [{ name: 'Source', actions: [source] }, { name: 'Deploy', actions: [action] }]) }));
  expect(await view.ended(await view.nth(0))).toMatchObject({ status: 'Succeeded', trigger: { triggerType: 'CreatePipeline' } });
  await eventually(async () => {
    await upload('second');
    return (await view.executions())[1];
  });
  expect(await view.ended(await view.nth(1))).toMatchObject({ status: 'Succeeded', trigger: { triggerType: 'PollForSourceChanges' } });
  expect(await valueOf('/from-s3')).toBe('second');
});
