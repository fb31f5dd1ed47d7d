import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { startMinistack, type TestServer } from './ministackServer';
import { deploy, remove } from './stacks';


interface Pipeline { readonly name: string; readonly roleArn: string; readonly stages: readonly unknown[]; readonly artifactStores?: unknown }

const calls: string[] = [];
const pipelines = new Map<string, Pipeline>();
const projects = new Map<string, Record<string, unknown>>();

/** Keeps what it is given, as CodePipeline would answer. */
function codePipeline(operation: string, input: Record<string, unknown>): { status?: number; body: unknown } {
  const pipeline = input['pipeline'] as Pipeline;
  calls.push(`${operation} ${pipeline?.name ?? String(input['name'] ?? input['pipelineName'])}`);
  if (operation === 'CreatePipeline' || operation === 'UpdatePipeline') {
    if (pipeline.stages.length < 2) return { status: 400, body: { __type: 'InvalidStructureException', message: 'Pipeline has 1 stage(s). There should be a minimum of 2 stages' } };
    pipelines.set(pipeline.name, pipeline);
    return { body: { pipeline: { ...pipeline, version: 1 } } };
  }
  if (operation === 'DeletePipeline') pipelines.delete(String(input['name']));
  return { body: operation === 'StartPipelineExecution' ? { pipelineExecutionId: '1' } : {} };
}

function codeBuild(operation: string, input: Record<string, unknown>): { body: unknown } {
  const name = String(input['name']);
  if (operation === 'DeleteProject') projects.delete(name);
  else projects.set(name, input);
  return { body: { project: { ...input, arn: `arn:aws:codebuild:us-east-1:222222222222:project/${name}` } } };
}

const stage = (name: string) => ({
  Name: name,
  Actions: [{ Name: 'do', RunOrder: '1', ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'CodeStarSourceConnection', Version: '1' }, Configuration: { DetectChanges: true }, OutputArtifacts: [{ Name: 'source' }] }],
  OnFailure: { Result: 'ROLLBACK' },
});
const pipeline = (properties: object) => ({
  Type: 'AWS::CodePipeline::Pipeline',
  Properties: { RoleArn: 'arn:aws:iam::222222222222:role/pipeline', RestartExecutionOnUpdate: true, Stages: [stage('Source'), stage('Build')], ...properties },
});

describe('a pipeline in a template', () => {
  let server: TestServer;
  let cloudFormation: CloudFormationClient;
  beforeAll(async () => {
    server = await startMinistack({ codepipeline: codePipeline, codebuild: codeBuild });
    cloudFormation = new CloudFormationClient(server.client());
  });
  afterAll(() => server?.stop());
  beforeEach(() => calls.splice(0));

  it('is created by CodePipeline\'s own API, in its own words', async () => {
    const stores = [{ Region: 'us-east-1', ArtifactStore: { Type: 'S3', Location: 'artefacts' } }];
    const { status } = await deploy(cloudFormation, 'created', { Pipeline: pipeline({ Name: 'website', PipelineType: 'V2', ArtifactStores: stores }) });

    expect(status).toBe('CREATE_COMPLETE');
    expect(pipelines.get('website')).toEqual({
      name: 'website',
      pipelineType: 'V2',
      roleArn: 'arn:aws:iam::222222222222:role/pipeline',
      artifactStores: { 'us-east-1': { type: 'S3', location: 'artefacts' } },
      stages: ['Source', 'Build'].map((name) => ({
        name,
        onFailure: { result: 'ROLLBACK' },
        actions: [{ name: 'do', runOrder: 1, actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' }, configuration: { DetectChanges: 'true' }, outputArtifacts: [{ name: 'source' }] }],
      })),
    });
    await remove(cloudFormation, 'created');
    expect(pipelines.has('website')).toBe(false);
  });

  it('is updated in place and started again', async () => {
    await deploy(cloudFormation, 'updated', { Pipeline: pipeline({ Name: 'steady' }) });
    await deploy(cloudFormation, 'updated', { Pipeline: pipeline({ Name: 'steady', Stages: [stage('Source'), stage('Build'), stage('Deploy')] }) });

    expect(calls).toEqual(['CreatePipeline steady', 'UpdatePipeline steady', 'StartPipelineExecution steady']);
    expect(pipelines.get('steady')?.stages).toHaveLength(3);
  });

  it('is made anew under a new name before the old one goes', async () => {
    await deploy(cloudFormation, 'renamed', { Pipeline: pipeline({ Name: 'old' }) });
    const { status } = await deploy(cloudFormation, 'renamed', { Pipeline: pipeline({ Name: 'new' }) });

    expect(status).toBe('UPDATE_COMPLETE');
    expect(calls).toEqual(['CreatePipeline old', 'CreatePipeline new', 'DeletePipeline old']);
  });

  it('keeps the name that was drawn for it', async () => {
    await deploy(cloudFormation, 'nameless', { Pipeline: pipeline({}) });
    await deploy(cloudFormation, 'nameless', { Pipeline: pipeline({ RoleArn: 'arn:aws:iam::222222222222:role/other' }) });
    const { StackResourceSummaries = [] } = await cloudFormation.send(new ListStackResourcesCommand({ StackName: 'nameless' }));

    expect(pipelines.get(StackResourceSummaries[0]?.PhysicalResourceId ?? '')?.roleArn).toBe('arn:aws:iam::222222222222:role/other');
  });

  it('fails its stack with the API\'s own reason, and the pipeline before stays', async () => {
    await deploy(cloudFormation, 'refused', { Pipeline: pipeline({ Name: 'whole' }) });
    const { status, failures } = await deploy(cloudFormation, 'refused', { Pipeline: pipeline({ Name: 'whole', Stages: [stage('Source')] }) });

    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures.join()).toContain('There should be a minimum of 2 stages');
    expect(pipelines.get('whole')?.stages).toHaveLength(2);
  });

  it('is refused when it has a property that the API does not know', async () => {
    const { status, failures } = await deploy(cloudFormation, 'misspelt', { Pipeline: pipeline({ Name: 'misspelt', ExecutionMod: 'QUEUED' }) });

    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures.join()).toContain('ExecutionMod');
  });

  it('has build projects beside it, which are API calls too', async () => {
    const project = {
      Type: 'AWS::CodeBuild::Project',
      Properties: {
        Name: 'synth', ServiceRole: 'arn:aws:iam::222222222222:role/build', TimeoutInMinutes: '30', Artifacts: { Type: 'CODEPIPELINE' }, Source: { Type: 'CODEPIPELINE', BuildSpec: '{}' },
        Environment: { Type: 'ARM_CONTAINER', ComputeType: 'BUILD_GENERAL1_SMALL', Image: 'image', PrivilegedMode: 'false', EnvironmentVariables: [{ Name: 'A', Type: 'PLAINTEXT', Value: '1' }] },
      },
    };
    const { outputs } = await deploy(cloudFormation, 'building', { Project: project }, { Arn: { 'Fn::GetAtt': ['Project', 'Arn'] } });

    expect(outputs).toEqual({ Arn: 'arn:aws:codebuild:us-east-1:222222222222:project/synth' });
    expect(projects.get('synth')).toMatchObject({ timeoutInMinutes: 30, source: { type: 'CODEPIPELINE', buildspec: '{}' }, environment: { privilegedMode: false, environmentVariables: [{ name: 'A', type: 'PLAINTEXT', value: '1' }] } });
  });
});
