import type { Customer, Session } from '../session';
import { accountWords } from './accountWords';
import { ExportData } from './exportData';
import { SignOutEverywhere } from './signOutEverywhere';

export function SignedIn({ session, customer }: { session: Session; customer: Customer }) {
  return (
    <>
      <section aria-labelledby="who">
        <h2 id="who">{accountWords.signedIn}</h2>
        <dl class="facts">
          <dt>{accountWords.email}</dt>
          <dd>{customer.email}</dd>
          <dt>{accountWords.customerNumber}</dt>
          <dd>{customer.id}</dd>
        </dl>
        <div class="acts">
          <a href="/orders">{accountWords.yourOrders}</a>
          <button type="button" onClick={() => void session.signOut()}>
            {accountWords.signOutHere}
          </button>
        </div>
      </section>
      <section aria-labelledby="password">
        <h2 id="password">{accountWords.password}</h2>
        <p>{accountWords.passwordByCode}</p>
        <button type="button" onClick={() => void session.resetPassword()}>
          {accountWords.changePassword}
        </button>
      </section>
      <SignOutEverywhere session={session} />
      <ExportData session={session} customer={customer} />
    </>
  );
}
