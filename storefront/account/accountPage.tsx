import type { Session } from '../session';
import { useTitle } from '../title';
import { useLanguage } from '../words/language';
import { Consent } from './consent';
import { SignedIn } from './signedIn';

/** Who is signed in and all that is theirs; what is recorded is anybody's to say. */
export function AccountPage({ session }: { session: Session }) {
  const { shop } = useLanguage().words;
  useTitle(shop.yourAccount);
  return (
    <div class="account">
      <h1>{shop.yourAccount}</h1>
      {session.customer ? <SignedIn session={session} customer={session.customer} /> : <SignIn session={session} />}
      <Consent />
    </div>
  );
}

function SignIn({ session }: { session: Session }) {
  const { shop, account } = useLanguage().words;
  return (
    <section aria-label={shop.signIn}>
      <p>{account.signInFirst}</p>
      <div class="acts">
        <button type="button" class="primary" onClick={() => void session.signIn()}>
          {shop.signIn}
        </button>
        <button type="button" onClick={() => void session.signUp()}>
          {account.makeOne}
        </button>
        <button type="button" onClick={() => void session.resetPassword()}>
          {account.forgotPassword}
        </button>
      </div>
    </section>
  );
}
