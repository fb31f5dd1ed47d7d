import { CreateProjectCommand, type CodeBuildClient, type CreateProjectCommandInput } from '@aws-sdk/client-codebuild';
import {
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  type ActionDeclaration,
  type ActionExecutionDetail,
  type CodePipelineClient,
  type PipelineDeclaration,
  type PipelineExecution,
} from '@aws-sdk/client-codepipeline';
import { eventually } from '../../support/eventually';

export const tools = '111111111111';
export const role = `arn:aws:iam::${tools}:role/pipeline`;

/** A V2 pipeline over stages, with a role and an artefact store. */
export function pipeline(name: string, stages: PipelineDeclaration['stages'], more: Partial<PipelineDeclaration> = {}): PipelineDeclaration {
  return { name, roleArn: role, artifactStore: { type: 'S3', location: 'artifacts-bucket' }, pipelineType: 'V2', executionMode: 'QUEUED', stages, ...more };
}

export function gitSource(fullName: string, artifact = 'Source', more: Record<string, string> = {}): ActionDeclaration {
  return {
    name: fullName.replace('/', '_'),
    actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' },
    configuration: { ConnectionArn: `arn:aws:codeconnections:us-east-1:${tools}:connection/x`, FullRepositoryId: fullName, BranchName: 'main', ...more },
    outputArtifacts: [{ name: artifact }],
    namespace: 'Source',
  };
}

export function build(name: string, project: string, more: Partial<ActionDeclaration> = {}): ActionDeclaration {
  return {
    name,
    actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
    inputArtifacts: [{ name: 'Source' }],
    ...more,
    configuration: { ProjectName: project, ...more.configuration },
  };
}

export const approval = (name: string): ActionDeclaration => ({ name, actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' }, configuration: { CustomData: 'May it go on?' } });

export function deploy(name: string, configuration: Record<string, string>, more: Partial<ActionDeclaration> = {}): ActionDeclaration {
  return { name, actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CloudFormation', version: '1' }, ...more, configuration };
}

/** Creates a project whose builds run a buildspec, given as an object. */
export async function createProject(client: CodeBuildClient, name: string, buildspec: object | string, more: Partial<CreateProjectCommandInput> = {}): Promise<void> {
  await client.send(
    new CreateProjectCommand({
      name,
      source: { type: 'CODEPIPELINE', buildspec: typeof buildspec === 'string' ? buildspec : JSON.stringify({ version: '0.2', ...buildspec }) },
      artifacts: { type: 'CODEPIPELINE' },
      environment: { type: 'LINUX_CONTAINER', image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_SMALL' },
      serviceRole: `arn:aws:iam::${tools}:role/build`,
      ...more,
    }),
  );
}

/** Pipelines seen through their API, as people see them. */
export class PipelineView {
  readonly client: CodePipelineClient;
  readonly name: string;

  constructor(client: CodePipelineClient, name: string) {
    this.client = client;
    this.name = name;
  }

  /** Ids of the executions, oldest first. */
  async executions(): Promise<string[]> {
    const { pipelineExecutionSummaries = [] } = await this.client.send(new ListPipelineExecutionsCommand({ pipelineName: this.name }));
    return pipelineExecutionSummaries.map(({ pipelineExecutionId = '' }) => pipelineExecutionId).toReversed();
  }

  /** The n-th execution, once there is one. */
  nth(index: number): Promise<string> {
    return eventually(async () => (await this.executions())[index]);
  }

  async execution(id: string): Promise<PipelineExecution> {
    const { pipelineExecution } = await this.client.send(new GetPipelineExecutionCommand({ pipelineName: this.name, pipelineExecutionId: id }));
    return pipelineExecution ?? {};
  }

  /** The execution, once it has ended. */
  ended(id: string, seconds = 900): Promise<PipelineExecution> {
    return eventually(async () => {
      const execution = await this.execution(id);
      return execution.status === 'InProgress' || execution.status === 'Stopping' ? undefined : execution;
    }, seconds);
  }

  /** Runs of actions in an execution, oldest first. */
  async actions(id: string): Promise<ActionExecutionDetail[]> {
    const { actionExecutionDetails = [] } = await this.client.send(new ListActionExecutionsCommand({ pipelineName: this.name, filter: { pipelineExecutionId: id } }));
    return actionExecutionDetails.toReversed();
  }

  /** The token of an approval, once it waits. */
  waiting(stage: string, action: string): Promise<string> {
    return eventually(async () => {
      const { stageStates = [] } = await this.client.send(new GetPipelineStateCommand({ name: this.name }));
      return stageStates.find(({ stageName }) => stageName === stage)?.actionStates?.find(({ actionName }) => actionName === action)?.latestExecution?.token;
    });
  }
}
