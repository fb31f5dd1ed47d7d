import type { OperatorOrder } from '../../../contracts/operations';
import type { Undoing } from '../../../contracts/order-record';
import { date } from '../english';
import { actWords, byWords, exactTime, goodsWords, happenedWords, needs, statusWords } from './operatorWords';
import { dueMails, mailCalled } from './possible';

/** Why a person has to look at the order, and what they do then. */
export function Concerns({ order: { concerns } }: { order: OperatorOrder }) {
  if (concerns.length === 0) return null;
  return (
    <section class="note bad" aria-label="Waits for a person">
      {concerns.map(({ kind, at, detail }, index) => (
        <div key={index}>
          <p>
            <strong>{needs[kind].what}</strong> <span class="faint">since {date(at)}</span>
          </p>
          <p>{detail}</p>
          <p>{needs[kind].toDo}</p>
        </div>
      ))}
    </section>
  );
}

export function Timeline({ order }: { order: OperatorOrder }) {
  return (
    <ol class="timeline">
      {order.timeline.map(({ at, event, detail }, index) => (
        <li key={index}>
          <time class="faint" dateTime={at}>
            {exactTime(at)}
          </time>
          <div>{happenedWords[event]}</div>
          {detail && <div class="faint">{event === 'MAIL_SENT' || event === 'MAIL_DELIVERED' ? mailCalled(detail, order) : detail}</div>}
        </li>
      ))}
    </ol>
  );
}

/** What operators did to the order, and why. */
export function ActsDone({ order, me }: { order: OperatorOrder; me: string | undefined }) {
  if (order.acts.length === 0) return null;
  return (
    <>
      <h2>What operators did</h2>
      <ol class="timeline">
        {order.acts.map(({ at, by, act, why, subject }, index) => (
          <li key={index}>
            <time class="faint" dateTime={at}>
              {exactTime(at)}
            </time>
            <div>
              {actWords[act]}
              {act === 'RESEND_MAIL' && subject && `: ${mailCalled(subject, order) ?? subject}`}, by {byWords(by, me, order)}
            </div>
            <div class="faint">{why}</div>
          </li>
        ))}
      </ol>
    </>
  );
}

/** What is being undone, was, or is to be. */
export function Undoings({ order, me }: { order: OperatorOrder; me: string | undefined }) {
  const { cancellation, undoing, undone } = order;
  if (!cancellation && !undoing && undone.length === 0) return null;
  return (
    <>
      <h2>What was undone</h2>
      <ul class="undoings">
        {cancellation && !undoing && (
          <li>
            The customer has cancelled; the order stops at its next step. <span class="faint">{date(cancellation.requestedAt)}</span>
          </li>
        )}
        {undone.map((one) => (
          <OneUndoing key={one.undoingId} undoing={one} order={order} me={me} />
        ))}
        {undoing && <OneUndoing undoing={undoing} order={order} me={me} underWay />}
      </ul>
    </>
  );
}

function OneUndoing({ undoing: { reason, detail, by, requestedAt, lines, goods }, order, me, underWay = false }: { undoing: Undoing; order: OperatorOrder; me: string | undefined; underWay?: boolean }) {
  const nameOf = (productId: string) => order.lines.find((line) => line.productId === productId)?.name ?? productId;
  return (
    <li>
      <strong>{statusWords[reason]}</strong>
      {underWay && ', under way'}, asked for by {byWords(by, me, order)} <span class="faint">{date(requestedAt)}</span>
      {detail && <div>{detail}</div>}
      <div class="faint">
        {lines.map(({ productId, quantity }) => `${quantity} × ${nameOf(productId)}`).join(', ')}. {goodsWords[goods]}.
      </div>
    </li>
  );
}

/** The mails that the order has had reason for, and whether they came out and arrived. */
export function Mails({ order }: { order: OperatorOrder }) {
  const mails = dueMails(order);
  if (mails.length === 0) return null;
  const when = (event: 'MAIL_SENT' | 'MAIL_DELIVERED', name: string) => order.timeline.find((entry) => entry.event === event && entry.detail === name)?.at;
  return (
    <>
      <h2>Mails</h2>
      <table class="wide lined">
        <caption class="visually-hidden">Mails to the customer</caption>
        <thead>
          <tr>
            <th scope="col">Mail</th>
            <th scope="col">Sent</th>
            <th scope="col">Delivered</th>
          </tr>
        </thead>
        <tbody>
          {mails.map(({ name, words }) => (
            <tr key={name}>
              <th scope="row">{words}</th>
              <td>{whenWords(when('MAIL_SENT', name), 'Not yet')}</td>
              <td>{whenWords(when('MAIL_DELIVERED', name), 'Not known')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const whenWords = (at: string | undefined, otherwise: string) => (at ? date(at) : <span class="faint">{otherwise}</span>);
