import { useEffect, useRef, useState } from 'preact/hooks';
import type { Order, OrderWithAction } from '../contracts/order';
import { isSettled, isWorkedOn } from '../contracts/order-status';
import type { Problem } from '../contracts/problem';
import { getOrder } from './api';
import { problemOf } from './parts';
import { type Session, tokenOf } from './session';
import { watch, type Watch } from './watch';

const SOON = 1_000;
const LATER = 15_000;
const LONGEST = 30_000;

/** Milliseconds until an order is worth another look; undefined once nothing more happens by itself. */
export function pauseAfter({ status }: Pick<Order, 'status'>): number | undefined {
  if (isSettled(status)) return undefined;
  return isWorkedOn(status) || status === 'UNDOING' ? SOON : LATER;
}

/** The same after `failures` failures in a row; undefined where asking again would not help. */
export function pauseAfterFailure({ status, retryAfter }: Pick<Problem, 'status'> & { readonly retryAfter?: unknown }, failures: number): number | undefined {
  const passes = status === 0 || status === 408 || status === 429 || status >= 500;
  const asked = typeof retryAfter === 'number' ? retryAfter * 1_000 : 0;
  return passes ? Math.max(asked, Math.min(LONGEST, SOON * 2 ** failures)) : undefined;
}

interface Seen {
  readonly order?: OrderWithAction;
  /** What the last look failed with; the order is then as it was before. */
  readonly problem?: Problem;
}

/** An order as it is now, for as long as something happens with it. */
export function useOrder(orderId: string, session: Session): Seen & { lookAgain: () => void } {
  const [seen, setSeen] = useState<Seen>({});
  const watching = useRef<Watch>(null);
  useEffect(() => {
    let failures = 0;
    const look = async () => {
      try {
        const order = await getOrder(orderId, await tokenOf(session));
        failures = 0;
        setSeen({ order });
        return pauseAfter(order);
      } catch (error) {
        const problem = problemOf(error);
        failures++;
        setSeen(({ order }) => ({ order, problem }));
        return pauseAfterFailure(problem, failures);
      }
    };
    watching.current = watch(look);
    return () => watching.current?.stop();
  }, [orderId]);
  return { ...seen, lookAgain: () => watching.current?.now() };
}
