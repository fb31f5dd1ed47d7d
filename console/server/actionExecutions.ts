import { type ActionExecutionDetail, type CodePipelineClient, paginateListActionExecutions, type StageState } from '@aws-sdk/client-codepipeline';

/** `project:uuid`, which no other kind of action names its work by. */
export const BUILD_ID = /^[A-Za-z0-9][\w-]+:[0-9a-f-]{36}$/;

/** Every attempt at every action of one execution, newest first. */
export async function actionExecutions(codepipeline: CodePipelineClient, pipelineName: string, pipelineExecutionId: string): Promise<ActionExecutionDetail[]> {
  const found: ActionExecutionDetail[] = [];
  for await (const page of paginateListActionExecutions({ client: codepipeline }, { pipelineName, filter: { pipelineExecutionId } })) {
    found.push(...(page.actionExecutionDetails ?? []));
  }
  return found;
}

/** What a pipeline's present state tells of the actions of a run, for whoever may not list them: the latest attempt in each stage where the run is the latest. */
export function latestActionExecutions(states: readonly StageState[], pipelineExecutionId: string): ActionExecutionDetail[] {
  const stages = states.filter(({ latestExecution }) => latestExecution?.pipelineExecutionId === pipelineExecutionId);
  return stages.flatMap(({ stageName, actionStates = [] }) =>
    actionStates.flatMap(({ actionName, latestExecution }) => {
      if (!latestExecution) return [];
      const { actionExecutionId, status, lastStatusChange, lastUpdatedBy, externalExecutionId, summary, errorDetails, logStreamARN } = latestExecution;
      const executionResult = { externalExecutionId, externalExecutionSummary: summary, errorDetails, logStreamARN };
      return { actionExecutionId, stageName, actionName, status, lastUpdateTime: lastStatusChange, startTime: status === 'InProgress' ? lastStatusChange : undefined, updatedBy: lastUpdatedBy, output: { executionResult } };
    }),
  ).toReversed();
}
