import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand, ExecutionDoesNotExist, GetExecutionHistoryCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';
import type { Interval } from '../pipeline/intervals';

const DEADLINE_MS = 180_000;
const LOOK_AGAIN_MS = 250;

/** `arn:…:stateMachine:name` → `arn:…:execution:name:execution` */
export const executionArn = (machineArn: string, name: string): string => `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/**
 * When an execution ran, once it has succeeded; it need not have been started yet.
 * @throws Error when it ends otherwise, or not at all
 */
export async function succeeded(sfn: SFNClient, arn: string, signal: AbortSignal): Promise<Interval> {
  const deadline = Date.now() + DEADLINE_MS;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    const { status, startDate, stopDate, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn: arn })).catch(notThereYet);
    if (status === 'SUCCEEDED' && startDate && stopDate) return { from: startDate.getTime(), to: stopDate.getTime() };
    if (status !== undefined && status !== 'RUNNING') throw new Error(`${arn} ended as ${status}: ${error} ${cause}`);
    await sleep(LOOK_AGAIN_MS);
  }
  throw new Error(`${arn} did not end within ${DEADLINE_MS / 1_000} s.`);
}

function notThereYet(error: unknown): { status?: undefined; startDate?: undefined; stopDate?: undefined; error?: undefined; cause?: undefined } {
  if (error instanceof ExecutionDoesNotExist) return {};
  throw error;
}

/** How many executions a second there were, from the first one's start to the last one's end. */
export const perSecond = (executions: readonly Interval[]): number =>
  executions.length / ((Math.max(...executions.map(({ to }) => to)) - Math.min(...executions.map(({ from }) => from))) / 1_000);

export async function historyOf(sfn: SFNClient, arn: string): Promise<HistoryEvent[]> {
  const { events = [], nextToken } = await sfn.send(new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1_000 }));
  if (nextToken !== undefined) throw new Error(`The history of ${arn} has more than 1,000 events.`);
  return events;
}

/** What Step Functions charges for: every state that is entered, and every further attempt at a task (https://aws.amazon.com/step-functions/pricing/). */
export function transitionsIn(history: readonly HistoryEvent[]): number {
  const count = (...types: readonly string[]): number => history.filter(({ type }) => type !== undefined && types.includes(type)).length;
  const entered = history.filter(({ type }) => type?.endsWith('StateEntered')).length;
  return entered + Math.max(0, count('TaskScheduled', 'LambdaFunctionScheduled') - count('TaskStateEntered'));
}
