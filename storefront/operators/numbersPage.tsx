import { useMemo, useState } from 'preact/hooks';
import { navigate } from '../route';
import type { Session } from '../session';
import { useTitle } from '../title';
import { date } from './english';
import { SearchesWithoutResults, TopProducts } from './lists';
import { addressOf, type Chosen, chosenIn, lookAt, PERIODS, periodWords } from './look';
import { OperatorsNavigation } from './navigation';
import './numbers.css';
import { Orders, Revenue } from './overTime';
import { isBarred, RefusedPage } from './refusedPage';
import { ReportPart } from './reportPart';
import { useReport } from './useReport';
import { Conversion, Funnel, Visitors } from './visits';

export interface NumbersProps {
  session: Session;
  query: URLSearchParams;
}

/** The numbers of the day. They are asked for once a look, since each look wakes Redshift, which costs. */
export function NumbersPage({ session, query }: NumbersProps) {
  useTitle('The numbers');
  const chosen = chosenIn(query);
  const [round, setRound] = useState(0);
  const look = useMemo(() => lookAt(chosen, new Date()), [addressOf(chosen), round]);
  const visitors = useReport('live-visitors', look, session);
  const conversion = useReport('conversion', look, session);
  const revenue = useReport('revenue', look, session);
  const orders = useReport('orders', look, session);
  const funnel = useReport('funnel', look, session);
  const products = useReport('top-products', look, session);
  const searches = useReport('searches-without-results', look, session);
  const lookAgain = () => setRound((count) => count + 1);

  // Who may not see one of them may see none.
  const refused = [visitors, conversion, revenue, orders, funnel, products, searches].map(({ problem }) => problem).find(isBarred);
  if (refused) return <RefusedPage title="The numbers" problem={refused} session={session} again={lookAgain} />;
  return (
    <>
      <OperatorsNavigation here="Numbers" />
      <h1>The numbers</h1>
      <Choice chosen={chosen} />
      <div class="as-of">
        <p>
          As of {date(look.until.toISOString())}, from {date(look.since.toISOString())} on. <span class="faint">What has not reached Redshift by then is missing. Times are those of {zone()}.</span>
        </p>
        <button type="button" onClick={lookAgain}>
          Ask again
        </button>
      </div>
      <div class="reports">
        <ReportPart title="Visitors now" counted="visitors" from={visitors} session={session}>
          {(rows) => <Visitors rows={rows} />}
        </ReportPart>
        <ReportPart title="Conversion" counted="sessions" from={conversion} session={session}>
          {(rows) => <Conversion rows={rows} />}
        </ReportPart>
        <ReportPart title="Revenue" counted="the revenue" from={revenue} session={session}>
          {(rows) => <Revenue rows={rows} look={look} />}
        </ReportPart>
        <ReportPart title="Orders" counted="orders" from={orders} session={session}>
          {(rows) => <Orders rows={rows} look={look} />}
        </ReportPart>
        <ReportPart title="From a look to an order" counted="how far sessions came" from={funnel} session={session}>
          {(rows) => <Funnel rows={rows} />}
        </ReportPart>
        <ReportPart title="Top products" counted="what was sold" from={products} session={session}>
          {(rows) => <TopProducts rows={rows} />}
        </ReportPart>
        <ReportPart title="Searches without results" counted="searches" from={searches} session={session}>
          {(rows) => <SearchesWithoutResults rows={rows} />}
        </ReportPart>
      </div>
    </>
  );
}

const zone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

function Choice({ chosen }: { chosen: Chosen }) {
  return (
    <div class="choice">
      <nav class="categories" aria-label="Time">
        <ul>
          {PERIODS.map((period) => (
            <li key={period}>
              <a href={addressOf({ ...chosen, period })} aria-current={period === chosen.period ? 'page' : undefined}>
                {periodWords[period]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <label>
        <input type="checkbox" checked={chosen.synthetic === 'include'} onChange={({ currentTarget: { checked } }) => navigate(addressOf({ ...chosen, synthetic: checked ? 'include' : 'exclude' }))} /> Count synthetic shoppers as well
      </label>
    </div>
  );
}
