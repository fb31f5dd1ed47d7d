import type { OrderStatus } from '../contracts/order-status';
import { listOrders } from './api';
import { canOrderAgain } from './orderNews';
import { Loaded, useLoaded } from './parts';
import { type Session, tokenOf } from './session';
import { useTitle } from './title';
import { useLanguage } from './words/language';

/** The customer's own orders, newest first. */
export function Orders({ session }: { session: Session }) {
  const { words, date, price } = useLanguage();
  useTitle(words.shop.yourOrders);
  const orders = useLoaded('orders', async () => listOrders(await tokenOf(session)));
  return (
    <>
      <h1>{words.shop.yourOrders}</h1>
      <Loaded from={orders} session={session}>
        {(page) =>
          page.orders.length === 0 ? (
            <p class="faint">{words.orders.nothingOrdered}</p>
          ) : (
            <ul class="orders">
              {page.orders.map(({ orderId, createdAt, itemCount, total, status }) => (
                <li key={orderId}>
                  <a href={`/orders/${orderId}`}>{date(createdAt)}</a>
                  <span>
                    {words.orders.items(itemCount)}, {price(total)}
                  </span>
                  <State of={status} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
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
