import * as z from 'zod';
import { operation } from '../../aws/json-service';
import { stageOf } from '../engine/find';
import { isActive, type ActionRun, type Execution, type PipelineState } from '../engine/model';
import { retryStage } from '../engine/retry';
import { rollBackStage } from '../engine/rollback';
import type { Pipelines } from '../pipelines';
import { entityName, type ActionDeclaration, type StageDeclaration } from '../structure/declaration';
import { executionId } from './executions';
import { seconds } from './paging';

const stageInPipeline = { pipelineName: entityName, stageName: entityName };
const transitionType = z.enum(['Inbound']);

/** Operations on stages: their state, retries, rollbacks, and the transitions before them. */
export function stageOperations(pipelines: Pipelines) {
  return {
    GetPipelineState: operation(z.object({ name: entityName }), ({ name }, { account, region }) => {
      const state = pipelines.get(account, region, name);
      return {
        pipelineName: name,
        pipelineVersion: state.version,
        stageStates: state.declaration.stages.map((stage) => stageState(state, stage)),
        created: seconds(state.createdAt),
        updated: seconds(state.updatedAt),
      };
    }),
    RetryStageExecution: operation(
      z.object({ ...stageInPipeline, pipelineExecutionId: executionId, retryMode: z.enum(['FAILED_ACTIONS', 'ALL_ACTIONS']) }),
      ({ pipelineName, stageName, pipelineExecutionId, retryMode }, { account, region }) => {
        const state = pipelines.get(account, region, pipelineName);
        pipelines.change(state, () => retryStage(state, stageName, pipelineExecutionId, retryMode, pipelines.clock));
        return { pipelineExecutionId };
      },
    ),
    RollbackStage: operation(z.object({ ...stageInPipeline, targetPipelineExecutionId: executionId }), ({ pipelineName, stageName, targetPipelineExecutionId }, { account, region, arn }) => {
      const state = pipelines.get(account, region, pipelineName);
      return { pipelineExecutionId: pipelines.change(state, () => rollBackStage(state, stageName, targetPipelineExecutionId, arn, pipelines.clock)).id };
    }),
    DisableStageTransition: operation(z.object({ ...stageInPipeline, transitionType, reason: z.string().min(1).max(300) }), ({ pipelineName, stageName, reason }, { account, region, arn }) => {
      const state = pipelines.get(account, region, pipelineName);
      stageOf(state, stageName);
      pipelines.change(state, () => {
        state.transitions[stageName] = { enabled: false, changedAt: pipelines.clock.now(), changedBy: arn, reason };
      });
    }),
    EnableStageTransition: operation(z.object({ ...stageInPipeline, transitionType }), ({ pipelineName, stageName }, { account, region, arn }) => {
      const state = pipelines.get(account, region, pipelineName);
      stageOf(state, stageName);
      pipelines.change(state, () => {
        state.transitions[stageName] = { enabled: true, changedAt: pipelines.clock.now(), changedBy: arn };
      });
    }),
  };
}

function stageState(state: PipelineState, stage: StageDeclaration) {
  const entered = state.executions.filter((execution) => execution.stages[stage.name] !== undefined);
  const latest = entered.toSorted((a, b) => (a.stages[stage.name]?.enteredAt ?? 0) - (b.stages[stage.name]?.enteredAt ?? 0)).at(-1);
  const run = latest?.stages[stage.name];
  const inbound = state.executions.filter((execution) => isActive(execution) && execution.waitingFor === stage.name).map(inboundExecution);
  const { enabled = true, changedAt, changedBy, reason } = state.transitions[stage.name] ?? {};
  return {
    stageName: stage.name,
    ...(inbound.length > 0 && { inboundExecution: inbound.at(-1), inboundExecutions: inbound }),
    inboundTransitionState: {
      enabled,
      ...(changedAt !== undefined && { lastChangedAt: seconds(changedAt), lastChangedBy: changedBy, disabledReason: enabled ? undefined : reason }),
    },
    actionStates: stage.actions.map((action) => actionState(entered, stage.name, action)),
    ...(latest !== undefined && run !== undefined && {
      latestExecution: { pipelineExecutionId: latest.id, status: isActive(latest) && latest.status === 'Stopping' && run.status === 'InProgress' ? 'Stopping' : run.status, type: latest.type },
      ...(run.latestRetry !== undefined && {
        retryStageMetadata: {
          ...(run.automaticRetries > 0 && { autoStageRetryAttempt: run.automaticRetries }),
          ...(run.manualRetries > 0 && { manualStageRetryAttempt: run.manualRetries }),
          latestRetryTrigger: run.latestRetry,
        },
      }),
    }),
  };
}

const inboundExecution = ({ id, type }: Execution) => ({ pipelineExecutionId: id, status: 'InProgress', type });

function actionState(entered: readonly Execution[], stageName: string, action: ActionDeclaration) {
  const runs = entered.flatMap((execution) => execution.actions.filter((run) => run.stage === stageName && run.action === action.name).map((run) => ({ run, execution })));
  const latest = runs.toSorted((a, b) => a.run.startedAt - b.run.startedAt).at(-1);
  if (latest === undefined) return { actionName: action.name };
  const revision = latest.execution.revisions.find((one) => one.action === action.name);
  return {
    actionName: action.name,
    ...(revision !== undefined && {
      currentRevision: { revisionId: revision.revisionId, revisionChangeId: revision.revisionId, created: seconds(latest.run.startedAt) },
      revisionUrl: revision.url,
    }),
    latestExecution: latestExecution(latest.run),
  };
}

function latestExecution(run: ActionRun) {
  const waiting = run.status === 'InProgress' ? run.token : undefined;
  return {
    actionExecutionId: run.id,
    status: run.status,
    summary: run.summary,
    lastStatusChange: seconds(run.updatedAt),
    ...(waiting !== undefined && { token: waiting }),
    lastUpdatedBy: run.updatedBy,
    externalExecutionId: run.externalExecutionId,
    externalExecutionUrl: run.externalExecutionUrl,
    ...(run.error !== undefined && { errorDetails: run.error }),
    logStreamARN: run.logStreamArn,
  };
}
