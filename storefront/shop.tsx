import { Catalogue } from './catalogue';
import { basket, pieces } from './basket';
import { Checkout } from './checkout';
import { mayRecord } from './clicks/privacy';
import { Notice } from './offline/notice';
import { FindOrders, Numbers, OperatorOrder } from './operators/pages';
import { OrderPage } from './orderPage';
import { Orders } from './orders';
import { ProductPage } from './productPage';
import { useRoute } from './route';
import { askedIn } from './search/asked';
import { Results } from './search/results';
import { SearchBox } from './search/searchBox';
import type { Session } from './session';
import type { LoadStripe } from './stripe';

interface Props {
  session: Session;
  loadStripe: LoadStripe;
  hasSearch: boolean;
  failure?: string;
}

const RECORDING = mayRecord(navigator)
  ? 'We record what is looked at here, to show more of the like. Turn on Do Not Track or Global Privacy Control in your browser, and we do not.'
  : 'Your browser asks not to be followed, so nothing of your visit is recorded.';

export function Shop({ session, loadStripe, hasSearch, failure }: Props) {
  const route = useRoute();
  return (
    <>
      <Header session={session} searched={hasSearch ? searchedFor(route) : undefined} />
      <main>
        {failure && (
          <div class="note bad" role="alert">
            Signing in did not work ({failure}). Try again.
          </div>
        )}
        <Page route={route} session={session} loadStripe={loadStripe} hasSearch={hasSearch} />
      </main>
      <footer>
        <p>Prices are in euros, before shipping and tax; the total shows both before you order.</p>
        <p>{RECORDING}</p>
      </footer>
      <Notice />
    </>
  );
}

const searchedFor = ({ path, query }: ReturnType<typeof useRoute>): string => (path === '/search' ? (askedIn(query).q ?? '') : '');

function Page({ route: { path, query }, session, loadStripe, hasSearch }: Omit<Props, 'failure'> & { route: ReturnType<typeof useRoute> }) {
  const productId = /^\/products\/([^/]+)\/?$/.exec(path)?.[1];
  const orderId = /^\/orders\/([^/]+)\/?$/.exec(path)?.[1];
  if (path === '/') {
    const category = query.get('category') ?? undefined;
    return <Catalogue key={category} category={category} session={session} />;
  }
  if (productId) return <ProductPage key={productId} productId={productId} session={session} />;
  if (path === '/search' && hasSearch) return <Results asked={askedIn(query)} />;
  if (path === '/basket') return <Checkout session={session} loadStripe={loadStripe} />;
  if ((path === '/orders' || orderId) && !session.customer) return <SignInFirst session={session} to="Your orders" />;
  if (path === '/orders') return <Orders session={session} />;
  if (orderId) return <OrderPage key={orderId} orderId={orderId} session={session} loadStripe={loadStripe} />;
  if (path.startsWith('/operators/')) return <OperatorsPage path={path} query={query} session={session} hasSearch={hasSearch} />;
  return <NoSuchPage />;
}

function OperatorsPage({ path, query, session, hasSearch }: { path: string; query: URLSearchParams } & Pick<Props, 'session' | 'hasSearch'>) {
  const orderId = /^\/operators\/orders\/([^/]+)\/?$/.exec(path)?.[1];
  const title = path === '/operators/numbers' ? 'The numbers' : path === '/operators/orders' || orderId ? 'Orders' : undefined;
  if (!title) return <NoSuchPage />;
  if (!session.customer) return <SignInFirst session={session} to={title} />;
  if (orderId) return <OperatorOrder key={orderId} orderId={orderId} session={session} />;
  return title === 'Orders' ? <FindOrders session={session} query={query} hasSearch={hasSearch} /> : <Numbers session={session} query={query} />;
}

function NoSuchPage() {
  return (
    <>
      <h1>There is no such page</h1>
      <p>
        <a href="/">Back to the shop</a>
      </p>
    </>
  );
}

function SignInFirst({ session, to }: { session: Session; to: string }) {
  return (
    <>
      <h1>{to}</h1>
      <p>Sign in to see them.</p>
      <button type="button" class="primary" onClick={() => void session.signIn()}>
        Sign in
      </button>
    </>
  );
}

/** @param searched what was searched for last; without a search there is no field for it */
function Header({ session, searched }: { session: Session; searched?: string }) {
  const [lines] = basket.use();
  const count = pieces(lines);
  return (
    <header class="top">
      <a class="brand" href="/">
        Market Hall
      </a>
      {searched !== undefined && <SearchBox searched={searched} />}
      <nav aria-label="Your shopping">
        <a href="/basket">Basket{count > 0 && ` (${count})`}</a>
        {session.customer ? (
          <>
            <a href="/orders">Your orders</a>
            {session.customer.isOperator && <a href="/operators/orders">Operators</a>}
            <span class="faint">{session.customer.email}</span>
            <button type="button" onClick={() => void session.signOut()}>
              Sign out
            </button>
          </>
        ) : (
          <>
            <button type="button" onClick={() => void session.signUp()}>
              Sign up
            </button>
            <button type="button" class="primary" onClick={() => void session.signIn()}>
              Sign in
            </button>
          </>
        )}
      </nav>
    </header>
  );
}
