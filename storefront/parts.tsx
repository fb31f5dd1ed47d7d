import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Problem, ProblemDetail } from '../contracts/problem';
import { useAgain, useWhenBack } from './again';
import { Refused } from './api';
import { placeOf, refusal, refusersWords } from './problems';
import type { Session } from './session';
import { Wait } from './wait';
import { ENGLISH_DATA, useLanguage } from './words/language';

export interface Loading<T> {
  data?: T;
  problem?: Problem;
  reload: () => void;
}

/** What `load` answers; it is asked again when `key` changes, on `reload`, and by itself while it fails in passing. What was there stays meanwhile. */
export function useLoaded<T>(key: string, load: () => Promise<T>): Loading<T> {
  const [state, setState] = useState<{ key: string; data?: T; problem?: Problem }>({ key });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    load().then(
      (data) => current && setState({ key, data }),
      (error: unknown) => current && setState({ key, problem: problemOf(error) }),
    );
    return () => {
      current = false;
    };
    // `load` belongs to `key`: a new function for the same key is no reason to ask again.
  }, [key, round]);
  const current: Omit<Loading<T>, 'reload'> = state.key === key ? { data: state.data, problem: state.problem } : {};
  const reload = () => setRound((count) => count + 1);
  useAgain(current.problem, reload);
  useWhenBack(reload);
  return { ...current, reload };
}

/** A product's picture. It says nothing its name does not say, so it has no text of its own. `first` is the one that the page is about. */
export function Picture({ src, width, first = false }: { src: string; width: number; first?: boolean }) {
  return (
    <span class="picture">
      <img src={src} alt="" width={width} height={(width * 3) / 4} loading={first ? 'eager' : 'lazy'} fetchPriority={first ? 'high' : 'auto'} onError={({ currentTarget }) => currentTarget.classList.add('missing')} />
    </span>
  );
}

/** What the shop refused with; anything else is a fault of the page and goes on its way. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  throw error;
}

interface Refusal {
  problem: Problem;
  /** What to say of it to others than shoppers. */
  words?: string;
}

export function ProblemNote({ children, ...refusal }: Refusal & { children?: ComponentChildren }) {
  return (
    <div class="note bad" role="alert">
      <ProblemWords {...refusal} />
      {children}
    </div>
  );
}

export function ProblemWords({ problem, words }: Refusal) {
  const { words: spoken } = useLanguage();
  const plain = words ?? refusal(problem, spoken);
  // What is wrong with an address says nothing that its not being there does not.
  const faults = problem.status === 404 ? [] : (problem.errors ?? []);
  return (
    <>
      <p lang={plain ? undefined : ENGLISH_DATA}>{plain ?? refusersWords(problem)}</p>
      {faults.length > 0 && (
        <ul>
          {faults.map((detail, index) => (
            <Fault key={index} of={detail} />
          ))}
        </ul>
      )}
      {problem.requestId && <p class="faint">{spoken.problems.request(problem.requestId)}</p>}
    </>
  );
}

/** `City: must not be empty`. Which field it is the shop says in its language, what is wrong with it the API in English. */
function Fault({ of: fault }: { of: ProblemDetail }) {
  const place = placeOf(fault, useLanguage().words);
  return (
    <li>
      {place && `${place}: `}
      <span lang={ENGLISH_DATA}>{fault.detail}</span>
    </li>
  );
}

/** What was refused, and what to do then: sign in once the session has ended, else try again. */
export function RetryNote({ problem, words, session, again }: { problem: Problem; words?: string; session: Session; again: () => void }) {
  const { shop } = useLanguage().words;
  const ended = problem.status === 401;
  return (
    <ProblemNote problem={problem} words={words}>
      <Again words={ended ? shop.signInAgain : shop.tryAgain} press={() => (ended ? void session.signIn() : again())} />
    </ProblemNote>
  );
}

/** The button for another try. Where that was good it is gone: whoever had the focus on it goes on where the page begins. */
export function Again({ words, busy = false, press }: { words?: string; busy?: boolean; press: () => void }) {
  const { shop } = useLanguage().words;
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const own = button.current;
    return () => {
      if (own && document.activeElement === own) document.querySelector('main')?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <button ref={button} type="button" aria-disabled={busy} onClick={() => !busy && press()}>
      {busy ? shop.loading : (words ?? shop.tryAgain)}
    </button>
  );
}

interface LoadedProps<T> {
  from: Loading<T>;
  /** Where it takes one. */
  session?: Session;
  /** Keeps the place of what comes. */
  meanwhile?: ComponentChildren;
  children: (data: T) => ComponentChildren;
}

/** Loading, refused (with another try), there. */
export function Loaded<T>({ from, session, meanwhile = <Wait />, children }: LoadedProps<T>) {
  const { data, problem, reload } = from;
  if (problem && session) return <RetryNote problem={problem} session={session} again={reload} />;
  if (problem) {
    return (
      <ProblemNote problem={problem}>
        <Again press={reload} />
      </ProblemNote>
    );
  }
  return <>{data === undefined ? meanwhile : children(data)}</>;
}
