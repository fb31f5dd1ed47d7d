import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { toInstant } from '../../../contracts/instant';
import type { ExecutionStep, StepAttempt } from '../../../contracts/operations';

/** What of an answer is shown. */
const SHOWN_CHARACTERS = 2_000;

/** How the events of an attempt begin: those of a function's own ARN, and those of every other task. */
const SCHEDULED = new Set<string | undefined>(['TaskScheduled', 'LambdaFunctionScheduled']);

/**
 * The tasks of an execution by its history, oldest event first
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html), with each attempt at them.
 * For machines without parallel branches: an event belongs to the task that was entered last, also after a redrive,
 * which enters nothing anew. What was sent is left out: it holds task tokens.
 */
export function stepsIn(history: readonly HistoryEvent[]): ExecutionStep[] {
  const steps: { name: string; enteredAt: StepAttempt['startedAt']; leftAt?: StepAttempt['startedAt']; attempts: StepAttempt[] }[] = [];
  for (const event of history) {
    const at = toInstant(event.timestamp ?? new Date(0));
    const step = steps.at(-1);
    if (event.type === 'TaskStateEntered') steps.push({ name: event.stateEnteredEventDetails?.name ?? '', enteredAt: at, attempts: [] });
    else if (event.type === 'TaskStateExited' && step) step.leftAt = at;
    else if (SCHEDULED.has(event.type)) step?.attempts.push({ startedAt: at, outcome: 'RUNNING' });
    else {
      const end = endOf(event);
      const attempt = step?.attempts.at(-1);
      if (end && attempt?.outcome === 'RUNNING') step?.attempts.splice(-1, 1, { ...attempt, endedAt: at, ...end });
      // A function that could not be called at all was never scheduled.
      else if (end && end.outcome !== 'SUCCEEDED') step?.attempts.push({ startedAt: at, endedAt: at, ...end });
    }
  }
  return steps;
}

/** How the event ends an attempt, if it does. */
function endOf(event: HistoryEvent): Pick<StepAttempt, 'outcome' | 'error' | 'answer'> | undefined {
  const succeeded = event.taskSucceededEventDetails ?? event.lambdaFunctionSucceededEventDetails;
  if (succeeded) return { outcome: 'SUCCEEDED', ...answered(succeeded.output) };
  const timedOut = event.taskTimedOutEventDetails ?? event.lambdaFunctionTimedOutEventDetails;
  if (timedOut) return { outcome: 'TIMED_OUT', ...failed(timedOut) };
  const failure =
    event.taskFailedEventDetails ??
    event.taskStartFailedEventDetails ??
    event.taskSubmitFailedEventDetails ??
    event.lambdaFunctionFailedEventDetails ??
    event.lambdaFunctionScheduleFailedEventDetails ??
    event.lambdaFunctionStartFailedEventDetails ??
    event.evaluationFailedEventDetails;
  return failure && { outcome: 'FAILED', ...failed(failure) };
}

const failed = ({ error, cause }: { readonly error?: string; readonly cause?: string }) => ({ ...(error && { error }), ...(cause && { answer: cut(cause) }) });

/** Without what the integrations of Lambda and HTTP put around what was said. */
function answered(output: string | undefined): Pick<StepAttempt, 'answer'> {
  if (output === undefined) return {};
  const answer = parsed(output);
  if (typeof answer === 'object' && answer !== null) {
    if ('Payload' in answer) return { answer: cut(JSON.stringify(answer.Payload)) };
    if ('ResponseBody' in answer) return { answer: cut(JSON.stringify(answer.ResponseBody)) };
  }
  return { answer: cut(output) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const cut = (text: string): string => (text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);
