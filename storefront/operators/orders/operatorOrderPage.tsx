import { useEffect, useRef, useState } from 'preact/hooks';
import type { OperatorOrderWithExecutions } from '../../../contracts/operations';
import { State } from '../../orders';
import { RetryNote } from '../../parts';
import type { Session } from '../../session';
import { useTitle } from '../../title';
import { TotalsTable } from '../../totals';
import { date } from '../english';
import { OperatorsNavigation } from '../navigation';
import { isBarred, RefusedPage } from '../refusedPage';
import { Acts } from './acts';
import { Executions } from './executions';
import { Facts } from './facts';
import { ActsDone, Concerns, Mails, Timeline, Undoings } from './history';
import { statusWords } from './operatorWords';
import './orders.css';
import { operatorRefusal } from './refusals';
import { useOperatorOrder, type WatchedOrder } from './useOperatorOrder';

export interface OperatorOrderProps {
  orderId: string;
  session: Session;
}

/** One order for operators: what it is at, what they can do, and what was done and tried. */
export function OperatorOrderPage({ orderId, session }: OperatorOrderProps) {
  const watched = useOperatorOrder(orderId, session);
  const { order, problem, lookAgain } = watched;
  const title = order ? `Order for ${order.shippingAddress.name}` : 'An order';
  useTitle(order || problem ? title : undefined);
  if (isBarred(problem) && !order) return <RefusedPage title="An order" problem={problem} session={session} again={lookAgain} />;
  return (
    <>
      <OperatorsNavigation here="Orders" />
      {!order && <h1>{title}</h1>}
      {problem && <RetryNote problem={problem} words={operatorRefusal(problem)} session={session} again={lookAgain} />}
      {!order && !problem && (
        <p class="faint" role="status">
          Loading …
        </p>
      )}
      {order && <OrderView order={order} watched={watched} session={session} />}
      <p class="onwards">
        <a href="/operators/orders">All orders</a>
      </p>
    </>
  );
}

function OrderView({ order, watched, session }: { order: OperatorOrderWithExecutions; watched: WatchedOrder; session: Session }) {
  const [taken, setTaken] = useState<string>();
  return (
    <>
      <h1>Order for {order.shippingAddress.name}</h1>
      <div class="as-of">
        <p>
          <State of={order.status} words={statusWords} />
          {order.synthetic && ' · of a synthetic shopper'}
          {watched.at && <span class="faint"> · as of {date(watched.at.toISOString())}</span>}
        </p>
        <button type="button" onClick={watched.lookAgain}>
          Look again
        </button>
      </div>
      {taken && <Taken words={taken} awaiting={watched.awaiting ?? false} />}
      <Concerns order={order} />
      <Acts
        order={order}
        session={session}
        refused={watched.lookAgain}
        taken={(act, before, words) => {
          setTaken(words);
          watched.lookUntilShown(act, before);
        }}
      />
      <div class="order">
        <section aria-label="The order">
          <Facts order={order} />
          <TotalsTable of={order} caption="What was ordered" />
          <Undoings order={order} me={session.customer?.id} />
          <Mails order={order} />
        </section>
        <section aria-label="What has happened">
          <h2>What has happened</h2>
          <Timeline order={order} />
          <ActsDone order={order} me={session.customer?.id} />
        </section>
      </div>
      <Executions of={order.executions} />
    </>
  );
}

/** What came of an act. It takes the focus, since the button that acted may be gone. */
function Taken({ words, awaiting }: { words: string; awaiting: boolean }) {
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => note.current?.focus(), [words]);
  return (
    <div ref={note} class="note" role="status" tabIndex={-1}>
      <p>{words}</p>
      {awaiting && <p class="faint">Looking until it shows here …</p>}
    </div>
  );
}
