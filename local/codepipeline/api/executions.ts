import * as z from 'zod';
import { operation } from '../../aws/json-service';
import { executionOf } from '../engine/find';
import { stopExecution } from '../engine/stop';
import type { Execution, PipelineState } from '../engine/model';
import type { Pipelines } from '../pipelines';
import { entityName } from '../structure/declaration';
import { page, seconds } from './paging';

export const executionId = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const variable = z.object({ name: z.string().min(1).max(128), value: z.string().min(1).max(1000) });
const sourceRevision = z.object({ actionName: entityName, revisionType: z.enum(['COMMIT_ID', 'S3_OBJECT_VERSION_ID']), revisionValue: z.string().min(1).max(1500) });
const listFilter = z.object({ succeededInStage: z.object({ stageName: entityName.optional() }).optional() });

/** Operations on executions as a whole. */
export function executionOperations(pipelines: Pipelines) {
  return {
    StartPipelineExecution: operation(
      z.object({ name: entityName, variables: z.array(variable).default([]), clientRequestToken: z.string().optional(), sourceRevisions: z.array(sourceRevision).default([]) }),
      ({ name, variables, sourceRevisions }, { account, region, arn }) => {
        const execution = pipelines.start(pipelines.get(account, region, name), {
          trigger: { type: 'StartPipelineExecution', detail: arn },
          variables: Object.fromEntries(variables.map((one) => [one.name, one.value])),
          revisions: Object.fromEntries(sourceRevisions.map(({ actionName, revisionValue }) => [actionName, { revisionId: revisionValue }])),
        });
        return { pipelineExecutionId: execution.id };
      },
    ),
    StopPipelineExecution: operation(
      z.object({ pipelineName: entityName, pipelineExecutionId: executionId, abandon: z.boolean().default(false), reason: z.string().max(200).optional() }),
      ({ pipelineName, pipelineExecutionId, abandon, reason }, { account, region }) => {
        const state = pipelines.get(account, region, pipelineName);
        pipelines.change(state, (effects) => effects.push(...stopExecution(state, pipelineExecutionId, { abandon, reason }, pipelines.clock)));
        return { pipelineExecutionId };
      },
    ),
    GetPipelineExecution: operation(z.object({ pipelineName: entityName, pipelineExecutionId: executionId }), ({ pipelineName, pipelineExecutionId }, { account, region }) => {
      const state = pipelines.get(account, region, pipelineName);
      return { pipelineExecution: detail(state, executionOf(state, pipelineExecutionId)) };
    }),
    ListPipelineExecutions: operation(
      z.object({ pipelineName: entityName, maxResults: z.int().min(1).max(100).default(100), nextToken: z.string().optional(), filter: listFilter.optional() }),
      ({ pipelineName, maxResults, nextToken, filter }, { account, region }) => {
        const { executions } = pipelines.get(account, region, pipelineName);
        const stage = filter?.succeededInStage?.stageName;
        const wanted = executions.toReversed().filter((execution) => stage === undefined || execution.stages[stage]?.status === 'Succeeded');
        const { items, ...rest } = page(wanted, maxResults, nextToken);
        return { pipelineExecutionSummaries: items.map(summary), ...rest };
      },
    ),
  };
}

function common({ id, status, summary: statusSummary, trigger, mode, type, rollbackTarget }: Execution) {
  return {
    pipelineExecutionId: id,
    status,
    statusSummary,
    trigger: { triggerType: trigger.type, triggerDetail: trigger.detail },
    executionMode: mode,
    executionType: type,
    ...(rollbackTarget !== undefined && { rollbackMetadata: { rollbackTargetPipelineExecutionId: rollbackTarget } }),
  };
}

function summary(execution: Execution) {
  const { startedAt, updatedAt, revisions, stop } = execution;
  return {
    ...common(execution),
    startTime: seconds(startedAt),
    lastUpdateTime: seconds(updatedAt),
    sourceRevisions: revisions.map(({ action, revisionId, summary: revisionSummary, url }) => ({ actionName: action, revisionId, revisionSummary, revisionUrl: url })),
    ...(stop !== undefined && { stopTrigger: { reason: stop.reason } }),
  };
}

function detail(state: PipelineState, execution: Execution) {
  const { version, variables, revisions } = execution;
  return {
    ...common(execution),
    pipelineName: state.declaration.name,
    pipelineVersion: version,
    artifactRevisions: revisions.map(({ artifact, revisionId, summary: revisionSummary, url }) => ({ name: artifact, revisionId, revisionSummary, revisionUrl: url })),
    variables: Object.entries(variables).map(([name, resolvedValue]) => ({ name, resolvedValue })),
  };
}
