import type { Order, OrderWithAction } from '../contracts/order';
import { basket, withQuantity } from './basket';
import { CancelOrder, isBeingCancelled } from './cancellation';
import { record } from './clicks/clicks';
import { ConfirmWithBank } from './confirmWithBank';
import { useOrder } from './orderWatch';
import { State } from './orders';
import { canOrderAgain, happening, money } from './orderNews';
import { RetryNote } from './parts';
import { navigate } from './route';
import type { Session } from './session';
import type { LoadStripe } from './stripe';
import { TotalsTable } from './totals';
import { useTitle } from './title';
import { Wait } from './wait';
import type { Words } from './words/english';
import { ENGLISH_DATA, useLanguage } from './words/language';

interface Props {
  orderId: string;
  session: Session;
  loadStripe: LoadStripe;
}

/** One order as it goes on: what it is at, what there is to do, what has happened. */
export function OrderPage({ orderId, session, loadStripe }: Props) {
  const { words } = useLanguage();
  const { order, problem, lookAgain } = useOrder(orderId, session);
  useTitle(order ? newsOf(order, words).title : problem && words.order.yourOrder);
  return (
    <>
      {!order && <h1>{words.order.yourOrder}</h1>}
      {problem && <RetryNote problem={problem} session={session} again={lookAgain} />}
      {order ? (
        <OrderView order={order} session={session} loadStripe={loadStripe} lookAgain={lookAgain} />
      ) : (
        !problem && <Wait />
      )}
      <p class="onwards">
        <a href="/orders">{words.order.all}</a>
      </p>
    </>
  );
}

function OrderView({ order, session, loadStripe, lookAgain }: { order: OrderWithAction; lookAgain: () => void } & Omit<Props, 'orderId'>) {
  const language = useLanguage();
  const { words } = language;
  const { title, text } = newsOf(order, words);
  return (
    <>
      <header aria-live="polite">
        <h1>{title}</h1>
        <p>{text}</p>
        <p>{money(order, language)}</p>
      </header>
      {order.action && !isBeingCancelled(order) && <ConfirmWithBank orderId={order.orderId} action={order.action} loadStripe={loadStripe} answered={lookAgain} />}
      {canOrderAgain(order.status) && !isBeingCancelled(order) && (
        <p class="onwards">
          <button type="button" class="primary" onClick={() => fillBasket(order)}>
            {words.order.again}
          </button>
        </p>
      )}
      <div class="order">
        <section aria-label={words.order.theOrder}>
          <Facts order={order} />
          <TotalsTable of={order} caption={words.order.whatWasOrdered} />
          <CancelOrder order={order} session={session} decided={lookAgain} />
        </section>
        <section>
          <h2>{words.order.whatHasHappened}</h2>
          <Timeline entries={order.timeline} />
        </section>
      </div>
    </>
  );
}

/** What there is to say of an order as it stands; of one whose cancellation is under way, that. */
function newsOf(order: Order, { news, order: { cancelling } }: Words): Words['news'][Order['status']] {
  return isBeingCancelled(order) ? { title: news.UNDOING.title, text: cancelling } : news[order.status];
}

function Facts({ order: { orderId, createdAt, status, shipment, shippingAddress: to } }: { order: Order }) {
  const { words, date, country } = useLanguage();
  return (
    <dl class="facts">
      <dt>{words.order.order}</dt>
      <dd>
        <code>{orderId}</code>
      </dd>
      <dt>{words.order.placed}</dt>
      <dd>{date(createdAt)}</dd>
      <dt>{words.order.status}</dt>
      <dd>
        <State of={status} />
      </dd>
      {shipment && (
        <>
          <dt>{words.order.trackingNumber}</dt>
          <dd>
            <code>{shipment.trackingNumber}</code>
          </dd>
        </>
      )}
      <dt>{words.order.address}</dt>
      <dd>
        <address>
          {[to.name, to.line1, to.line2, `${to.postalCode} ${to.city}`, country(to.country)].map((line) => line && <div key={line}>{line}</div>)}
        </address>
      </dd>
    </dl>
  );
}

function Timeline({ entries }: { entries: Order['timeline'] }) {
  const { words, date } = useLanguage();
  return (
    <ol class="timeline">
      {entries.map((entry, index) => {
        const { what, more } = happening(entry, entries.slice(0, index), words);
        return (
          <li key={index}>
            <time class="faint" dateTime={entry.at}>
              {date(entry.at)}
            </time>
            <div>{what}</div>
            {more && (
              <div class="faint" lang={languageOfDetail(entry)}>
                {more}
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** The shop's functions write English; what a customer gave as a reason is in whatever language they speak. */
const languageOfDetail = ({ event }: Order['timeline'][number]): string | undefined => (event === 'CANCELLATION_REQUESTED' ? undefined : ENGLISH_DATA);

/** What of it is still sold can be ordered anew, at today's prices. */
function fillBasket({ lines }: Order): void {
  for (const { productId, quantity } of lines) record({ type: 'AddToCart', productId, quantity });
  basket.write(lines.reduce((filled: ReturnType<typeof basket.read>, { productId, quantity, name }) => withQuantity(filled, productId, quantity, { name }), basket.read()));
  navigate('/basket');
}
