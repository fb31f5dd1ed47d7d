import {
  type CodePipelineClient,
  GetPipelineCommand,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  ListPipelineExecutionsCommand,
  type PipelineExecutionSummary,
} from '@aws-sdk/client-codepipeline';
import type { RollbackTargets } from '../model';
import { summaryOf } from './pipelines';
import { Refusal } from './problems';

/** Runs that are looked at; the API says which structure a run had for one run at a time. */
const MOST = 10;

/**
 * The runs that a stage can be taken back to.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html: one that succeeded in the stage, on the
 * pipeline's present structure, and is no rollback itself; a stage that is at work cannot be rolled back, nor a source.
 *
 * @throws Refusal (404) when the pipeline has no such stage
 */
export async function readRollbackTargets(codepipeline: CodePipelineClient, name: string, stageName: string): Promise<RollbackTargets> {
  const [{ pipeline }, { stageStates = [] }] = await Promise.all([codepipeline.send(new GetPipelineCommand({ name })), codepipeline.send(new GetPipelineStateCommand({ name }))]);
  const stage = pipeline?.stages?.findIndex((one) => one.name === stageName) ?? -1;
  if (stage < 0) throw new Refusal(404, `The pipeline has no stage ${stageName}.`);
  if (stage === 0) return { targets: [], whyNot: 'A source stage brings no change that could be taken back.' };
  const current = stageStates.find((state) => state.stageName === stageName)?.latestExecution;
  if (current?.status === 'InProgress' || current?.status === 'Stopping') return { targets: [], whyNot: `${stageName} is at work. Wait for it, or stop the run that is there.` };
  const { pipelineExecutionSummaries = [] } = await codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName: name, maxResults: 2 * MOST, filter: { succeededInStage: { stageName } } }));
  const there = current?.status === 'Succeeded' ? broughtBy(current.pipelineExecutionId, pipelineExecutionSummaries) : undefined;
  const earlier = pipelineExecutionSummaries.filter(({ executionType, pipelineExecutionId }) => executionType !== 'ROLLBACK' && pipelineExecutionId !== there).slice(0, MOST);
  const versions = await Promise.all(
    earlier.map(async ({ pipelineExecutionId }) => (await codepipeline.send(new GetPipelineExecutionCommand({ pipelineName: name, pipelineExecutionId }))).pipelineExecution?.pipelineVersion),
  );
  const targets = earlier.filter((_, index) => versions[index] === pipeline?.version).map((run) => summaryOf(run));
  if (targets.length > 0) return { targets };
  const why = earlier.length === 0 ? `No other run has succeeded in ${stageName}.` : `The pipeline has changed since other runs succeeded in ${stageName}: AWS takes none of them back.`;
  return { targets, whyNot: `${why} Push a fix, or a revert.` };
}

/** The run whose artefacts the stage runs: a rollback's are its target's. */
function broughtBy(id: string | undefined, runs: readonly PipelineExecutionSummary[]): string | undefined {
  return runs.find(({ pipelineExecutionId }) => pipelineExecutionId === id)?.rollbackMetadata?.rollbackTargetPipelineExecutionId ?? id;
}
