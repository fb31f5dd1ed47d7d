import * as z from 'zod';
import { ServiceError } from '../../aws/errors';
import { operation } from '../../aws/json-service';
import { executionOf, stageOf } from '../engine/find';
import type { ActionRun, Execution, PipelineState } from '../engine/model';
import { settle } from '../engine/settle';
import type { Pipelines } from '../pipelines';
import { artifactObject } from '../store/artifactObjects';
import { entityName } from '../structure/declaration';
import { executionId } from './executions';
import { page, seconds } from './paging';

const filter = z.object({
  pipelineExecutionId: executionId.optional(),
  latestInPipelineExecution: z.object({ pipelineExecutionId: executionId, startTimeRange: z.enum(['Latest', 'All']) }).optional(),
});
const listing = z.object({ pipelineName: entityName, filter: filter.optional(), maxResults: z.int().min(1).max(100).default(100), nextToken: z.string().optional() });

/** Operations on actions: their history, and the answers people give to approvals. */
export function actionOperations(pipelines: Pipelines) {
  return {
    ListActionExecutions: operation(listing, ({ pipelineName, filter: wanted, maxResults, nextToken }, { account, region }) => {
      const state = pipelines.get(account, region, pipelineName);
      const id = wanted?.pipelineExecutionId ?? wanted?.latestInPipelineExecution?.pipelineExecutionId;
      const executions = id === undefined ? state.executions : [executionOf(state, id)];
      const runs = executions.flatMap((execution) => execution.actions.map((run) => ({ execution, run })));
      const { items, ...rest } = page(runs.toReversed(), maxResults, nextToken);
      return { actionExecutionDetails: items.map(({ execution, run }) => detail(state, execution, run)), ...rest };
    }),
    // Rules belong to stage conditions, which are refused; tools that ask for both are told that there are none.
    ListRuleExecutions: operation(listing, ({ pipelineName }, { account, region }) => {
      pipelines.get(account, region, pipelineName);
      return { ruleExecutionDetails: [] };
    }),
    PutApprovalResult: operation(
      z.object({
        pipelineName: entityName,
        stageName: entityName,
        actionName: entityName,
        result: z.object({ summary: z.string().max(512), status: z.enum(['Approved', 'Rejected']) }),
        token: executionId,
      }),
      ({ pipelineName, stageName, actionName, result, token }, { account, region, arn }) => {
        const state = pipelines.get(account, region, pipelineName);
        if (!stageOf(state, stageName).actions.some(({ name }) => name === actionName)) throw new ServiceError('ActionNotFoundException', `Stage ${stageName} has no action ${actionName}.`);
        const { execution, run } = waitingFor(state, stageName, actionName, token);
        pipelines.change(state, () => {
          const outcome =
            result.status === 'Approved'
              ? ({ status: 'Succeeded', summary: result.summary, by: arn } as const)
              : ({ status: 'Failed', error: { code: 'JobFailed', message: `Rejected by ${arn}${result.summary === '' ? '' : `: ${result.summary}`}` }, by: arn } as const);
          run.summary = result.summary;
          settle(execution, run, outcome, pipelines.clock);
        });
        return { approvedAt: seconds(run.updatedAt) };
      },
    ),
  };
}

function waitingFor(state: PipelineState, stage: string, action: string, token: string): { execution: Execution; run: ActionRun } {
  for (const execution of state.executions) {
    const run = execution.actions.find((one) => one.stage === stage && one.action === action && one.token === token);
    if (run?.status === 'InProgress') return { execution, run };
    if (run?.status === 'Succeeded' || run?.status === 'Failed')
      throw new ServiceError('ApprovalAlreadyCompletedException', `The approval ${action} in stage ${stage} has already been answered.`);
  }
  throw new ServiceError('InvalidApprovalTokenException', `The token is not that of the approval ${action} which waits in stage ${stage}; get-pipeline-state tells it.`);
}

function detail(state: PipelineState, execution: Execution, run: ActionRun) {
  const { declaration, error } = run;
  return {
    pipelineExecutionId: execution.id,
    actionExecutionId: run.id,
    pipelineVersion: execution.version,
    stageName: run.stage,
    actionName: run.action,
    startTime: seconds(run.startedAt),
    lastUpdateTime: seconds(run.updatedAt),
    updatedBy: run.updatedBy,
    status: run.status,
    input: {
      actionTypeId: declaration.actionTypeId,
      configuration: declaration.configuration,
      resolvedConfiguration: run.resolvedConfiguration,
      roleArn: declaration.roleArn,
      region: declaration.region ?? state.region,
      inputArtifacts: declaration.inputArtifacts.map(({ name }) => ({ name })),
      namespace: declaration.namespace,
    },
    output: {
      outputArtifacts: declaration.outputArtifacts.map(({ name }) => ({ name, s3location: artifactObject(state, run, name) })),
      executionResult: {
        externalExecutionId: run.externalExecutionId,
        externalExecutionSummary: run.summary,
        externalExecutionUrl: run.externalExecutionUrl,
        errorDetails: error,
        logStreamARN: run.logStreamArn,
      },
      outputVariables: run.outputVariables,
    },
  };
}
