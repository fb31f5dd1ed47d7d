import type { AttentionPage, OrderInNeed } from '../../../contracts/operations';
import { RetryNote } from '../../parts';
import type { Session } from '../../session';
import { date } from '../english';
import { needs } from './operatorWords';
import { OrderRows, OrderTable } from './orderTable';
import { operatorRefusal } from './refusals';
import type { Pages } from './usePages';

/** Orders that wait for a person, the oldest first. */
export function OrdersInNeed({ pages: { pages, problem, busy, nextCursor, more }, session }: { pages: Pages<AttentionPage>; session: Session }) {
  const orders = pages.flatMap((page) => page.orders);
  return (
    <section aria-label="What waits for a person" aria-busy={busy && !problem}>
      <h2>What waits for a person</h2>
      {pages.length === 0 && busy && (
        <p class="faint" role="status">
          Loading …
        </p>
      )}
      {pages.length > 0 && orders.length === 0 && !nextCursor && <p class="faint">Nothing does.</p>}
      {orders.length > 0 && <Table of={orders} />}
      {problem && <RetryNote problem={problem} words={operatorRefusal(problem)} session={session} again={more} />}
      {!problem && nextCursor && (
        <button type="button" class="more" disabled={busy} onClick={more}>
          Show more that wait
        </button>
      )}
    </section>
  );
}

function Table({ of: orders }: { of: readonly OrderInNeed[] }) {
  return (
    <OrderTable caption="Orders that wait for a person, the oldest first">
      {orders.map(({ orderId, createdAt, status, total, synthetic, concerns }) => (
        <OrderRows key={orderId} orderId={orderId} createdAt={createdAt} status={status} total={total}>
          {concerns.map(({ kind, at, detail }, index) => (
            <div key={index}>
              <span class="state bad">{needs[kind].what}</span> <span class="faint">since {date(at)}</span>
              <div class="faint">{detail}</div>
            </div>
          ))}
          {synthetic && <div class="faint">Of a synthetic shopper</div>}
        </OrderRows>
      ))}
    </OrderTable>
  );
}
