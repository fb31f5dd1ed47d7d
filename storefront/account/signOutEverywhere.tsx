import { useState } from 'preact/hooks';
import type { Problem } from '../../contracts/problem';
import { signOutEverywhere } from '../api';
import { problemOf, RetryNote } from '../parts';
import { type Session, tokenOf } from '../session';
import { useLanguage } from '../words/language';

/** Says no more than is true: what was let in stays in until its token runs out. */
export function SignOutEverywhere({ session }: { session: Session }) {
  const { account } = useLanguage().words;
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
      <h2 id="everywhere">{account.everywhere}</h2>
      <p>{account.everywhereMeans}</p>
      {problem && <RetryNote problem={problem} session={session} again={() => void end()} />}
      <button type="button" disabled={busy} onClick={() => void end()}>
        {account.signOutEverywhere}
      </button>
    </section>
  );
}
