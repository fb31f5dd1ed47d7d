import { Catalogue } from './catalogue';
import { basket, pieces } from './basket';
import { Checkout } from './checkout';
import { OrderPage } from './orderPage';
import { Orders } from './orders';
import { ProductPage } from './productPage';
import { useRoute } from './route';
import type { Session } from './session';
import type { LoadStripe } from './stripe';

interface Props {
  session: Session;
  loadStripe: LoadStripe;
  failure?: string;
}

export function Shop({ session, loadStripe, failure }: Props) {
  return (
    <>
      <Header session={session} />
      <main>
        {failure && (
          <div class="note bad" role="alert">
            Signing in did not work ({failure}). Try again.
          </div>
        )}
        <Page session={session} loadStripe={loadStripe} />
      </main>
      <footer>
        <p>Prices are in euros, before shipping and tax; the total shows both before you order.</p>
      </footer>
    </>
  );
}

function Page({ session, loadStripe }: Omit<Props, 'failure'>) {
  const { path, query } = useRoute();
  const productId = /^\/products\/([^/]+)\/?$/.exec(path)?.[1];
  const orderId = /^\/orders\/([^/]+)\/?$/.exec(path)?.[1];
  if (path === '/') {
    const category = query.get('category') ?? undefined;
    return <Catalogue key={category} category={category} />;
  }
  if (productId) return <ProductPage key={productId} productId={productId} />;
  if (path === '/basket') return <Checkout session={session} loadStripe={loadStripe} />;
  if ((path === '/orders' || orderId) && !session.customer) return <SignInFirst session={session} />;
  if (path === '/orders') return <Orders session={session} />;
  if (orderId) return <OrderPage key={orderId} orderId={orderId} session={session} loadStripe={loadStripe} />;
  return (
    <>
      <h1>There is no such page</h1>
      <p>
        <a href="/">Back to the shop</a>
      </p>
    </>
  );
}

function SignInFirst({ session }: { session: Session }) {
  return (
    <>
      <h1>Your orders</h1>
      <p>Sign in to see them.</p>
      <button type="button" class="primary" onClick={() => void session.signIn()}>
        Sign in
      </button>
    </>
  );
}

function Header({ session }: { session: Session }) {
  const [lines] = basket.use();
  const count = pieces(lines);
  return (
    <header class="top">
      <a class="brand" href="/">
        Market Hall
      </a>
      <nav aria-label="Your shopping">
        <a href="/basket">Basket{count > 0 && ` (${count})`}</a>
        {session.customer ? (
          <>
            <a href="/orders">Your orders</a>
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
