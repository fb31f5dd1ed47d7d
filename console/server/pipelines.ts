import { type CodePipelineClient, GetPipelineStateCommand, ListPipelineExecutionsCommand, type PipelineExecutionSummary, paginateListPipelines } from '@aws-sdk/client-codepipeline';
import type { ExecutionPage, ExecutionSummary, PipelineSummary } from '../model';
import type { ReadAuthors } from './authors';
import { type Authors, commitOf } from './commits';
import { waitingApprovals } from './stages';
import { standings } from './standing';
import { Unread } from './unread';

const LATEST = 5;
const PAGE = 25;

/** Every pipeline of the account and region with its latest executions and what waits for a person; of each what may be read. */
export async function listPipelines(codepipeline: CodePipelineClient, authors: ReadAuthors): Promise<PipelineSummary[]> {
  const names: string[] = [];
  for await (const page of paginateListPipelines({ client: codepipeline }, {})) {
    for (const { name } of page.pipelines ?? []) if (name) names.push(name);
  }
  return Promise.all(
    names.map(async (name) => {
      const unread = new Unread();
      const [latest, state] = await Promise.all([
        unread.unlessRefused('Its runs', 'codepipeline:ListPipelineExecutions', listExecutions(codepipeline, authors, name, undefined, LATEST)),
        unread.unlessRefused('What waits for a person', 'codepipeline:GetPipelineState', codepipeline.send(new GetPipelineStateCommand({ name }))),
      ]);
      const where = standings(state?.stageStates ?? []);
      const executions = latest?.executions.map((execution) => ({ ...execution, stands: where.get(execution.id) })) ?? [];
      return { name, next: latest?.next, executions, waiting: waitingApprovals(state?.stageStates ?? []), unread: unread.list };
    }),
  );
}

/** A page of a pipeline's executions, newest first. */
export async function listExecutions(codepipeline: CodePipelineClient, readAuthors: ReadAuthors, pipelineName: string, nextToken?: string, maxResults = PAGE): Promise<ExecutionPage> {
  const page = await codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName, nextToken, maxResults }));
  const runs = page.pipelineExecutionSummaries ?? [];
  const authors = await readAuthors(pipelineName, runs);
  return { executions: runs.map((run) => summaryOf(run, authors)), next: page.nextToken };
}

export function summaryOf(summary: PipelineExecutionSummary, authors: Authors = new Map()): ExecutionSummary {
  return {
    id: summary.pipelineExecutionId ?? '',
    status: summary.status ?? 'InProgress',
    reason: summary.statusSummary,
    commits: (summary.sourceRevisions ?? []).map((revision) => commitOf(revision, authors)),
    trigger: summary.trigger?.triggerType,
    startedAt: summary.startTime?.toISOString(),
    updatedAt: summary.lastUpdateTime?.toISOString(),
  };
}
