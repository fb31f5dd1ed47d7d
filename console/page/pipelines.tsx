import { Fragment } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ExecutionPage, ExecutionSummary, PipelineSummary, Source } from '../model';
import { act, api, get } from './api';
import { Environments } from './environments';
import { useLive } from './live';
import { Commits, Duration, Instant, Loaded, ProblemNote, Status, useAct } from './parts';
import { href } from './route';
import { Around } from './surroundings';
import { UnreadNote } from './unread';
import './runActs.css';

export const EVERY_MS = 2_000;
/** Of more pipelines than these, each shows its environments on its own page only. */
const FEW = 5;

const ended = ({ status, updatedAt }: ExecutionSummary) => (status === 'InProgress' || status === 'Stopping' ? undefined : updatedAt);

/** Home: each pipeline with its latest runs and what waits for a person. */
export function Pipelines() {
  const live = useLive<PipelineSummary[]>(api`pipelines`, () => EVERY_MS);
  return (
    <>
      <h1>Pipelines</h1>
      <Loaded live={live}>
        {(pipelines) =>
          pipelines.length === 0 ? (
            <p class="empty">There is no pipeline in this account and region yet. Deploy one, and it appears here.</p>
          ) : (
            pipelines.map((pipeline) => <PipelineCard key={pipeline.name} pipeline={pipeline} withEnvironments={pipelines.length <= FEW} refresh={live.refresh} />)
          )
        }
      </Loaded>
      <Around />
    </>
  );
}

function PipelineCard({ pipeline, withEnvironments, refresh }: { pipeline: PipelineSummary; withEnvironments: boolean; refresh: () => void }) {
  return (
    <section class="card" aria-label={pipeline.name}>
      <header>
        <h2>
          <a href={href`runs/${pipeline.name}`}>{pipeline.name}</a>
        </h2>
        <StartButton pipeline={pipeline.name} started={refresh} />
      </header>
      {pipeline.waiting.map(({ executionId, stage, action }) => (
        <p key={stage + action} class="note waiting">
          <strong>
            {stage} · {action}
          </strong>{' '}
          waits for a person. {executionId && <a href={href`runs/${pipeline.name}/${executionId}`}>Look at the run and decide</a>}
        </p>
      ))}
      {withEnvironments && <Environments pipeline={pipeline.name} />}
      <UnreadNote of={pipeline.unread} />
      {pipeline.unread.some(({ needs }) => needs === 'codepipeline:ListPipelineExecutions') || <Executions pipeline={pipeline.name} executions={pipeline.executions} />}
    </section>
  );
}

function StartButton({ pipeline, started }: { pipeline: string; started: () => void }) {
  const { busy, refused, run } = useAct(started);
  const start = async () => {
    const answer = await act<{ executionId?: string }>(api`pipelines/${pipeline}/executions`, {});
    if (answer?.executionId) location.hash = href`runs/${pipeline}/${answer.executionId}`;
  };
  return (
    <div class="acts">
      <button type="button" disabled={busy} onClick={() => run(start)}>
        Start a run
      </button>
      {refused && <ProblemNote problem={refused} />}
    </div>
  );
}

/** Starts a run of a revision that somebody names, where the newest is not what is wanted. */
function StartRevision({ pipeline, started }: { pipeline: string; started: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="act" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Start a run of another revision …</summary>
      {open && <Revisions pipeline={pipeline} started={started} />}
    </details>
  );
}

function Revisions({ pipeline, started }: { pipeline: string; started: () => void }) {
  const live = useLive<Source[]>(api`pipelines/${pipeline}/sources`, () => 30 * EVERY_MS);
  const [revisions, setRevisions] = useState<Record<string, string>>({});
  const { busy, refused, run } = useAct(started);
  const field = useId();
  const given = Object.fromEntries(Object.entries(revisions).flatMap(([action, value]) => (value.trim() ? [[action, value.trim()]] : [])));
  const start = async () => {
    const answer = await act<{ executionId?: string }>(api`pipelines/${pipeline}/executions`, { revisions: given });
    if (answer?.executionId) location.hash = href`runs/${pipeline}/${answer.executionId}`;
  };
  return (
    <Loaded live={live}>
      {(sources) => (
        <form onSubmit={(event) => event.preventDefault()}>
          {sources.map(({ action, revision }) => (
            <Fragment key={action}>
              <label for={field + action}>
                {action}: {revision}
              </label>
              <input id={field + action} maxLength={1500} value={revisions[action] ?? ''} onInput={({ currentTarget }) => setRevisions({ ...revisions, [action]: currentTarget.value })} />
            </Fragment>
          ))}
          <div class="acts">
            <button type="button" disabled={busy || Object.keys(given).length === 0} onClick={() => run(start)}>
              Start a run of it
            </button>
          </div>
          {refused && <ProblemNote problem={refused} />}
        </form>
      )}
    </Loaded>
  );
}

/** All runs of one pipeline, a page at a time. The first page stays fresh. */
export function PipelineRuns({ pipeline }: { pipeline: string }) {
  const live = useLive<ExecutionPage>(api`pipelines/${pipeline}/executions`, () => EVERY_MS);
  const [older, setOlder] = useState<ExecutionPage>();
  const { busy, refused, run } = useAct(() => undefined);
  const more = async (from: string) => {
    const page = await get<ExecutionPage>(`${api`pipelines/${pipeline}/executions`}?from=${encodeURIComponent(from)}`);
    setOlder((before) => ({ executions: [...(before?.executions ?? []), ...page.executions], next: page.next }));
  };
  return (
    <>
      <h1>{pipeline}</h1>
      <section class="card">
        <header>
          <h2>Runs</h2>
          <StartButton pipeline={pipeline} started={live.refresh} />
        </header>
        <StartRevision pipeline={pipeline} started={live.refresh} />
        <Environments pipeline={pipeline} />
        <Loaded live={live}>
          {(newest) => {
            const next = older ? older.next : newest.next;
            const shown = new Set(newest.executions.map(({ id }) => id));
            const executions = [...newest.executions, ...(older?.executions.filter(({ id }) => !shown.has(id)) ?? [])];
            return (
              <>
                <Executions pipeline={pipeline} executions={executions} />
                {refused && <ProblemNote problem={refused} />}
                {next && (
                  <button type="button" disabled={busy} onClick={() => run(() => more(next))}>
                    Older runs
                  </button>
                )}
              </>
            );
          }}
        </Loaded>
      </section>
    </>
  );
}

function Executions({ pipeline, executions }: { pipeline: string; executions: ExecutionSummary[] }) {
  if (executions.length === 0) return <p class="empty">No run yet. Push a commit to its branch, or start one.</p>;
  return (
    <div class="scroll">
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">State</th>
            <th scope="col">Commit</th>
            <th scope="col">Started</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          {executions.map((execution) => (
            <tr key={execution.id}>
              <td>
                <a href={href`runs/${pipeline}/${execution.id}`}>
                  <code>{execution.id.slice(0, 8)}</code>
                </a>
              </td>
              <td>
                <Status of={execution.status} />
                {execution.stands && execution.status !== 'Succeeded' && <div class="faint">{execution.stands}</div>}
              </td>
              <td class="wide">
                <Commits of={execution.commits} />
              </td>
              <td>
                <Instant at={execution.startedAt} />
              </td>
              <td>
                <Duration from={execution.startedAt} to={ended(execution)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
