import { Fragment } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Execution, Stage } from '../model';
import { act, api } from './api';
import { Approval } from './approval';
import { criticalPath, longest } from './criticalPath';
import { Hops } from './evidence';
import { Failures } from './failures';
import { Flow, statusOf } from './flow';
import { useLive, useNow } from './live';
import { Commits, Duration, Instant, Loaded, ProblemNote, Status, useAct } from './parts';
import { EVERY_MS } from './pipelines';
import { href } from './route';
import { Acts, RollBack, Stop } from './runActs';
import { Steps } from './steps';
import { UnreadNote } from './unread';

const running = (status: string) => status === 'InProgress' || status === 'Stopping';

/** One run: its stages and actions, and what a person can do about it. An address that names a stage leads there. */
export function Run({ pipeline, executionId, stage }: { pipeline: string; executionId: string; stage?: string }) {
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
          <Waiting execution={execution} />
          <UnreadNote of={execution.unread} />
          <Failures execution={execution} />
          <Flow execution={execution} />
          <Stages execution={execution} aimedAt={stage} refresh={live.refresh} />
          <Acts of={execution.acts} />
        </>
      )}
    </Loaded>
  );
}

/** What the run waits for, with the way down to it: the decision stands below everything that led to it. */
function Waiting({ execution: { pipeline, id, stages } }: { execution: Execution }) {
  const waiting = stages.flatMap(({ name, actions }) => actions.filter(({ approval }) => approval).map((action) => ({ stage: name, action: action.name })));
  return (
    <>
      {waiting.map(({ stage, action }) => (
        <p key={`${stage}/${action}`} class="note waiting">
          <strong>
            {stage} · {action}
          </strong>{' '}
          waits for a person. <a href={href`runs/${pipeline}/${id}/${stage}`}>Decide</a>
        </p>
      ))}
    </>
  );
}

function Stages({ execution, aimedAt, refresh }: { execution: Execution; aimedAt: string | undefined; refresh: () => void }) {
  const now = useNow(running(execution.status));
  const critical = criticalPath(execution.stages);
  const most = longest(execution.stages, now);
  return (
    <>
      {execution.stages.map((stage) => (
        <StageCard key={stage.name} execution={execution} stage={stage} critical={critical} longest={most} aimedAt={stage.name === aimedAt} refresh={refresh} />
      ))}
    </>
  );
}

interface StageProps {
  execution: Execution;
  stage: Stage;
  critical: ReadonlySet<string>;
  longest: number;
  aimedAt: boolean;
  refresh: () => void;
}

function StageCard({ execution, stage, critical, longest, aimedAt, refresh }: StageProps) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!aimedAt) return;
    card.current?.focus({ preventScroll: true });
    card.current?.scrollIntoView();
  }, [aimedAt]);
  const { busy, refused, run } = useAct(refresh);
  const retry = () => act(api`pipelines/${execution.pipeline}/executions/${execution.id}/retry`, { stage: stage.name });
  return (
    <section class="card" aria-label={stage.name} tabIndex={-1} ref={card}>
      <header>
        <h2>{stage.name}</h2>
        <Status of={statusOf(stage)} />
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
      <Steps execution={execution} stage={stage} critical={critical} longest={longest} />
      <BelowSteps execution={execution} stage={stage} refresh={refresh} />
    </section>
  );
}

/** What was measured in the stage, and what waits there for a person. */
function BelowSteps({ execution, stage, refresh }: { execution: Execution; stage: Stage; refresh: () => void }) {
  return (
    <>
      {stage.actions.map((action) => (
        <Fragment key={action.name}>
          {action.hops && <Hops of={action.hops} caption="From a shopper's hand to each place" />}
          {(action.provider === 'Manual' || action.approval) && <Approval execution={execution} stage={stage.name} action={action} done={refresh} />}
        </Fragment>
      ))}
    </>
  );
}
