import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { OperatorOrderHit, OperatorOrderHitPage } from '../../../contracts/order-search';
import type { Pages } from '../../pages';
import type { Session } from '../../session';
import { ShowMore } from '../../showMore';
import { counted } from '../numberWords';
import { addressOf, type Asked, isAsked } from './asked';
import { OrderRows, OrderTable } from './orderTable';
import { operatorRefusal } from './refusals';

interface Props {
  pages: Pages<OperatorOrderHitPage>;
  asked: Asked;
  session: Session;
}

/** What was found, newest first. */
export function Found({ pages: found, asked, session }: Props) {
  const { pages, problem, busy } = found;
  const list = useRef<HTMLTableElement>(null);
  const title = isAsked(asked) ? 'What was found' : 'Newest orders';
  const total = pages.at(-1)?.total;
  return (
    <section aria-label={title} aria-busy={busy && !problem}>
      <h2>{title}</h2>
      {total === undefined && busy && (
        <p class="faint" role="status">
          Searching …
        </p>
      )}
      {total !== undefined && (
        <p class="faint" role="status">
          {howMany(total)}
        </p>
      )}
      {total === 0 && <Nothing asked={asked} />}
      {total !== undefined && total > 0 && <Hits list={list} of={pages.flatMap((page) => page.orders)} caption={title} />}
      <ShowMore of={found} list={list} session={session} refusal={problem && operatorRefusal(problem)} />
    </section>
  );
}

/** The search counts up to 10,000. */
const howMany = (total: number): string => (total >= 10_000 ? '10,000 orders or more' : counted(total, 'order'));

function Nothing({ asked }: { asked: Asked }) {
  if (!isAsked(asked)) return <p>Nobody has ordered anything yet.</p>;
  return (
    <p>
      No order is like that. Words have to be whole, but for the beginning of an order’s number. <a href={addressOf({ synthetic: asked.synthetic })}>Show all orders</a>
    </p>
  );
}

function Hits({ of: orders, caption, list }: { of: readonly OperatorOrderHit[]; caption: string; list: RefObject<HTMLTableElement | null> }) {
  return (
    <OrderTable caption={caption} table={list}>
      {orders.map(({ orderId, createdAt, recipient, email, products, status, total, synthetic }) => (
        <OrderRows key={orderId} orderId={orderId} createdAt={createdAt} status={status} total={total}>
          <div>{[recipient, email].filter(Boolean).join(', ')}</div>
          <div class="faint">
            {products.join(', ')}
            {synthetic && ' · synthetic'}
          </div>
        </OrderRows>
      ))}
    </OrderTable>
  );
}
