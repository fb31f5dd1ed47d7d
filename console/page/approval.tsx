import { useEffect, useId, useState } from 'preact/hooks';
import type { Action, Execution, PendingApproval, Release } from '../model';
import { act, api } from './api';
import { EvidenceBefore } from './evidence';
import { useLive } from './live';
import { Loaded, ProblemNote, useAct } from './parts';
import { ReleaseFacts } from './release';

interface Props {
  execution: Execution;
  stage: string;
  action: Action;
  done: () => void;
}

/** A request for approval while it is open: what it brings, and the decision. To whoever saw it open it says what became of it. */
export function Approval({ execution, stage, action, done }: Props) {
  const { approval } = action;
  const { busy, refused, run } = useAct(done);
  const [seen, setSeen] = useState(approval?.token);
  useEffect(() => setSeen((before) => before ?? approval?.token), [approval?.token]);
  if (!approval && !seen) return null;
  return (
    <>
      {!approval && action.status !== 'InProgress' && (
        <p class="note away" role="status">
          <strong>This approval is no longer open.</strong> {outcome(execution, action)}
        </p>
      )}
      {approval && seen && approval.token !== seen && (
        <p class="note away" role="status">
          <strong>This is a new request.</strong> The one you saw before is over. Look again at what it brings before you decide.
        </p>
      )}
      {refused && <ProblemNote problem={refused} />}
      {approval && <OpenApproval key={approval.token} {...{ execution, stage, action, approval, busy, run }} />}
    </>
  );
}

function outcome({ status }: Execution, { status: ended, updatedBy, summary, error }: Action): string {
  const by = updatedBy ? ` by ${updatedBy}` : '';
  if (ended === 'Succeeded') return `It was approved${by}${summary ? `: ${summary}` : '.'}`;
  if (ended === 'Failed') return `It was rejected${by}${error ? `: ${error}` : '.'}`;
  if (status === 'Superseded') return 'A newer run has superseded this one.';
  return 'The run was stopped or changed while it waited.';
}

interface OpenProps extends Omit<Props, 'done'> {
  approval: PendingApproval;
  busy: boolean;
  run: (act: () => Promise<unknown>) => void;
}

const EVERY_MS = 10_000;

function OpenApproval({ execution: { pipeline, id, stages }, stage, action, approval, busy, run }: OpenProps) {
  const live = useLive<Release>(api`pipelines/${pipeline}/executions/${id}/stages/${stage}/actions/${action.name}/release`, () => EVERY_MS);
  const [lastSeen, setLastSeen] = useState<string>();
  const last = live.data && (live.data.last?.id ?? 'none');
  useEffect(() => setLastSeen((before) => before ?? last), [last]);
  return (
    <>
      <Loaded live={live.data ? { ...live, away: undefined } : live}>{(release) => <ReleaseFacts release={release} pipeline={pipeline} />}</Loaded>
      <EvidenceBefore stages={stages} stage={stage} last={live.data?.before} />
      {last && lastSeen && last !== lastSeen && (
        <p class="note away" role="status">
          <strong>Another run has gone through since you opened this page.</strong> What is compared above is new.
        </p>
      )}
      <ApprovalForm {...{ pipeline, stage, action: action.name, approval, busy, run }} />
    </>
  );
}

interface FormProps extends Pick<OpenProps, 'approval' | 'busy' | 'run'> {
  pipeline: string;
  stage: string;
  action: string;
}

/** Approve or reject, with a word on why. */
function ApprovalForm({ pipeline, stage, action, approval, busy, run }: FormProps) {
  const [comment, setComment] = useState('');
  const field = useId();
  const decide = (decision: 'Approved' | 'Rejected') =>
    run(() => act(api`pipelines/${pipeline}/approval`, { stage, action, token: approval.token, decision, comment }));
  return (
    <form class="approval" onSubmit={(event) => event.preventDefault()}>
      {approval.note && <p>{approval.note}</p>}
      {approval.link && (
        <p>
          <a href={approval.link}>{approval.link}</a>
        </p>
      )}
      <label for={field}>Comment</label>
      <textarea id={field} rows={2} maxLength={512} value={comment} onInput={({ currentTarget }) => setComment(currentTarget.value)} />
      <div class="acts">
        <button type="button" class="primary" disabled={busy} onClick={() => decide('Approved')}>
          Approve
        </button>
        <button type="button" disabled={busy} onClick={() => decide('Rejected')}>
          Reject
        </button>
      </div>
    </form>
  );
}
