import type { ComponentChildren } from 'preact';
import { AccountPage } from './account/accountPage';
import { Recording } from './account/recording';
import { Catalogue, Categories } from './catalogue';
import { basket, pieces } from './basket';
import { Checkout } from './checkout';
import { Home } from './home/home';
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
import { Main, useTitle } from './title';
import { english } from './words/english';
import { type Language, LanguageContext, useChosenLanguage, useLanguage } from './words/language';
import { LanguageSwitch } from './words/languageSwitch';

interface Props {
  /** The language that the shop opens in. */
  loaded: Language;
  session: Session;
  loadStripe: LoadStripe;
  hasSearch: boolean;
  failure?: string;
}

export function Shop({ loaded, session, loadStripe, hasSearch, failure }: Props) {
  const route = useRoute();
  const { language, missing } = useChosenLanguage(loaded);
  const { shop } = language.words;
  return (
    <LanguageContext.Provider value={language}>
      <Header session={session} searched={hasSearch ? searchedFor(route) : undefined} />
      <Main page={pageOf(route)}>
        {failure && (
          <div class="note bad" role="alert">
            {shop.signInFailed(failure)}
          </div>
        )}
        <Page route={route} session={session} loadStripe={loadStripe} hasSearch={hasSearch} />
      </Main>
      <footer>
        <p>{shop.pricesAre}</p>
        <Recording />
        <LanguageSwitch missing={missing} />
      </footer>
      <Notice />
    </LanguageContext.Provider>
  );
}

/** Where one looks through something, other filters are still the same page. */
const pageOf = ({ path, query }: ReturnType<typeof useRoute>): string => (path === '/' ? `/?category=${query.get('category') ?? ''}` : path);

const searchedFor = ({ path, query }: ReturnType<typeof useRoute>): string => (path === '/search' ? (askedIn(query).q ?? '') : '');

function Page({ route: { path, query }, session, loadStripe, hasSearch }: Omit<Props, 'failure' | 'loaded'> & { route: ReturnType<typeof useRoute> }) {
  const { words } = useLanguage();
  const productId = /^\/products\/([^/]+)\/?$/.exec(path)?.[1];
  const orderId = /^\/orders\/([^/]+)\/?$/.exec(path)?.[1];
  if (path === '/') {
    const category = query.get('category');
    return category ? <Catalogue key={category} category={category} hasSearch={hasSearch} /> : <Home session={session} />;
  }
  if (productId) return <ProductPage key={productId} productId={productId} session={session} />;
  if (path === '/search' && hasSearch) return <Results asked={askedIn(query)} />;
  if (path === '/basket') return <Checkout session={session} loadStripe={loadStripe} />;
  if ((path === '/orders' || orderId) && !session.customer) return <SignInFirst session={session} to={words.shop.yourOrders} />;
  if (path === '/account') return <AccountPage session={session} />;
  if (path === '/orders') return <Orders session={session} />;
  if (orderId) return <OrderPage key={orderId} orderId={orderId} session={session} loadStripe={loadStripe} />;
  if (path.startsWith('/operators/')) {
    return (
      <InEnglish>
        <OperatorsPage path={path} query={query} session={session} hasSearch={hasSearch} />
      </InEnglish>
    );
  }
  return <NoSuchPage />;
}

/** Those who run a shop share their words with its runbooks, which are English. */
function InEnglish({ children }: { children: ComponentChildren }) {
  return (
    <div lang={english.code}>
      <LanguageContext.Provider value={english}>{children}</LanguageContext.Provider>
    </div>
  );
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
  const { shop, search } = useLanguage().words;
  useTitle(shop.noSuchPage);
  return (
    <>
      <h1>{shop.noSuchPage}</h1>
      <p>
        <a href="/">{shop.backToShop}</a>
      </p>
      <h2>{search.orLookAround}</h2>
      <Categories chosen={null} />
    </>
  );
}

function SignInFirst({ session, to }: { session: Session; to: string }) {
  const { shop } = useLanguage().words;
  useTitle(to);
  return (
    <>
      <h1>{to}</h1>
      <p>{shop.signInFirst}</p>
      <button type="button" class="primary" onClick={() => void session.signIn()}>
        {shop.signIn}
      </button>
    </>
  );
}

/** @param searched what was searched for last; without a search there is no field for it */
function Header({ session, searched }: { session: Session; searched?: string }) {
  const { shop } = useLanguage().words;
  const [lines] = basket.use();
  const count = pieces(lines);
  return (
    <header class="top">
      <a class="brand" href="/">
        Market Hall
      </a>
      {searched !== undefined && <SearchBox searched={searched} />}
      <nav aria-label={shop.yourShopping}>
        <a href="/basket">{shop.basketOf(count)}</a>
        {session.customer ? (
          <>
            <a href="/orders">{shop.yourOrders}</a>
            {session.customer.isOperator && <a href="/operators/orders">{shop.operators}</a>}
            <a href="/account">{session.customer.email ?? shop.yourAccount}</a>
            <button type="button" onClick={() => void session.signOut()}>
              {shop.signOut}
            </button>
          </>
        ) : (
          <>
            <button type="button" onClick={() => void session.signUp()}>
              {shop.signUp}
            </button>
            <button type="button" class="primary" onClick={() => void session.signIn()}>
              {shop.signIn}
            </button>
          </>
        )}
      </nav>
    </header>
  );
}
