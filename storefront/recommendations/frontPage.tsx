import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Session } from '../session';
import { Recommended } from './recommended';
import { useRecommendations } from './useRecommendations';

/** For how long the shop window may wait for what is recommended: the shop's own time limit for it, in milliseconds. */
const PATIENCE = 300;

/**
 * What is recommended stands above the shop window. What comes too late for that stands below it, since nothing that
 * is already there shall move away from under somebody's finger. `children` is told whether to wait.
 */
export function WithRecommended({ session, children }: { session: Session; children: (wait: boolean) => ComponentChildren }) {
  const recommended = useRecommendations(session);
  const [late, setLate] = useState(false);
  const above = useRef<boolean>(undefined);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  if (above.current === undefined && (late || recommended !== undefined)) above.current = !late;
  return (
    <>
      {above.current === true && <Recommended of={recommended} />}
      {children(above.current === undefined)}
      {above.current === false && <Recommended of={recommended} />}
    </>
  );
}
