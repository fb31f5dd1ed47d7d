import { type ActionExecutionDetail, type CodePipelineClient, type PipelineExecution, paginateListPipelineExecutions } from '@aws-sdk/client-codepipeline';
import type { Act } from '../model';
import type { Unread } from './unread';

/** Pages of a hundred runs in which the reason of a stop is looked for. */
const MOST_PAGES = 3;

/** What was done to a run, oldest first, from what CodePipeline keeps of it. Who stopped it is in CloudTrail alone. */
export async function actsOf(codepipeline: CodePipelineClient, execution: PipelineExecution, executions: readonly ActionExecutionDetail[], startedAt: string | undefined, unread: Unread): Promise<Act[]> {
  const acts = [...approvals(executions), ...retries(executions), ...(await stops(codepipeline, execution, executions, unread))];
  return [{ at: startedAt, ...begun(execution) }, ...acts.toSorted((one, other) => (one.at ?? '').localeCompare(other.at ?? ''))];
}

function begun({ trigger, rollbackMetadata }: PipelineExecution): Omit<Act, 'at'> {
  const detail = trigger?.triggerDetail;
  const back = `to run ${rollbackMetadata?.rollbackTargetPipelineExecutionId?.slice(0, 8) ?? 'before'}`;
  switch (trigger?.triggerType) {
    case 'StartPipelineExecution':
      return { what: 'Started by hand', who: detail };
    case 'ManualRollback':
      return { what: `Started to take a stage back ${back}`, who: detail };
    case 'AutomatedRollback':
      return { what: `Started by itself to take a stage back ${back}, after run ${detail?.slice(0, 8) ?? 'another'} failed` };
    case 'CreatePipeline':
      return { what: 'Started because the pipeline was created', who: detail };
    case 'Webhook':
    case 'WebhookV2':
      return { what: 'Started by a push' };
    case 'CloudWatchEvent':
      return { what: 'Started by an event', why: detail };
    case 'PollForSourceChanges':
      return { what: 'Started by a change of its source' };
    default:
      return { what: 'Started', why: detail };
  }
}

function approvals(executions: readonly ActionExecutionDetail[]): Act[] {
  return executions
    .filter(({ input, status }) => input?.actionTypeId?.category === 'Approval' && (status === 'Succeeded' || status === 'Failed'))
    .map(({ stageName, actionName, status, updatedBy, lastUpdateTime, output }) => ({
      at: lastUpdateTime?.toISOString(),
      what: `${status === 'Succeeded' ? 'Approved' : 'Rejected'} ${stageName} / ${actionName}`,
      who: updatedBy,
      why: output?.executionResult?.externalExecutionSummary,
    }));
}

/** Attempts after the first, one act for all actions of a stage that were tried again together. */
function retries(executions: readonly ActionExecutionDetail[]): Act[] {
  const rounds = new Map<string, { stage: string; at: string; actions: string[] }>();
  const attempts = new Map<string, number>();
  for (const { stageName = '', actionName = '', startTime } of executions.toReversed()) {
    const action = `${stageName}/${actionName}`;
    const attempt = (attempts.get(action) ?? 0) + 1;
    attempts.set(action, attempt);
    if (attempt === 1) continue;
    const round = rounds.get(`${stageName}/${attempt}`) ?? { stage: stageName, at: startTime?.toISOString() ?? '', actions: [] };
    round.actions.push(actionName);
    rounds.set(`${stageName}/${attempt}`, round);
  }
  return [...rounds.values()].map(({ stage, at, actions }) => ({ at, what: `Tried ${stage} again: ${actions.join(', ')}` }));
}

async function stops(codepipeline: CodePipelineClient, { pipelineName = '', pipelineExecutionId, status, statusSummary }: PipelineExecution, executions: readonly ActionExecutionDetail[], unread: Unread): Promise<Act[]> {
  if (status !== 'Stopped' && status !== 'Stopping') return [];
  const abandoned = executions.filter((one) => one.status === 'Abandoned').map(({ actionName }) => actionName);
  const [at] = executions.map(({ lastUpdateTime }) => lastUpdateTime?.toISOString() ?? '').toSorted().toReversed();
  const what = abandoned.length > 0 ? `Stopped, abandoning ${abandoned.join(', ')}` : 'Stopped';
  const why = await unread.unlessRefused('Why the run was stopped', 'codepipeline:ListPipelineExecutions', stopReason(codepipeline, pipelineName, pipelineExecutionId));
  return [{ at, what, why: why ?? statusSummary }];
}

/** Only the list of runs knows it. */
async function stopReason(codepipeline: CodePipelineClient, pipelineName: string, id: string | undefined): Promise<string | undefined> {
  let pages = 0;
  for await (const { pipelineExecutionSummaries = [] } of paginateListPipelineExecutions({ client: codepipeline, pageSize: 100 }, { pipelineName })) {
    const found = pipelineExecutionSummaries.find(({ pipelineExecutionId }) => pipelineExecutionId === id);
    pages += 1;
    if (found || pages === MOST_PAGES) return found?.stopTrigger?.reason;
  }
  return undefined;
}
