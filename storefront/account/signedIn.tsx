import type { Customer, Session } from '../session';
import { useLanguage } from '../words/language';
import { ExportData } from './exportData';
import { SignOutEverywhere } from './signOutEverywhere';

export function SignedIn({ session, customer }: { session: Session; customer: Customer }) {
  const { shop, account } = useLanguage().words;
  return (
    <>
      <section aria-labelledby="who">
        <h2 id="who">{account.signedIn}</h2>
        <dl class="facts">
          <dt>{account.email}</dt>
          <dd>{customer.email}</dd>
          <dt>{account.customerNumber}</dt>
          <dd>{customer.id}</dd>
        </dl>
        <div class="acts">
          <a href="/orders">{shop.yourOrders}</a>
          <button type="button" onClick={() => void session.signOut()}>
            {account.signOutHere}
          </button>
        </div>
      </section>
      <section aria-labelledby="password">
        <h2 id="password">{account.password}</h2>
        <p>{account.passwordByCode}</p>
        <button type="button" onClick={() => void session.resetPassword()}>
          {account.changePassword}
        </button>
      </section>
      <SignOutEverywhere session={session} />
      <ExportData session={session} customer={customer} />
    </>
  );
}
