import { useState } from 'preact/hooks';
import type { ExecutionPage, ExecutionSummary, PipelineSummary } from '../model';
import { act, api, get } from './api';
import { useLive } from './live';
import { Commits, Duration, Instant, Loaded, ProblemNote, Status, useAct } from './parts';
import { href } from './route';

export const EVERY_MS = 2_000;

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
            pipelines.map((pipeline) => <PipelineCard key={pipeline.name} pipeline={pipeline} refresh={live.refresh} />)
          )
        }
      </Loaded>
    </>
  );
}

function PipelineCard({ pipeline, refresh }: { pipeline: PipelineSummary; refresh: () => void }) {
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
      <Executions pipeline={pipeline.name} executions={pipeline.executions} />
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
      <Loaded live={live}>
        {(newest) => {
          const next = older ? older.next : newest.next;
          const shown = new Set(newest.executions.map(({ id }) => id));
          const executions = [...newest.executions, ...(older?.executions.filter(({ id }) => !shown.has(id)) ?? [])];
          return (
            <section class="card">
              <header>
                <h2>Runs</h2>
                <StartButton pipeline={pipeline} started={live.refresh} />
              </header>
              <Executions pipeline={pipeline} executions={executions} />
              {refused && <ProblemNote problem={refused} />}
              {next && (
                <button type="button" disabled={busy} onClick={() => run(() => more(next))}>
                  Older runs
                </button>
              )}
            </section>
          );
        }}
      </Loaded>
    </>
  );
}

function Executions({ pipeline, executions }: { pipeline: string; executions: ExecutionSummary[] }) {
  if (executions.length === 0) return <p class="empty">No run yet. Push a commit to its branch, or start one.</p>;
  return (
    <div class="scroll">
      <table>
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
