import { DescribeExecutionCommand, ExecutionStatus, paginateGetExecutionHistory, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { DescribeExecutionOutput, HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';

export interface RunProps {
  readonly sfn: SFNClient;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** Takes one line for people to read. */
  readonly onProgress: (line: string) => void;
}

const BETWEEN_LOOKS_MS = 2_000;
/** What a run does, by the state of its machine in which it does it. */
const STEPS: Readonly<Record<string, string>> = {
  Crawl: 'lists what has arrived',
  RunJob: 'Spark makes the tables',
  CheckDay: 'compares them with the raw zone and the orders',
  PublishDay: 'publishes them',
  KeepSimilarItems: 'tells recommendations what goes together',
  ReleaseLeaseAfterFailure: 'gives up',
};

/** Begins to make a day. @returns the execution's ARN, by which it can be followed from anywhere */
export async function beginDay({ sfn }: Pick<RunProps, 'sfn'>, stateMachineArn: string, day: string): Promise<string> {
  // Within a second nobody begins the same day twice.
  const name = `${day}-${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}`;
  const { executionArn = '' } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify({ day }) }));
  return executionArn;
}

/**
 * Tells what a run does until it is over.
 * @throws Error with what the run says when it has failed
 */
export async function follow({ sfn, pause, onProgress }: RunProps, executionArn: string): Promise<void> {
  let seen = 0;
  for (;;) {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    seen = await tellNews(sfn, executionArn, seen, onProgress);
    if (execution.status === ExecutionStatus.SUCCEEDED) return;
    if (execution.status !== ExecutionStatus.RUNNING) throw new Error(inWords(execution));
    await pause(BETWEEN_LOOKS_MS);
  }
}

async function tellNews(sfn: SFNClient, executionArn: string, seen: number, onProgress: (line: string) => void): Promise<number> {
  let last = seen;
  for await (const { events = [] } of paginateGetExecutionHistory({ client: sfn }, { executionArn, includeExecutionData: true })) {
    for (const event of events) {
      if ((event.id ?? 0) <= seen) continue;
      last = Math.max(last, event.id ?? 0);
      const news = newsOf(event);
      if (news !== undefined) onProgress(`${event.timestamp?.toISOString().slice(11, 19) ?? ''} ${news}`);
    }
  }
  return last;
}

function newsOf({ stateEnteredEventDetails: entered, stateExitedEventDetails: exited }: HistoryEvent): string | undefined {
  if (entered?.name !== undefined) return STEPS[entered.name] && `${STEPS[entered.name]} …`;
  return exited?.name === 'CheckDay' ? checkedInWords(exited.output) : undefined;
}

/** What check-day answers, as far as it is told. */
/** Its state ends without one when it has failed. */
const Checked = z.object({ days: z.array(z.string()), clicks: z.number(), orders: z.number(), quarantined: z.number(), brokenFiles: z.number() });

function checkedInWords(output = ''): string | undefined {
  const { success, data } = Checked.safeParse(JSON.parse(output));
  if (!success) return undefined;
  const { days, clicks, orders, quarantined, brokenFiles } = data;
  const bad = [quarantined > 0 && `${quarantined} lines were put aside`, brokenFiles > 0 && `${brokenFiles} files are damaged`].filter(Boolean);
  return `${clicks} clicks and ${orders} orders of ${days.join(', ')}${bad.length > 0 ? `; ${bad.join(', ')}` : ''}`;
}

const inWords = ({ status, error, cause }: DescribeExecutionOutput): string => `The run is ${status?.toLowerCase()}${error === undefined ? '' : ` (${error})`}. ${cause ?? ''}`.trim();
