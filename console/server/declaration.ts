import {
  type ActionDeclaration,
  type ActionExecutionDetail,
  type CodePipelineClient,
  GetPipelineCommand,
  GetPipelineExecutionCommand,
  type PipelineExecution,
  type StageDeclaration,
  type StageState,
} from '@aws-sdk/client-codepipeline';

export async function executionOf(codepipeline: CodePipelineClient, pipelineName: string, pipelineExecutionId: string): Promise<PipelineExecution | undefined> {
  return (await codepipeline.send(new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId }))).pipelineExecution;
}

/** @param version of the pipeline; the present one without it */
export async function stagesDeclared(codepipeline: CodePipelineClient, name: string, version: number | undefined): Promise<StageDeclaration[]> {
  return (await codepipeline.send(new GetPipelineCommand({ name, version }))).pipeline?.stages ?? [];
}

/** A run, and the stages as that version of the pipeline declares them which it ran on. */
export async function declarationOf(codepipeline: CodePipelineClient, pipelineName: string, pipelineExecutionId: string): Promise<{ execution?: PipelineExecution; stages: StageDeclaration[] }> {
  const execution = await executionOf(codepipeline, pipelineName, pipelineExecutionId);
  return { execution, stages: await stagesDeclared(codepipeline, pipelineName, execution?.pipelineVersion) };
}

/** The stages as far as a pipeline's present state and what a run did tell of them, for whoever may not read how the pipeline is declared. */
export function stagesSeen(states: readonly StageState[], executions: readonly ActionExecutionDetail[]): StageDeclaration[] {
  const ran = executions.toReversed();
  const names = new Set([...states.map(({ stageName = '' }) => stageName), ...ran.map(({ stageName = '' }) => stageName)]);
  return [...names].map((name) => {
    const inState = states.find(({ stageName }) => stageName === name)?.actionStates ?? [];
    const inStage = ran.filter(({ stageName }) => stageName === name);
    const actions = new Set([...inStage, ...inState].map(({ actionName = '' }) => actionName));
    return { name, actions: [...actions].map((action) => actionSeen(action, inStage.find(({ actionName }) => actionName === action))) };
  });
}

/** An action as one of its attempts tells of it. */
export function actionSeen(name: string, attempt: ActionExecutionDetail | undefined): ActionDeclaration {
  const { actionTypeId, configuration, roleArn, region, namespace } = attempt?.input ?? {};
  return { name, actionTypeId, configuration, roleArn, region, namespace };
}
