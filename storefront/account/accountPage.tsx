import type { Session } from '../session';
import { Consent } from './consent';
import { SignedIn } from './signedIn';

/** Who is signed in and all that is theirs; what is recorded is anybody's to say. */
export function AccountPage({ session }: { session: Session }) {
  return (
    <div class="account">
      <h1>Your account</h1>
      {session.customer ? <SignedIn session={session} customer={session.customer} /> : <SignIn session={session} />}
      <Consent />
    </div>
  );
}

function SignIn({ session }: { session: Session }) {
  return (
    <section aria-label="Sign in">
      <p>Sign in to see your account, or make one.</p>
      <div class="acts">
        <button type="button" class="primary" onClick={() => void session.signIn()}>
          Sign in
        </button>
        <button type="button" onClick={() => void session.signUp()}>
          Make an account
        </button>
        <button type="button" onClick={() => void session.resetPassword()}>
          I forgot my password
        </button>
      </div>
    </section>
  );
}
