import { useEffect, useState } from 'preact/hooks';
import type { Order } from '../contracts/order';
import type { Problem } from '../contracts/problem';
import { Refused } from './api';
import { basket } from './basket';
import { record } from './clicks/clicks';
import { draft } from './draft';
import { problemOf, RetryNote } from './parts';
import { isFinal, justOrdered, place, type Placement } from './placement';
import { navigate } from './route';
import type { Session } from './session';
import { useTitle } from './title';
import { useLanguage } from './words/language';

interface Props {
  intention: Placement;
  session: Session;
  /** Told when the shop has said no for good; the intention is then closed. */
  refused: (problem: Problem) => void;
}

/** Sends the intention to buy, again after a reload or a lost answer, until the shop has answered it. */
export function PlacingOrder({ intention, session, refused }: Props) {
  const { words } = useLanguage();
  useTitle(words.placing.title);
  const [problem, setProblem] = useState<Problem>();
  const send = async () => {
    setProblem(undefined);
    try {
      const order = await place(intention, session);
      basket.write([]);
      draft.write({ address: draft.read().address });
      justOrdered.write(order.orderId);
      recordPurchase(order);
      navigate(`/orders/${order.orderId}`, { replace: true });
    } catch (error) {
      if (error instanceof Refused && isFinal(error)) {
        draft.write({ address: draft.read().address });
        refused(error.problem);
      } else {
        setProblem(problemOf(error));
      }
    }
  };
  useEffect(() => void send(), [intention.key]);
  return (
    <>
      <h1>{words.placing.title}</h1>
      {problem ? (
        <RetryNote problem={problem} session={session} again={() => void send()} />
      ) : (
        <p class="faint" role="status">
          {words.placing.oneMoment}
        </p>
      )}
    </>
  );
}

/** One event a line: what is bought together has its order in common. */
function recordPurchase({ orderId, lines }: Order): void {
  for (const { productId, quantity, unitPrice } of lines) record({ type: 'Purchase', orderId, productId, quantity, price: unitPrice });
}
