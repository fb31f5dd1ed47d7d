import {
  GetPipelineExecutionCommand,
  ListPipelineExecutionsCommand,
  type CodePipelineClient,
  type PipelineExecutionSummary,
} from '@aws-sdk/client-codepipeline';
import { setTimeout as sleep } from 'node:timers/promises';
import { followExecution, type ActionChange } from '../codepipeline/follow';
import type { ApprovalDesk } from './approve';
import { colours } from './colours';
import { duration } from './duration';
import type { Teller } from './terminal';

const POLL_MS = 500;
const MARK: Readonly<Record<string, string>> = { Succeeded: colours.green('✔'), Failed: colours.red('✖'), Abandoned: colours.yellow('■') };

export interface WatchProps {
  readonly client: CodePipelineClient;
  readonly pipelineName: string;
  readonly terminal: Teller;
  readonly approvals: ApprovalDesk;
  readonly signal: AbortSignal;
}

/** How an execution ended, and when the last of its actions started. */
interface Ended {
  readonly status: string;
  readonly lastStart: Date;
}

/**
 * Watches the executions of a pipeline, oldest first, for as long as nobody aborts, and yields how each ended: those that
 * start, and those of `over` that somebody retries, which goes on in the same execution.
 */
export async function* watchExecutions(props: WatchProps, over: readonly PipelineExecutionSummary[]): AsyncGenerator<string> {
  const { client, pipelineName, signal } = props;
  const ended = new Map(over.map(({ pipelineExecutionId = '', lastUpdateTime = new Date() }) => [pipelineExecutionId, lastUpdateTime]));
  while (!signal.aborted) {
    for (const execution of (await listExecutions(client, pipelineName)).toReversed()) {
      const { pipelineExecutionId = '' } = execution;
      const before = ended.get(pipelineExecutionId);
      if (before && !isActive(execution)) continue;
      const { status, lastStart } = await watchExecution(props, execution, before);
      ended.set(pipelineExecutionId, lastStart);
      yield status;
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

export const isActive = ({ status }: PipelineExecutionSummary): boolean => status === 'InProgress' || status === 'Stopping';

/** The latest executions of a pipeline, newest first. */
export async function listExecutions(client: CodePipelineClient, pipelineName: string): Promise<PipelineExecutionSummary[]> {
  const { pipelineExecutionSummaries = [] } = await client.send(new ListPipelineExecutionsCommand({ pipelineName, maxResults: 100 }));
  return pipelineExecutionSummaries;
}

/** Prints a line per action of one execution as it ends, of a retried one those that started after `before`, and asks for approvals. */
async function watchExecution(props: WatchProps, execution: PipelineExecutionSummary, before: Date | undefined): Promise<Ended> {
  const { client, pipelineName, terminal, approvals, signal } = props;
  const { pipelineExecutionId: executionId = '', startTime = new Date(), sourceRevisions: [revision] = [] } = execution;
  const at = revision ? ` at ${revision.revisionId?.slice(0, 8)} ${revision.revisionSummary ?? ''}` : '';
  terminal.heading(`\nRun ${executionId.slice(0, 8)} of ${pipelineName}${at}${before ? ', tried again' : ''}`);
  let begun = before ? undefined : startTime;
  let lastStart = before ?? startTime;
  let lastEnd: Date | undefined;
  const running = new Map<string, ActionChange>();
  const told: string[] = [];
  const show = (): void => {
    if (!approvals.isAsking) showRunning(terminal, running);
  };
  const timer = setInterval(show, 1_000);
  try {
    for await (const change of followExecution({ client, pipelineName, executionId, after: before, signal })) {
      begun ??= change.startedAt;
      if (change.startedAt > lastStart) lastStart = change.startedAt;
      const name = `${change.stage} / ${change.action}`;
      if (change.status === 'InProgress') {
        running.set(name, change);
        if (change.provider === 'Manual') approvals.open(change);
      } else {
        running.delete(name);
        lastEnd = change.endedAt;
        if (change.provider === 'Manual') approvals.close(change);
        report(terminal, change);
        if (change.message) told.push(change.message);
      }
      show();
    }
  } finally {
    clearInterval(timer);
    terminal.idle();
  }
  const { pipelineExecution } = await client.send(new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId: executionId }));
  const status = pipelineExecution?.status ?? 'Unknown';
  terminal.line(`${status === 'Succeeded' ? colours.green(status) : colours.yellow(status)} after ${duration((lastEnd?.getTime() ?? Date.now()) - (begun ?? lastStart).getTime())}`);
  const news = (pipelineExecution?.statusSummary ?? '').split('\n').filter((line) => line !== '' && !told.some((message) => message.split('\n').some((said) => said !== '' && line.endsWith(said))));
  for (const line of news) terminal.line(`    ${line}`);
  return { status, lastStart };
}

function report(terminal: Teller, { stage, action, status, startedAt, endedAt, message }: ActionChange): void {
  const took = startedAt && endedAt ? duration(endedAt.getTime() - startedAt.getTime()) : '';
  terminal.line(`${MARK[status] ?? '·'} ${stage.padEnd(16)} ${action.padEnd(28)} ${colours.dim(took.padStart(12))}`);
  if (status !== 'Succeeded' && message) terminal.line(colours.red(message.replace(/^/gm, '    ')));
}

function showRunning(terminal: Teller, running: ReadonlyMap<string, ActionChange>): void {
  if (running.size === 0) return;
  const now = Date.now();
  terminal.busy([...running].map(([name, { startedAt }]) => `${name} ${startedAt ? colours.dim(duration(now - startedAt.getTime())) : ''}`).join(', '));
}
