import { useId, useState } from 'preact/hooks';
import type { PendingApproval } from '../model';
import { act, api } from './api';
import { ProblemNote, useAct } from './parts';

interface Props {
  pipeline: string;
  stage: string;
  action: string;
  approval: PendingApproval;
  done: () => void;
}

/** Approve or reject, with a word on why. */
export function ApprovalForm({ pipeline, stage, action, approval, done }: Props) {
  const [comment, setComment] = useState('');
  const { busy, refused, run } = useAct(done);
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
      {refused && <ProblemNote problem={refused} />}
    </form>
  );
}
