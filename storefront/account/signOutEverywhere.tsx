import { useState } from 'preact/hooks';
import type { Problem } from '../../contracts/problem';
import { signOutEverywhere } from '../api';
import { problemOf, RetryNote } from '../parts';
import { type Session, tokenOf } from '../session';

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
      <h2 id="everywhere">On all devices</h2>
      <p>
        Here you are signed out at once, everywhere else within an hour: until then a device that was let in stays in. A browser in which the password was given during the
        last hour may sign in again without it: sign out there as well. If somebody else may know the password, change it.
      </p>
      {problem && <RetryNote problem={problem} session={session} again={() => void end()} />}
      <button type="button" disabled={busy} onClick={() => void end()}>
        Sign out everywhere
      </button>
    </section>
  );
}
