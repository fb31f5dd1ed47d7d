import type { Action, Execution, Stage } from '../model';
import { act, api } from './api';
import { Approval } from './approval';
import { Hops } from './evidence';
import { useLive } from './live';
import { Commits, Duration, Instant, Loaded, ProblemNote, Status, useAct } from './parts';
import { EVERY_MS } from './pipelines';
import { href } from './route';
import { Acts, RollBack, Stop } from './runActs';

const running = (status: string) => status === 'InProgress' || status === 'Stopping';

/** One run: its stages and actions, and what a person can do about it. */
export function Run({ pipeline, executionId }: { pipeline: string; executionId: string }) {
  const live = useLive<Execution>(api`pipelines/${pipeline}/executions/${executionId}`, ({ status }) => (running(status) ? 1_000 : EVERY_MS));
  return (
    <Loaded live={live} title="Run">
      {(execution) => (
        <>
          <header class="title">
            <div>
              <h1>
                Run <code>{execution.id.slice(0, 8)}</code> <Status of={execution.status} />
              </h1>
              <p>
                <Commits of={execution.commits} />
              </p>
              <p class="faint">
                <Instant at={execution.startedAt} /> · <Duration from={execution.startedAt} to={running(execution.status) ? undefined : execution.updatedAt} />
                {execution.trigger && ` · ${execution.trigger}`}
              </p>
              {execution.reason && <p class="faint reason">{execution.reason}</p>}
            </div>
            {execution.status === 'InProgress' && <Stop execution={execution} refresh={live.refresh} />}
          </header>
          {execution.stages.map((stage) => (
            <StageCard key={stage.name} execution={execution} stage={stage} refresh={live.refresh} />
          ))}
          <Acts of={execution.acts} />
        </>
      )}
    </Loaded>
  );
}

function StageCard({ execution, stage, refresh }: { execution: Execution; stage: Stage; refresh: () => void }) {
  const { busy, refused, run } = useAct(refresh);
  const retry = () => act(api`pipelines/${execution.pipeline}/executions/${execution.id}/retry`, { stage: stage.name });
  const waiting = stage.actions.some(({ approval }) => approval);
  return (
    <section class="card" aria-label={stage.name}>
      <header>
        <h2>{stage.name}</h2>
        <Status of={waiting ? 'Waiting' : stage.status} />
        {stage.retryable && (
          <div class="acts">
            <button type="button" disabled={busy} onClick={() => run(retry)}>
              Retry the failed actions
            </button>
          </div>
        )}
      </header>
      <RollBack pipeline={execution.pipeline} stage={stage} />
      {stage.closed && <p class="note away">Nothing enters this stage at present: {stage.closed}</p>}
      {refused && <ProblemNote problem={refused} />}
      <ul class="actions">
        {stage.actions.map((action) => (
          <ActionRow key={action.name} execution={execution} stage={stage.name} action={action} refresh={refresh} />
        ))}
      </ul>
    </section>
  );
}

function ActionRow({ execution, stage, action, refresh }: { execution: Execution; stage: string; action: Action; refresh: () => void }) {
  return (
    <li>
      <div class="action">
        <Status of={action.approval ? 'Waiting' : action.status} />
        <span class="name">{action.name}</span>
        <span class="faint">
          {action.provider}
          {action.attempts > 1 && ` · attempt ${action.attempts}`}
        </span>
        <Duration from={action.startedAt} to={action.endedAt} />
        {action.buildId && <a href={href`logs/${action.buildId}`}>Log</a>}
        {action.stackName && <a href={href`stacks/${execution.pipeline}/${execution.id}/${stage}/${action.name}`}>Stack events</a>}
      </div>
      {action.summary && <p class="summary">{action.summary}</p>}
      {action.error && <pre class="error">{action.error}</pre>}
      {action.hops && <Hops of={action.hops} caption="From a shopper's hand to each place" />}
      {action.provider === 'Manual' && <Approval execution={execution} stage={stage} action={action} done={refresh} />}
    </li>
  );
}
