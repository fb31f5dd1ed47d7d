import type { StageState } from '@aws-sdk/client-codepipeline';

/** Where each run stands that is the latest somewhere: `in Staging`, `before Prod`. A run is in the last of the stages that know it. */
export function standings(states: readonly StageState[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { stageName = '', latestExecution, inboundExecutions = [], actionStates = [] } of states) {
    if (latestExecution?.pipelineExecutionId) {
      const waits = actionStates.some((action) => action.latestExecution?.status === 'InProgress' && action.latestExecution.token);
      found.set(latestExecution.pipelineExecutionId, `${waits ? 'waits for a person in' : 'in'} ${stageName}`);
    }
    for (const { pipelineExecutionId } of inboundExecutions) if (pipelineExecutionId) found.set(pipelineExecutionId, `before ${stageName}`);
  }
  return found;
}
