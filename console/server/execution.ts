import { type ActionExecutionDetail, type CodePipelineClient, GetPipelineStateCommand, ListPipelineExecutionsCommand, type PipelineExecution } from '@aws-sdk/client-codepipeline';
import type { Execution } from '../model';
import { actionExecutions, BUILD_ID, latestActionExecutions } from './actionExecutions';
import type { AwsClients } from './awsClients';
import { authorsIn, commitOf } from './commits';
import { executionOf, stagesDeclared, stagesSeen } from './declaration';
import { evidenceOfBuilds } from './evidence';
import { actsOf } from './history';
import { stagesOf } from './stages';
import { Unread } from './unread';

/** One execution with its stages and actions, read against the version of the pipeline it ran on; what may not be read is left out, and said. */
export async function readExecution({ codepipeline, codebuild }: Pick<AwsClients, 'codepipeline' | 'codebuild'>, pipelineName: string, pipelineExecutionId: string): Promise<Execution> {
  const unread = new Unread();
  const reading = unread.unlessRefused('The state of the run as a whole', 'codepipeline:GetPipelineExecution', executionOf(codepipeline, pipelineName, pipelineExecutionId));
  const [execution, declared, listed, state] = await Promise.all([
    reading.then((read) => read ?? unread.unlessRefused('The run in the list of runs', 'codepipeline:ListPipelineExecutions', executionListed(codepipeline, pipelineName, pipelineExecutionId))),
    reading.then((read) => unread.unlessRefused('Stages and steps as the pipeline declares them', 'codepipeline:GetPipeline', stagesDeclared(codepipeline, pipelineName, read?.pipelineVersion))),
    unread.unlessRefused('Earlier attempts, times and variables of its actions', 'codepipeline:ListActionExecutions', actionExecutions(codepipeline, pipelineName, pipelineExecutionId)),
    unread.unlessRefused('What waits for a person and what can be tried again', 'codepipeline:GetPipelineState', codepipeline.send(new GetPipelineStateCommand({ name: pipelineName }))),
  ]);
  const states = state?.stageStates ?? [];
  const actions = listed ?? latestActionExecutions(states, pipelineExecutionId);
  const evidence = await unread.unlessRefused('What a gate measured', 'codebuild:BatchGetBuilds', evidenceOfBuilds(codebuild, endedBuilds(actions)));
  const { startedAt, updatedAt } = spanOf(actions);
  return {
    pipeline: pipelineName,
    id: pipelineExecutionId,
    status: execution?.status ?? 'InProgress',
    reason: execution?.statusSummary,
    commits: (execution?.artifactRevisions ?? []).map((revision) => commitOf(revision, authorsIn(actions))),
    trigger: execution?.trigger?.triggerType,
    startedAt,
    updatedAt,
    stages: stagesOf(declared ?? stagesSeen(states, actions), actions, states, pipelineExecutionId, evidence ?? new Map()),
    acts: await actsOf(codepipeline, { ...execution, pipelineName, pipelineExecutionId }, actions, startedAt, unread),
    unread: unread.list,
  };
}

/** A run as the list of the newest runs has it. */
async function executionListed(codepipeline: CodePipelineClient, pipelineName: string, id: string): Promise<PipelineExecution | undefined> {
  const { pipelineExecutionSummaries = [] } = await codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName, maxResults: 100 }));
  const found = pipelineExecutionSummaries.find(({ pipelineExecutionId }) => pipelineExecutionId === id);
  return found && { ...found, artifactRevisions: found.sourceRevisions };
}

const endedBuilds = (actions: readonly ActionExecutionDetail[]): string[] =>
  actions.flatMap(({ status, output }) => (status === 'InProgress' ? [] : (output?.executionResult?.externalExecutionId ?? []))).filter((id) => BUILD_ID.test(id));

/** From the first action's start to the last change of any. */
function spanOf(actions: readonly ActionExecutionDetail[]): { startedAt?: string; updatedAt?: string } {
  const started = actions.flatMap(({ startTime }) => startTime?.getTime() ?? []);
  const updated = actions.flatMap(({ lastUpdateTime }) => lastUpdateTime?.getTime() ?? []);
  return {
    startedAt: started.length > 0 ? new Date(Math.min(...started)).toISOString() : undefined,
    updatedAt: updated.length > 0 ? new Date(Math.max(...updated)).toISOString() : undefined,
  };
}
