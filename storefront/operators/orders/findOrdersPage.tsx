import { navigate } from '../../route';
import { usePages } from '../../pages';
import { type Session, tokenOf } from '../../session';
import { useTitle } from '../../title';
import { OperatorsNavigation } from '../navigation';
import { isBarred, RefusedPage } from '../refusedPage';
import { addressOf, askedIn, isAsked } from './asked';
import { Found } from './found';
import './orders.css';
import { OrdersInNeed } from './ordersInNeed';
import { listAttention, searchOrders } from './operatorsApi';
import { SearchForm } from './searchForm';

export interface FindOrdersProps {
  session: Session;
  query: URLSearchParams;
  /** Without one, orders are found by their number, and by what waits for a person. */
  hasSearch: boolean;
}

/** Everybody's orders: what waits for a person first, then the newest or what is looked for. */
export function FindOrdersPage({ session, query, hasSearch }: FindOrdersProps) {
  useTitle('Orders');
  const asked = askedIn(query);
  const inNeed = usePages('attention', async (cursor) => listAttention(await tokenOf(session), cursor));
  const found = usePages(hasSearch ? addressOf(asked) : undefined, async (cursor) => searchOrders(asked, await tokenOf(session), cursor));
  const barred = [inNeed, found].map(({ problem }) => problem).find(isBarred);
  const lookAgain = () => {
    inNeed.again();
    found.again();
  };
  if (barred) return <RefusedPage title="Orders" problem={barred} session={session} again={lookAgain} />;
  return (
    <>
      <OperatorsNavigation here="Orders" />
      <div class="as-of">
        <h1>Orders</h1>
        <button type="button" onClick={lookAgain}>
          Look again
        </button>
      </div>
      <SearchForm asked={asked} hasSearch={hasSearch} go={navigate} />
      {!isAsked(asked) && <OrdersInNeed pages={inNeed} session={session} />}
      {hasSearch ? <Found pages={found} asked={asked} session={session} /> : <p class="faint">This environment has no search: an order is opened by its whole number.</p>}
    </>
  );
}
