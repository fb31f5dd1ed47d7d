import type { Session } from '../session';
import { accountWords } from './accountWords';
import { Consent } from './consent';
import { SignedIn } from './signedIn';

/** Who is signed in and all that is theirs; what is recorded is anybody's to say. */
export function AccountPage({ session }: { session: Session }) {
  return (
    <div class="account">
      <h1>{accountWords.title}</h1>
      {session.customer ? <SignedIn session={session} customer={session.customer} /> : <SignIn session={session} />}
      <Consent />
    </div>
  );
}

function SignIn({ session }: { session: Session }) {
  return (
    <section aria-label={accountWords.signIn}>
      <p>{accountWords.signInFirst}</p>
      <div class="acts">
        <button type="button" class="primary" onClick={() => void session.signIn()}>
          {accountWords.signIn}
        </button>
        <button type="button" onClick={() => void session.signUp()}>
          {accountWords.makeOne}
        </button>
        <button type="button" onClick={() => void session.resetPassword()}>
          {accountWords.forgotPassword}
        </button>
      </div>
    </section>
  );
}
