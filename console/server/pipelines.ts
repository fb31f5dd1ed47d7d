import {
  type ActionExecutionDetail,
  type ArtifactRevision,
  type CodePipelineClient,
  GetPipelineStateCommand,
  ListPipelineExecutionsCommand,
  type PipelineExecutionSummary,
  paginateListActionExecutions,
  paginateListPipelines,
  type SourceRevision,
} from '@aws-sdk/client-codepipeline';
import type { Commit, Execution, ExecutionPage, ExecutionSummary, PipelineSummary } from '../model';
import type { AwsClients } from './awsClients';
import { declarationOf } from './declaration';
import { evidenceOfBuilds } from './evidence';
import { actsOf } from './history';
import { stagesOf, waitingApprovals } from './stages';
import { standings } from './standing';

const LATEST = 5;
const PAGE = 25;
/** `project:uuid`, which no other kind of action names its work by. */
export const BUILD_ID = /^[A-Za-z0-9][\w-]+:[0-9a-f-]{36}$/;

/** Every pipeline of the account and region with its latest executions and what waits for a person. */
export async function listPipelines(codepipeline: CodePipelineClient): Promise<PipelineSummary[]> {
  const names: string[] = [];
  for await (const page of paginateListPipelines({ client: codepipeline }, {})) {
    for (const { name } of page.pipelines ?? []) if (name) names.push(name);
  }
  return Promise.all(
    names.map(async (name) => {
      const [latest, state] = await Promise.all([
        listExecutions(codepipeline, name, undefined, LATEST),
        codepipeline.send(new GetPipelineStateCommand({ name })),
      ]);
      const where = standings(state.stageStates ?? []);
      const executions = latest.executions.map((execution) => ({ ...execution, stands: where.get(execution.id) }));
      return { name, ...latest, executions, waiting: waitingApprovals(state.stageStates ?? []) };
    }),
  );
}

/** A page of a pipeline's executions, newest first. */
export async function listExecutions(codepipeline: CodePipelineClient, pipelineName: string, nextToken?: string, maxResults = PAGE): Promise<ExecutionPage> {
  const page = await codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName, nextToken, maxResults }));
  return { executions: (page.pipelineExecutionSummaries ?? []).map(summaryOf), next: page.nextToken };
}

/** One execution with its stages and actions, read against the version of the pipeline it ran on. */
export async function readExecution(
  { codepipeline, codebuild }: Pick<AwsClients, 'codepipeline' | 'codebuild'>,
  pipelineName: string,
  pipelineExecutionId: string,
): Promise<Execution> {
  const [{ execution, stages }, actions, { stageStates }] = await Promise.all([
    declarationOf(codepipeline, pipelineName, pipelineExecutionId),
    actionExecutions(codepipeline, pipelineName, pipelineExecutionId),
    codepipeline.send(new GetPipelineStateCommand({ name: pipelineName })),
  ]);
  const builds = actions.flatMap(({ status, output }) => (status === 'InProgress' ? [] : (output?.executionResult?.externalExecutionId ?? [])));
  const evidence = await evidenceOfBuilds(codebuild, builds.filter((id) => BUILD_ID.test(id)));
  const started = actions.map(({ startTime }) => startTime?.getTime() ?? Number.POSITIVE_INFINITY);
  const updated = actions.map(({ lastUpdateTime }) => lastUpdateTime?.getTime() ?? 0);
  const startedAt = actions.length > 0 ? new Date(Math.min(...started)).toISOString() : undefined;
  return {
    pipeline: pipelineName,
    id: pipelineExecutionId,
    status: execution?.status ?? 'InProgress',
    reason: execution?.statusSummary,
    commits: (execution?.artifactRevisions ?? []).map(commitOf),
    trigger: execution?.trigger?.triggerType,
    startedAt,
    updatedAt: actions.length > 0 ? new Date(Math.max(...updated)).toISOString() : undefined,
    stages: stagesOf(stages, actions, stageStates ?? [], pipelineExecutionId, evidence),
    acts: await actsOf(codepipeline, { ...execution, pipelineName, pipelineExecutionId }, actions, startedAt),
  };
}

/** Every attempt at every action of one execution, newest first. */
export async function actionExecutions(codepipeline: CodePipelineClient, pipelineName: string, pipelineExecutionId: string): Promise<ActionExecutionDetail[]> {
  const found: ActionExecutionDetail[] = [];
  for await (const page of paginateListActionExecutions({ client: codepipeline }, { pipelineName, filter: { pipelineExecutionId } })) {
    found.push(...(page.actionExecutionDetails ?? []));
  }
  return found;
}

export function summaryOf(summary: PipelineExecutionSummary): ExecutionSummary {
  return {
    id: summary.pipelineExecutionId ?? '',
    status: summary.status ?? 'InProgress',
    reason: summary.statusSummary,
    commits: (summary.sourceRevisions ?? []).map(commitOf),
    trigger: summary.trigger?.triggerType,
    startedAt: summary.startTime?.toISOString(),
    updatedAt: summary.lastUpdateTime?.toISOString(),
  };
}

function commitOf({ revisionId, revisionSummary, revisionUrl }: SourceRevision | ArtifactRevision): Commit {
  return { id: revisionId ?? '', message: commitMessage(revisionSummary), url: httpUrl(revisionUrl) };
}

/**
 * A connection's revision summary is a JSON document, other sources give the bare commit message.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
function commitMessage(summary: string | undefined): string | undefined {
  if (!summary?.startsWith('{')) return summary;
  try {
    const parsed: unknown = JSON.parse(summary);
    const message = typeof parsed === 'object' && parsed !== null && 'CommitMessage' in parsed ? parsed.CommitMessage : undefined;
    return typeof message === 'string' ? message : summary;
  } catch {
    return summary;
  }
}

/** A link the page may show: anything but http and https, `javascript:` above all, is left out. */
export function httpUrl(link: string | undefined): string | undefined {
  return link && /^https?:\/\//i.test(link) ? link : undefined;
}
