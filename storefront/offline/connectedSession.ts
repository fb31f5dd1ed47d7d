import type { Session } from '../session';
import { isOffline, sayNotNow } from './connection';

/** The same session, which says in words why nobody can sign in just now. */
export function connectedSession(session: Session): Session {
  const connected = (way: () => Promise<void>) => async (): Promise<void> => {
    if (isOffline()) return sayNotNow('signIn');
    await way().catch(() => sayNotNow('signInAway'));
  };
  return { ...session, signIn: connected(() => session.signIn()), signUp: connected(() => session.signUp()) };
}
