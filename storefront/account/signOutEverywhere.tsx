import { useState } from 'preact/hooks';
import type { Problem } from '../../contracts/problem';
import { signOutEverywhere } from '../api';
import { problemOf, RetryNote } from '../parts';
import { type Session, tokenOf } from '../session';
import { accountWords } from './accountWords';

/** Says no more than is true: what was let in stays in until its token runs out. */
export function SignOutEverywhere({ session }: { session: Session }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const end = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await signOutEverywhere(await tokenOf(session));
      await session.signOut();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="everywhere">
      <h2 id="everywhere">{accountWords.everywhere}</h2>
      <p>{accountWords.everywhereMeans}</p>
      {problem && <RetryNote problem={problem} session={session} again={() => void end()} />}
      <button type="button" disabled={busy} onClick={() => void end()}>
        {accountWords.signOutEverywhere}
      </button>
    </section>
  );
}
