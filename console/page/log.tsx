import { useEffect, useRef, useState } from 'preact/hooks';
import type { BuildLog, Problem } from '../model';
import { ApiError, api, get } from './api';
import { Duration, ProblemNote, Status, times } from './parts';

const EVERY_MS = 1_000;
/** Colours and cursor movements that programs write for a terminal. */
// oxlint-disable-next-line no-control-regex -- the escape character is what is looked for
const TERMINAL_CODES = /\u001B\[[0-9;?]*[A-Za-z]/g;

function text({ events }: BuildLog): string {
  return events.map((event) => `${times.format(new Date(event.at))}  ${event.text.replace(TERMINAL_CODES, '')}\n`).join('');
}

interface Followed {
  /** One block a read, so that a long log is not drawn anew with every line. */
  blocks: string[];
  latest?: BuildLog;
  problem?: Problem;
  away?: Problem;
}

function useLog(buildId: string): Followed {
  const [log, setLog] = useState<Followed>({ blocks: [] });
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from: string | undefined;
    const read = async (): Promise<void> => {
      try {
        const latest = await get<BuildLog>(api`builds/${buildId}/log` + (from ? `?from=${encodeURIComponent(from)}` : ''), abort.signal);
        const grown = latest.next !== from;
        from = latest.next;
        setLog(({ blocks }) => ({ blocks: latest.events.length > 0 ? [...blocks, text(latest)] : blocks, latest }));
        if (!latest.complete) timer = setTimeout(() => void read(), grown ? 0 : EVERY_MS);
      } catch (error) {
        if (abort.signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        const { problem, passing } = error;
        setLog((before) => ({ ...before, ...(passing ? { away: problem } : { problem }) }));
        if (passing) timer = setTimeout(() => void read(), 2 * EVERY_MS);
      }
    };
    setLog({ blocks: [] });
    void read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [buildId]);
  return log;
}

/** A build's log, followed while it grows. */
export function Log({ buildId }: { buildId: string }) {
  const { blocks, latest, problem, away } = useLog(buildId);
  const [follow, setFollow] = useState(true);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (follow) end.current?.scrollIntoView({ block: 'end' });
  }, [blocks, follow]);
  return (
    <>
      <header class="title">
        <div>
          <h1>
            {latest?.project ?? 'Build'} {latest && <Status of={latest.status} />}
          </h1>
          <p class="faint">
            <code>{buildId}</code> · <Duration from={latest?.startedAt} to={latest?.endedAt} />
            {latest?.phase && !latest.endedAt && ` · ${latest.phase}`}
          </p>
        </div>
        <label class="check">
          <input type="checkbox" checked={follow} onChange={({ currentTarget }) => setFollow(currentTarget.checked)} /> Follow
        </label>
      </header>
      {problem && <ProblemNote problem={problem} />}
      {away && (
        <p class="note away" role="status">
          <strong>{away.title}.</strong> {away.detail} Trying again …
        </p>
      )}
      {blocks.length > 0 ? (
        <pre class="log">
          {blocks.map((block, index) => (
            <span key={index}>{block}</span>
          ))}
        </pre>
      ) : (
        !problem && <p class="faint">{latest?.complete ? 'The build has written nothing.' : 'Waiting for the first line …'}</p>
      )}
      <div ref={end} class="end" />
    </>
  );
}
