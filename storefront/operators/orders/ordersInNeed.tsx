import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { AttentionPage, OrderInNeed } from '../../../contracts/operations';
import type { Pages } from '../../pages';
import type { Session } from '../../session';
import { ShowMore } from '../../showMore';
import { date } from '../english';
import { needs } from './operatorWords';
import { OrderRows, OrderTable } from './orderTable';
import { operatorRefusal } from './refusals';

/** Orders that wait for a person, the oldest first. */
export function OrdersInNeed({ pages: found, session }: { pages: Pages<AttentionPage>; session: Session }) {
  const { pages, problem, busy, nextCursor } = found;
  const list = useRef<HTMLTableElement>(null);
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
      {orders.length > 0 && <Table list={list} of={orders} />}
      <ShowMore of={found} list={list} session={session} words="Show more that wait" refusal={problem && operatorRefusal(problem)} />
    </section>
  );
}

function Table({ of: orders, list }: { of: readonly OrderInNeed[]; list: RefObject<HTMLTableElement | null> }) {
  return (
    <OrderTable table={list} caption="Orders that wait for a person, the oldest first">
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
