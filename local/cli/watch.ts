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
import { duration, type Terminal } from './terminal';

const POLL_MS = 500;
const MARK: Readonly<Record<string, string>> = { Succeeded: colours.green('✔'), Failed: colours.red('✖'), Abandoned: colours.yellow('■') };

export interface WatchProps {
  readonly client: CodePipelineClient;
  readonly pipelineName: string;
  readonly terminal: Terminal;
  readonly approvals: ApprovalDesk;
  readonly signal: AbortSignal;
}

/** Yields the executions of a pipeline that start after `known`, oldest first, for as long as nobody aborts. */
export async function* newExecutions({ client, pipelineName, signal }: WatchProps, known: ReadonlySet<string>): AsyncGenerator<PipelineExecutionSummary> {
  const seen = new Set(known);
  while (!signal.aborted) {
    for (const execution of (await listExecutions(client, pipelineName)).toReversed()) {
      if (!execution.pipelineExecutionId || seen.has(execution.pipelineExecutionId)) continue;
      seen.add(execution.pipelineExecutionId);
      yield execution;
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** The latest executions of a pipeline, newest first. */
export async function listExecutions(client: CodePipelineClient, pipelineName: string): Promise<PipelineExecutionSummary[]> {
  const { pipelineExecutionSummaries = [] } = await client.send(new ListPipelineExecutionsCommand({ pipelineName, maxResults: 100 }));
  return pipelineExecutionSummaries;
}

/** Prints a line per action of one execution as it ends, asks for approvals, and returns the execution's final status. */
export async function watchExecution(props: WatchProps, { pipelineExecutionId: executionId = '', startTime = new Date() }: PipelineExecutionSummary): Promise<string> {
  const { client, pipelineName, terminal, approvals, signal } = props;
  const running = new Map<string, ActionChange>();
  const told: string[] = [];
  const show = (): void => {
    if (!approvals.isAsking) showRunning(terminal, running);
  };
  const timer = setInterval(show, 1_000);
  try {
    for await (const change of followExecution({ client, pipelineName, executionId, signal })) {
      const name = `${change.stage} / ${change.action}`;
      if (change.status === 'InProgress') {
        running.set(name, change);
        if (change.provider === 'Manual') approvals.open(change);
      } else {
        running.delete(name);
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
  terminal.line(`${status === 'Succeeded' ? colours.green(status) : colours.yellow(status)} after ${duration(Date.now() - startTime.getTime())}`);
  const news = (pipelineExecution?.statusSummary ?? '').split('\n').filter((line) => line !== '' && !told.some((message) => message.split('\n').some((said) => said !== '' && line.endsWith(said))));
  for (const line of news) terminal.line(`    ${line}`);
  return status;
}

function report(terminal: Terminal, { stage, action, status, startedAt, endedAt, message }: ActionChange): void {
  const took = startedAt && endedAt ? duration(endedAt.getTime() - startedAt.getTime()) : '';
  terminal.line(`${MARK[status] ?? '·'} ${stage.padEnd(16)} ${action.padEnd(28)} ${colours.dim(took.padStart(12))}`);
  if (status !== 'Succeeded' && message) terminal.line(colours.red(message.replace(/^/gm, '    ')));
}

function showRunning(terminal: Terminal, running: ReadonlyMap<string, ActionChange>): void {
  if (running.size === 0) return;
  const now = Date.now();
  terminal.busy([...running].map(([name, { startedAt }]) => `${name} ${startedAt ? colours.dim(duration(now - startedAt.getTime())) : ''}`).join(', '));
}
