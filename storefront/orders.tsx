import type { Order } from '../contracts/order';
import { getOrder, listOrders, Refused } from './api';
import { Loaded, useLoaded } from './parts';
import type { Session } from './session';
import { TotalsTable } from './totals';
import { country, date, orderStatus, price } from './words';

async function tokenOf(session: Session): Promise<string> {
  const token = await session.accessToken();
  if (!token) throw new Refused({ type: 'about:blank', title: 'Sign in first', status: 401 });
  return token;
}

/** The customer's own orders, newest first. */
export function Orders({ session }: { session: Session }) {
  const orders = useLoaded('orders', async () => listOrders(await tokenOf(session)));
  return (
    <>
      <h1>Your orders</h1>
      <Loaded from={orders}>
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
                  <span class="state">{orderStatus[status]}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}

export function OrderPage({ orderId, session }: { orderId: string; session: Session }) {
  const order = useLoaded(orderId, async () => getOrder(orderId, await tokenOf(session)));
  return <Loaded from={order}>{(found) => <OrderView order={found} />}</Loaded>;
}

function OrderView({ order }: { order: Order }) {
  const { shippingAddress: to } = order;
  return (
    <>
      <h1>{order.status === 'ACCEPTED' ? 'Thank you, we have your order' : 'Your order'}</h1>
      <p>
        Order <code>{order.orderId}</code> · {date(order.createdAt)} · <strong class="state">{orderStatus[order.status]}</strong>
      </p>
      <TotalsTable of={order} caption="What was ordered" />
      <h2>It goes to</h2>
      <address>
        {[to.name, to.line1, to.line2, `${to.postalCode} ${to.city}`, country(to.country)].map((line) => line && <div key={line}>{line}</div>)}
      </address>
      <p>
        <a href="/orders">All your orders</a>
      </p>
    </>
  );
}
