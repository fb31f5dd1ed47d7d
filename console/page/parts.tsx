import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Commit, Problem } from '../model';
import { ApiError } from './api';
import type { Live } from './live';
import { useNow } from './live';

const words: Record<string, string> = {
  InProgress: 'In progress',
  IN_PROGRESS: 'In progress',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  FAULT: 'Failed',
  TIMED_OUT: 'Timed out',
  STOPPED: 'Stopped',
};

const tones: Record<string, string> = {
  'In progress': 'running',
  Stopping: 'running',
  Succeeded: 'good',
  Failed: 'bad',
  'Timed out': 'bad',
  Abandoned: 'bad',
  Waiting: 'waiting',
};

export function Status({ of }: { of: string | undefined }) {
  const word = of === undefined ? 'Not run' : (words[of] ?? of);
  return <span class={`status ${tones[word] ?? 'quiet'}`}>{word}</span>;
}

const instants = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
export const times = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export function Instant({ at, timeOnly = false }: { at: string | undefined; timeOnly?: boolean }) {
  return at ? <time dateTime={at}>{(timeOnly ? times : instants).format(new Date(at))}</time> : <span>–</span>;
}

/** From `from` to `to`, or to now while there is no `to`. */
export function Duration({ from, to }: { from: string | undefined; to: string | undefined }) {
  const now = useNow(from !== undefined && to === undefined);
  return <span class="number">{from ? duration((to ? Date.parse(to) : now) - Date.parse(from)) : '–'}</span>;
}

/** `2 d 03 h`, `1 h 02 min`, `3 min 05 s`, `4 s`, `0.3 s` */
export function duration(ms: number): string {
  const tenths = Math.max(0, Math.round(ms / 100));
  if (tenths < 10) return `${tenths / 10} s`;
  const seconds = Math.round(tenths / 10);
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours >= 48) return `${Math.floor(hours / 24)} d ${String(hours % 24).padStart(2, '0')} h`;
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`;
  return minutes > 0 ? `${minutes} min ${String(rest).padStart(2, '0')} s` : `${rest} s`;
}

export function Commits({ of }: { of: Commit[] }) {
  if (of.length === 0) return <span class="faint">no revision yet</span>;
  return (
    <>
      {of.map(({ id, message, author, url }) => (
        <span key={id} class="commit">
          {url ? <a href={url}>{id.slice(0, 8)}</a> : <code>{id.slice(0, 8)}</code>} <bdi>{message?.split('\n')[0]}</bdi>
          {author && (
            <span class="faint">
              {' '}
              by <bdi>{author}</bdi>
            </span>
          )}
        </span>
      ))}
    </>
  );
}

export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <div class="note bad" role="alert">
      <strong>{problem.title}.</strong> {problem.detail}
    </div>
  );
}

/** The states every view has: loading, refused, away (with the last good data below), there. `title` is for where the data brings its own. */
export function Loaded<T>({ live, title, children }: { live: Live<T>; title?: string; children: (data: T) => ComponentChildren }) {
  const { data, problem, away } = live;
  return (
    <>
      {title && data === undefined && <h1>{title}</h1>}
      {problem && <ProblemNote problem={problem} />}
      {away && (
        <div class="note away" role="status">
          <strong>{away.title}.</strong> {away.detail} Trying again …
        </div>
      )}
      {data === undefined && !problem && !away && (
        <p class="faint" role="status">
          Loading …
        </p>
      )}
      {data !== undefined && children(data)}
    </>
  );
}

/** What may be wider than the screen and has no link in it: it takes the focus, so that keys can push it sideways. */
export function Scrollable({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="scroll" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

/** Does one act at a time and keeps what it was refused with. */
export function useAct(done: () => void): { busy: boolean; refused?: Problem; run: (act: () => Promise<unknown>) => void } {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Problem>();
  const perform = async (act: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setRefused(undefined);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setRefused(error.problem);
    } finally {
      setBusy(false);
      done();
    }
  };
  return { busy, refused, run: (act) => void perform(act) };
}
