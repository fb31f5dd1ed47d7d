import type { ExecutionStep, OrderExecution, StepAttempt } from '../../../contracts/operations';
import { counted } from '../numberWords';
import { errorWords, laidOut, saidIn, stepWords } from './failureWords';
import { exactTime, executionWords, machineWords, outcomeWords, timeSpan } from './operatorWords';

/** Each execution of the order with its steps and each attempt at them. What has not succeeded is open. */
export function Executions({ of: executions }: { of: readonly OrderExecution[] }) {
  return (
    <section aria-label="Steps and attempts">
      <h2>Steps and attempts</h2>
      {executions.length === 0 && <p class="faint">There are none: the order has just come in, or its last execution ended more than 90 days ago.</p>}
      {executions.map((execution) => (
        <Execution key={execution.name} of={execution} />
      ))}
    </section>
  );
}

function Execution({ of: { machine, name, status, startedAt, endedAt, error, cause, retriable, steps, cut } }: { of: OrderExecution }) {
  return (
    <details class="execution" open={status !== 'SUCCEEDED'}>
      <summary>
        <h3>{machineWords[machine]}</h3> <strong class={hasFailed(status) ? 'state bad' : 'state'}>{executionWords[status]}</strong>{' '}
        <span class="faint">{timeSpan(startedAt, endedAt)}</span>
      </summary>
      <p class="faint">
        <code>
          {machine} {name}
        </code>
      </p>
      {error && <Failure error={error} answer={cause} />}
      {retriable && <p>It can be retried, and goes on where it failed.</p>}
      {steps.length === 0 ? <p class="faint">It has not come to a step yet.</p> : <Steps of={steps} name={machineWords[machine]} />}
      {cut && <p class="faint">There is more in its history than is shown here.</p>}
    </details>
  );
}

const hasFailed = (status: OrderExecution['status']): boolean => status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED';

function Steps({ of: steps, name }: { of: readonly ExecutionStep[]; name: string }) {
  return (
    <ol class="steps" aria-label={`Steps of: ${name}`}>
      {steps.map((step, index) => (
        <li key={index}>
          <div>
            <strong>{stepWords(step.name)}</strong> <code class="faint">{step.name}</code>
          </div>
          <div class="faint">{triedWords(step)}</div>
          <ol class="attempts">
            {step.attempts.map((attempt, number) => (
              <Attempt key={number} of={attempt} />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

/** `3 attempts, 2 of them failed, 27 Nov 2026, 21:23:05 – 21:24:10` */
function triedWords({ attempts, enteredAt, leftAt }: ExecutionStep): string {
  const failed = attempts.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'TIMED_OUT').length;
  const ofThem = failed === 0 || attempts.length === 1 ? '' : failed === attempts.length ? ', all of them failed' : `, ${failed} of them failed`;
  return `${counted(attempts.length, 'attempt')}${ofThem}, ${timeSpan(enteredAt, leftAt)}`;
}

function Attempt({ of: { startedAt, outcome, error, answer } }: { of: StepAttempt }) {
  const bad = outcome === 'FAILED' || outcome === 'TIMED_OUT';
  return (
    <li>
      <span class={bad ? 'state bad' : 'state'}>{outcomeWords[outcome]}</span> <time dateTime={startedAt}>{exactTime(startedAt)}</time>
      {error ? <Failure error={error} answer={answer} /> : answer && <Answer of={answer} />}
    </li>
  );
}

/** What went wrong in words, and exactly for whoever has to mend it. */
function Failure({ error, answer }: { error: string; answer: string | undefined }) {
  const said = saidIn(answer);
  return (
    <>
      <div>
        {errorWords(error)} <code class="faint">{error}</code>
      </div>
      {said && <div>{said}</div>}
      {answer && answer !== said && <Answer of={answer} />}
    </>
  );
}

function Answer({ of: answer }: { of: string }) {
  return (
    <details>
      <summary>What was answered</summary>
      <pre>{laidOut(answer)}</pre>
    </details>
  );
}
