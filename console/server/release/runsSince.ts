import {
  type CodePipelineClient,
  ListPipelineExecutionsCommand,
  type PipelineExecutionSummary,
  paginateListPipelineExecutions,
  type StageState,
} from '@aws-sdk/client-codepipeline';

/** Pages of a hundred runs that are looked through; a release that waited longer is said to be the first. */
const MOST_PAGES = 5;

export interface RunsSince {
  /** The run that last went through the stage. */
  readonly last?: PipelineExecutionSummary;
  /** Runs that started after it, up to the one in question, newest first. */
  readonly since: PipelineExecutionSummary[];
  /** Runs that started after the one in question and are still under way. */
  readonly newer: PipelineExecutionSummary[];
}

/** Which runs the way through `stage` would bring, since another run last went through it. */
export async function runsSince(codepipeline: CodePipelineClient, pipelineName: string, executionId: string, stage: string, states: readonly StageState[]): Promise<RunsSince> {
  const lastId = await lastThrough(codepipeline, pipelineName, executionId, stage, states);
  const since: PipelineExecutionSummary[] = [];
  const newer: PipelineExecutionSummary[] = [];
  let last: PipelineExecutionSummary | undefined;
  let stopAt = lastId;
  let reached = false;
  let pages = 0;
  for await (const page of paginateListPipelineExecutions({ client: codepipeline, pageSize: 100 }, { pipelineName })) {
    for (const run of page.pipelineExecutionSummaries ?? []) {
      reached ||= run.pipelineExecutionId === executionId;
      if (run.pipelineExecutionId === lastId) last = run;
      // What a rollback brought back is an earlier run's.
      if (run.executionType === 'ROLLBACK') stopAt = run === last ? run.rollbackMetadata?.rollbackTargetPipelineExecutionId : stopAt;
      else if (run.pipelineExecutionId === stopAt) return { last: last ?? run, since, newer };
      // Without the stage's own word: a run that succeeded has gone through every stage.
      else if (!lastId && reached && run.status === 'Succeeded') return { last: run, since, newer };
      else if (reached) since.push(run);
      else if (run.status === 'InProgress') newer.push(run);
    }
    pages += 1;
    if (pages === MOST_PAGES) break;
  }
  return { last, since, newer };
}

async function lastThrough(codepipeline: CodePipelineClient, pipelineName: string, executionId: string, stage: string, states: readonly StageState[]): Promise<string | undefined> {
  const latest = states.find(({ stageName }) => stageName === stage)?.latestExecution;
  if (latest?.status === 'Succeeded' && latest.pipelineExecutionId !== executionId) return latest.pipelineExecutionId;
  // The filter knows the runs of the pipeline's present structure only.
  const { pipelineExecutionSummaries = [] } = await codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName, maxResults: 2, filter: { succeededInStage: { stageName: stage } } }));
  return pipelineExecutionSummaries.find(({ pipelineExecutionId }) => pipelineExecutionId !== executionId)?.pipelineExecutionId;
}
