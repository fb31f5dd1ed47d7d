import { useId, useRef, useState } from 'preact/hooks';
import type { Order } from '../contracts/order';
import { isCancellable, isSettled } from '../contracts/order-status';
import type { Problem } from '../contracts/problem';
import { cancelOrder } from './api';
import { ProblemNote, problemOf } from './parts';
import { type Session, tokenOf } from './session';
import { useLanguage } from './words/language';

/** Whether a cancellation has been asked for and nothing has come of it yet. */
export function isBeingCancelled({ status, timeline }: Pick<Order, 'status' | 'timeline'>): boolean {
  const last = timeline.findLast(({ event }) => event === 'CANCELLATION_REQUESTED' || event === 'CANCELLATION_TOO_LATE');
  return last?.event === 'CANCELLATION_REQUESTED' && !isSettled(status);
}

interface Props {
  order: Order;
  session: Session;
  /** Told when the shop has answered, whatever it said. */
  decided: () => void;
}

/** The button for as long as it is not too late, and the question whether the customer means it. */
export function CancelOrder({ order, session, decided }: Props) {
  const { words } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const field = useId();
  const cancel = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await cancelOrder(order.orderId, reason.trim(), await tokenOf(session));
      dialog.current?.close();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
      decided();
    }
  };
  return (
    <>
      {isCancellable(order.status) && !isBeingCancelled(order) && (
        <button type="button" onClick={() => dialog.current?.showModal()}>
          {words.cancellation.open}
        </button>
      )}
      {/* It stays when the order moves on meanwhile, so that who has it open is told that it is too late. */}
      <dialog ref={dialog} class="dialog" aria-labelledby={`${field}-title`} onClose={() => setProblem(undefined)}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void cancel();
          }}
        >
          <h2 id={`${field}-title`}>{words.cancellation.title}</h2>
          <p>{words.cancellation.whatFollows}</p>
          <p class="field">
            <label for={field}>
              {words.cancellation.why} <span class="faint">{words.shop.optional}</span>
            </label>
            <input id={field} type="text" maxLength={200} value={reason} onInput={({ currentTarget }) => setReason(currentTarget.value)} />
          </p>
          {problem && <ProblemNote problem={problem} />}
          <div class="acts">
            <button type="submit" class="primary" disabled={busy}>
              {words.cancellation.cancel}
            </button>
            <button type="button" onClick={() => dialog.current?.close()}>
              {words.cancellation.keep}
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
