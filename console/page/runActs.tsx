import { useId, useState } from 'preact/hooks';
import type { Act, Execution, RollbackTargets, Stage } from '../model';
import { act, api } from './api';
import { useLive } from './live';
import { Instant, Loaded, ProblemNote, useAct } from './parts';
import { href } from './route';
import './runActs.css';

const EVERY_MS = 10_000;
/** CodePipeline takes no longer reason. */
const LONGEST_REASON = 200;

/** Stops a run, with a reason that is kept. */
export function Stop({ execution: { pipeline, id }, refresh }: { execution: Execution; refresh: () => void }) {
  const { busy, refused, run } = useAct(refresh);
  const [reason, setReason] = useState('');
  const [abandon, setAbandon] = useState(false);
  const field = useId();
  return (
    <details class="act">
      <summary>Stop …</summary>
      <form onSubmit={(event) => event.preventDefault()}>
        <label for={field}>Reason</label>
        <input id={field} maxLength={LONGEST_REASON} value={reason} onInput={({ currentTarget }) => setReason(currentTarget.value)} />
        <label class="check">
          <input type="checkbox" checked={abandon} onChange={({ currentTarget }) => setAbandon(currentTarget.checked)} /> Abandon what runs now, instead of waiting for its end. What it has begun stays half done.
        </label>
        <div class="acts">
          <button type="button" disabled={busy} onClick={() => run(() => act(api`pipelines/${pipeline}/executions/${id}/stop`, { reason: reason.trim(), abandon }))}>
            {abandon ? 'Abandon and stop this run' : 'Stop this run'}
          </button>
        </div>
        {refused && <ProblemNote problem={refused} />}
      </form>
    </details>
  );
}

/** Takes a stage that deploys back to an earlier run, or says why that cannot be. */
export function RollBack({ pipeline, stage }: { pipeline: string; stage: Stage }) {
  const [open, setOpen] = useState(false);
  if (!stage.actions.some(({ provider }) => provider === 'CloudFormation')) return null;
  return (
    <details class="act" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Roll back …</summary>
      {open && <RollBackTo pipeline={pipeline} stage={stage.name} />}
    </details>
  );
}

function RollBackTo({ pipeline, stage }: { pipeline: string; stage: string }) {
  const live = useLive<RollbackTargets>(api`pipelines/${pipeline}/stages/${stage}/rollback`, () => EVERY_MS);
  return <Loaded live={live}>{({ targets, whyNot }) => (whyNot ? <p class="faint">{stage} cannot be rolled back. {whyNot}</p> : <Targets {...{ pipeline, stage, targets }} refresh={live.refresh} />)}</Loaded>;
}

function Targets({ pipeline, stage, targets, refresh }: { pipeline: string; stage: string; targets: RollbackTargets['targets']; refresh: () => void }) {
  const { busy, refused, run } = useAct(refresh);
  const [chosen, setChosen] = useState<string>();
  const field = useId();
  const target = targets.find(({ id }) => id === chosen) ?? targets[0];
  const rollBack = async () => {
    const answer = await act<{ executionId?: string }>(api`pipelines/${pipeline}/stages/${stage}/rollback`, { target: target?.id });
    if (answer?.executionId) location.hash = href`runs/${pipeline}/${answer.executionId}`;
  };
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <label for={field}>Run to go back to</label>
      <select id={field} value={target?.id} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
        {targets.map(({ id, commits }) => (
          <option key={id} value={id}>
            {id.slice(0, 8)}: {commits.map((commit) => `${commit.id.slice(0, 8)} ${commit.message?.split('\n')[0] ?? ''}`).join(', ')}
          </option>
        ))}
      </select>
      <div class="acts">
        <button type="button" disabled={busy} onClick={() => run(rollBack)}>
          Roll {stage} back to run {target?.id.slice(0, 8)}
        </button>
      </div>
      {refused && <ProblemNote problem={refused} />}
    </form>
  );
}

/** Who did what to a run, and when. */
export function Acts({ of }: { of: readonly Act[] }) {
  return (
    <section class="card" aria-label="Who did what">
      <h2>Who did what</h2>
      <ol class="history">
        {of.map(({ at, what, who, why }, index) => (
          <li key={index}>
            <Instant at={at} /> {what} {who && <span class="faint">by {who}</span>}
            {why && <q>{why}</q>}
          </li>
        ))}
      </ol>
    </section>
  );
}
