import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../../contracts/problem';
import { ProblemNote, problemOf } from '../../parts';
import type { Session } from '../../session';
import { isUnknown, operatorRefusal } from './refusals';

interface Props {
  /** What the button says that opens it; absent while the act is not possible. */
  opens: string;
  possible: boolean;
  title: string;
  /** What the button says that acts. */
  confirms: string;
  /** Something is still to be chosen. */
  unready?: boolean;
  /** Why somebody is asked for words, which are kept with the order. */
  asks: string;
  /** What to do when no answer came. */
  whenUnknown: string;
  /** @throws Refused */
  act: (reason: string) => Promise<void>;
  session: Session;
  children: ComponentChildren;
}

/** The button of an act while it is possible, and the question whether and why the operator means it. */
export function ActDialog({ opens, possible, title, confirms, unready = false, asks, whenUnknown, act, session, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const underWay = useRef(false);
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const field = useId();
  const run = async () => {
    // A second click may come before the button is drawn as disabled.
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await act(reason.trim());
      setReason('');
      dialog.current?.close();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return (
    <>
      {possible && (
        <button type="button" onClick={() => dialog.current?.showModal()}>
          {opens}
        </button>
      )}
      {/* It stays when the order moves on meanwhile, so that who has it open is told why it is refused. */}
      <dialog ref={dialog} class="dialog" aria-labelledby={`${field}-title`} onClose={() => setProblem(undefined)}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void run();
          }}
        >
          <h2 id={`${field}-title`}>{title}</h2>
          {children}
          <p class="field">
            <label for={field}>{asks}</label>
            <input id={field} type="text" required pattern=".*\S.*" maxLength={200} value={reason} onInput={({ currentTarget }) => setReason(currentTarget.value)} />
          </p>
          {problem && (
            <ProblemNote problem={problem} words={operatorRefusal(problem)}>
              {isUnknown(problem) && <p>{whenUnknown}</p>}
              {problem.status === 401 && (
                <button type="button" onClick={() => void session.signIn()}>
                  Sign in again
                </button>
              )}
            </ProblemNote>
          )}
          <div class="acts">
            <button type="submit" class="primary" disabled={busy || unready}>
              {confirms}
            </button>
            <button type="button" onClick={() => dialog.current?.close()}>
              {busy ? 'Close' : 'Leave it'}
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
