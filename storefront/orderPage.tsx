import type { Order, OrderWithAction } from '../contracts/order';
import { basket, withQuantity } from './basket';
import { CancelOrder, isBeingCancelled } from './cancellation';
import { record } from './clicks/clicks';
import { ConfirmWithBank } from './confirmWithBank';
import { useOrder } from './orderWatch';
import { State } from './orders';
import { happening, money, news } from './orderWords';
import { RetryNote } from './parts';
import { navigate } from './route';
import type { Session } from './session';
import type { LoadStripe } from './stripe';
import { TotalsTable } from './totals';
import { Wait } from './wait';
import { country, date } from './words';

interface Props {
  orderId: string;
  session: Session;
  loadStripe: LoadStripe;
}

/** One order as it goes on: what it is at, what there is to do, what has happened. */
export function OrderPage({ orderId, session, loadStripe }: Props) {
  const { order, problem, lookAgain } = useOrder(orderId, session);
  return (
    <>
      {!order && <h1>Your order</h1>}
      {problem && <RetryNote problem={problem} session={session} again={lookAgain} />}
      {order ? (
        <OrderView order={order} session={session} loadStripe={loadStripe} lookAgain={lookAgain} />
      ) : (
        !problem && <Wait />
      )}
      <p class="onwards">
        <a href="/orders">All your orders</a>
      </p>
    </>
  );
}

function OrderView({ order, session, loadStripe, lookAgain }: { order: OrderWithAction; lookAgain: () => void } & Omit<Props, 'orderId'>) {
  const cancelling = isBeingCancelled(order);
  const { title, text, again } = news[cancelling ? 'UNDOING' : order.status];
  return (
    <>
      <header aria-live="polite">
        <h1>{title}</h1>
        <p>{cancelling ? 'You have cancelled it. We are sorting out the goods and the money.' : text}</p>
        <p>{money(order)}</p>
      </header>
      {order.action && !cancelling && <ConfirmWithBank orderId={order.orderId} action={order.action} loadStripe={loadStripe} answered={lookAgain} />}
      {again && (
        <p class="onwards">
          <button type="button" class="primary" onClick={() => fillBasket(order)}>
            Order again
          </button>
        </p>
      )}
      <div class="order">
        <section aria-label="The order">
          <Facts order={order} />
          <TotalsTable of={order} caption="What was ordered" />
          <CancelOrder order={order} session={session} decided={lookAgain} />
        </section>
        <section>
          <h2>What has happened</h2>
          <Timeline entries={order.timeline} />
        </section>
      </div>
    </>
  );
}

function Facts({ order: { orderId, createdAt, status, shipment, shippingAddress: to } }: { order: Order }) {
  return (
    <dl class="facts">
      <dt>Order</dt>
      <dd>
        <code>{orderId}</code>
      </dd>
      <dt>Placed</dt>
      <dd>{date(createdAt)}</dd>
      <dt>Status</dt>
      <dd>
        <State of={status} />
      </dd>
      {shipment && (
        <>
          <dt>Tracking number</dt>
          <dd>
            <code>{shipment.trackingNumber}</code>
          </dd>
        </>
      )}
      <dt>Address</dt>
      <dd>
        <address>
          {[to.name, to.line1, to.line2, `${to.postalCode} ${to.city}`, country(to.country)].map((line) => line && <div key={line}>{line}</div>)}
        </address>
      </dd>
    </dl>
  );
}

function Timeline({ entries }: { entries: Order['timeline'] }) {
  return (
    <ol class="timeline">
      {entries.map((entry, index) => {
        const { what, more } = happening(entry, entries.slice(0, index));
        return (
          <li key={index}>
            <time class="faint" dateTime={entry.at}>
              {date(entry.at)}
            </time>
            <div>{what}</div>
            {more && <div class="faint">{more}</div>}
          </li>
        );
      })}
    </ol>
  );
}

/** What of it is still sold can be ordered anew, at today's prices. */
function fillBasket({ lines }: Order): void {
  for (const { productId, quantity } of lines) record({ type: 'AddToCart', productId, quantity });
  basket.write(lines.reduce((filled: ReturnType<typeof basket.read>, { productId, quantity }) => withQuantity(filled, productId, quantity), basket.read()));
  navigate('/basket');
}
