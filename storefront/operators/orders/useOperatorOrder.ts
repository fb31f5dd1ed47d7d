import { useEffect, useRef, useState } from 'preact/hooks';
import type { OperatorOrderWithExecutions } from '../../../contracts/operations';
import type { Problem } from '../../../contracts/problem';
import { pauseAfterFailure } from '../../orderWatch';
import { problemOf } from '../../parts';
import { type Session, tokenOf } from '../../session';
import { watch, type Watch } from '../../watch';
import { showOrder } from './operatorsApi';
import { type Awaited, pauseAfter, stillAwaited } from './pauses';

interface Seen {
  readonly order?: OperatorOrderWithExecutions;
  /** When it was like this. */
  readonly at?: Date;
  /** What the last look failed with; the order is then as it was before. */
  readonly problem?: Problem;
  /** What an act sets going has not shown yet. */
  readonly awaiting?: boolean;
}

export interface WatchedOrder extends Seen {
  lookAgain(this: void): void;
  /** Looks until what this act sets going shows. */
  lookUntilShown(this: void, act: Awaited['act'], before: Awaited['before']): void;
}

/** An order as it is now, for as long as something happens with it by itself or by what an operator has done. */
export function useOperatorOrder(orderId: string, session: Session): WatchedOrder {
  const [seen, setSeen] = useState<Seen>({});
  const watching = useRef<Watch>(null);
  const awaited = useRef<Awaited | undefined>(undefined);
  useEffect(() => {
    let failures = 0;
    const look = async () => {
      try {
        const order = await showOrder(orderId, await tokenOf(session));
        failures = 0;
        awaited.current = stillAwaited(awaited.current, order);
        setSeen({ order, at: new Date(), awaiting: awaited.current !== undefined });
        return pauseAfter(order, awaited.current);
      } catch (error) {
        const problem = problemOf(error);
        failures++;
        setSeen((before) => ({ ...before, problem }));
        return pauseAfterFailure(problem, failures);
      }
    };
    watching.current = watch(look);
    return () => watching.current?.stop();
  }, [orderId]);
  return {
    ...seen,
    lookAgain: () => watching.current?.now(),
    lookUntilShown: (act, before) => {
      awaited.current = { act, before, looks: 0 };
      setSeen((now) => ({ ...now, awaiting: true }));
      watching.current?.now();
    },
  };
}
