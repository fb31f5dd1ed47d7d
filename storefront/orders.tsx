import type { OrderStatus } from '../contracts/order-status';
import { listOrders } from './api';
import { news, orderStatus } from './orderWords';
import { Loaded, useLoaded } from './parts';
import { type Session, tokenOf } from './session';
import { date, price } from './words';

/** The customer's own orders, newest first. */
export function Orders({ session }: { session: Session }) {
  const orders = useLoaded('orders', async () => listOrders(await tokenOf(session)));
  return (
    <>
      <h1>Your orders</h1>
      <Loaded from={orders} session={session}>
        {(page) =>
          page.orders.length === 0 ? (
            <p class="faint">You have not ordered anything yet.</p>
          ) : (
            <ul class="orders">
              {page.orders.map(({ orderId, createdAt, itemCount, total, status }) => (
                <li key={orderId}>
                  <a href={`/orders/${orderId}`}>{date(createdAt)}</a>
                  <span>
                    {itemCount} {itemCount === 1 ? 'item' : 'items'}, {price(total)}
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
export function State({ of: status, words = orderStatus }: { of: OrderStatus; words?: Record<OrderStatus, string> }) {
  return <strong class={look(status)}>{words[status]}</strong>;
}

function look(status: OrderStatus): string {
  if (status === 'ACTION_REQUIRED') return 'scarce';
  if (status === 'UNDOING' || status === 'CANCELLED' || status === 'REFUNDED') return 'faint';
  return news[status].again ? 'state bad' : 'state';
}
