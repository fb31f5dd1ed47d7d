import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Page, Pages } from './pages';
import { ProblemWords } from './parts';
import type { Session } from './session';
import { useLanguage } from './words/language';

interface Props {
  of: Pick<Pages<Page>, 'problem' | 'busy' | 'nextCursor' | 'more'>;
  /** What it goes on with. */
  list: RefObject<HTMLElement | null>;
  /** Where it takes one. */
  session?: Session;
  /** @default `Show more` */
  words?: string;
  /** What to say of what has failed to others than shoppers. */
  refusal?: string;
}

/**
 * Goes on where a list ends, or tries again what has failed there. It is one and the same button in all of its states, so
 * that whoever has the focus on it keeps it; once the list has gone on, they go on with the first of what is new.
 */
export function ShowMore({ of: { problem, busy, nextCursor, more }, list, session, words, refusal }: Props) {
  const { shop } = useLanguage().words;
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef<number>(undefined);
  useEffect(() => {
    if (busy || problem || before.current === undefined) return;
    const first = entriesOf(list.current)[before.current];
    before.current = undefined;
    const { activeElement } = document;
    // Whoever went elsewhere meanwhile is left there.
    if (activeElement === button.current || activeElement === document.body) first?.querySelector<HTMLElement>(LINK)?.focus({ preventScroll: true });
  }, [busy, problem]);
  if (!problem && !nextCursor) return null;
  const ended = session && problem?.status === 401 ? session : undefined;
  const press = () => {
    if (busy) return;
    if (ended) return void ended.signIn();
    before.current = entriesOf(list.current).length;
    more();
  };
  return (
    <div class={problem ? 'note bad' : 'more'}>
      {problem && (
        <div role="alert">
          <ProblemWords problem={problem} words={refusal} />
        </div>
      )}
      {/* Not `disabled`, which would take the focus away. */}
      <button ref={button} type="button" aria-disabled={busy} onClick={press}>
        {busy ? shop.loading : ended ? shop.signInAgain : problem ? shop.tryAgain : (words ?? shop.showMore)}
      </button>
      <span class="visually-hidden" role="status">
        {busy && shop.loading}
      </span>
    </div>
  );
}

/** A picture's link leads where the name's does, and is not come to by keyboard. */
const LINK = 'a:not([tabindex])';

const entriesOf = (list: HTMLElement | null): Element[] => [...(list?.children ?? [])].filter(({ localName }) => localName === 'li' || localName === 'tbody');
