import { useRef } from 'preact/hooks';
import type { OrderStatus } from '../contracts/order-status';
import { listOrders } from './api';
import { canOrderAgain } from './orderNews';
import { usePages } from './pages';
import { type Session, tokenOf } from './session';
import { ShowMore } from './showMore';
import { useTitle } from './title';
import { Wait } from './wait';
import { useLanguage } from './words/language';

/** The customer's own orders, newest first. */
export function Orders({ session }: { session: Session }) {
  const { words, date, price } = useLanguage();
  useTitle(words.shop.yourOrders);
  const found = usePages('orders', async (cursor) => listOrders(await tokenOf(session), cursor));
  const list = useRef<HTMLUListElement>(null);
  const orders = found.pages.flatMap((page) => page.orders);
  const asked = found.pages.length > 0;
  return (
    <>
      <h1>{words.shop.yourOrders}</h1>
      {!asked && !found.problem && <Wait />}
      {asked && orders.length === 0 && !found.nextCursor && (
        <>
          <p class="faint">{words.orders.nothingOrdered}</p>
          <p>
            <a href="/">{words.basket.lookAround}</a>
          </p>
        </>
      )}
      <ul ref={list} class="orders">
        {orders.map(({ orderId, createdAt, itemCount, total, status }) => (
          <li key={orderId}>
            <a href={`/orders/${orderId}`}>{date(createdAt)}</a>
            <span>
              {words.orders.items(itemCount)}, {price(total)}
            </span>
            <State of={status} />
          </li>
        ))}
      </ul>
      <ShowMore of={found} list={list} session={session} />
    </>
  );
}

/** A status, in the colour of good, bad, due or past. `words` are for others than its customer. */
export function State({ of: status, words }: { of: OrderStatus; words?: Record<OrderStatus, string> }) {
  const { words: spoken } = useLanguage();
  return <strong class={look(status)}>{(words ?? spoken.status)[status]}</strong>;
}

function look(status: OrderStatus): string {
  if (status === 'ACTION_REQUIRED') return 'scarce';
  if (status === 'UNDOING' || status === 'CANCELLED' || status === 'REFUNDED') return 'faint';
  return canOrderAgain(status) ? 'state bad' : 'state';
}
