import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Recommended } from '../recommendations/recommended';
import { usePopular, useRecommendations } from '../recommendations/useRecommendations';
import type { Session } from '../session';
import { useLanguage } from '../words/language';
import { type RowName, rowsOf } from './rows';

/** For how long the page may wait for what is recommended: the shop's own time limit for it, in milliseconds. */
const PATIENCE = 300;
const ORDER: readonly RowName[] = ['forYou', 'popular'];

interface Props {
  session: Session;
  /** Products that are shown beside the rows. */
  elsewhere: readonly string[];
  /** Whether what stands between has its height: before, nothing can stand below it without being moved. */
  settled: boolean;
  /** Told whether to wait. */
  children: (wait: boolean) => ComponentChildren;
}

/**
 * What is recommended stands above everything else. What comes too late for that stands below it, since nothing that is
 * already there shall move away from under somebody's finger.
 */
export function RecommendedRows({ session, elsewhere, settled, children }: Props) {
  const { words } = useLanguage();
  const answers = { forYou: useRecommendations(session), popular: usePopular() };
  const [late, setLate] = useState(false);
  const above = useRef<readonly RowName[]>(undefined);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  const answered = answers.forYou !== undefined && answers.popular !== undefined;
  if (above.current === undefined && (late || answered)) above.current = rowsOf(ORDER, answers, elsewhere).map(({ name }) => name);
  const first = above.current ?? [];
  const rows = rowsOf([...first, ...ORDER.filter((name) => !first.includes(name))], answers, elsewhere);
  const show = (isAbove: boolean) =>
    rows.filter(({ name }) => first.includes(name) === isAbove).map(({ name, of }) => <Recommended key={name} title={words.home[name]} of={of} />);
  return (
    <>
      {above.current && show(true)}
      {children(above.current === undefined)}
      {above.current && settled && show(false)}
    </>
  );
}
