import type { Customer, Session } from '../session';
import { ExportData } from './exportData';
import { SignOutEverywhere } from './signOutEverywhere';

export function SignedIn({ session, customer }: { session: Session; customer: Customer }) {
  return (
    <>
      <section aria-labelledby="who">
        <h2 id="who">Signed in</h2>
        <dl class="facts">
          <dt>E-mail</dt>
          <dd>{customer.email}</dd>
          <dt>Customer number</dt>
          <dd>{customer.id}</dd>
        </dl>
        <div class="acts">
          <a href="/orders">Your orders</a>
          <button type="button" onClick={() => void session.signOut()}>
            Sign out here
          </button>
        </div>
      </section>
      <section aria-labelledby="password">
        <h2 id="password">Password</h2>
        <p>We send a code to your e-mail address; with it you choose another password.</p>
        <button type="button" onClick={() => void session.resetPassword()}>
          Change the password
        </button>
      </section>
      <SignOutEverywhere session={session} />
      <ExportData session={session} customer={customer} />
    </>
  );
}
