import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Block, idOfLine, lineOf } from './logLines';
import { SearchField, useSearch } from './logSearch';
import type { Line } from './logText';
import { Duration, ProblemNote, Status } from './parts';
import { useFollow } from './useFollow';
import { type Followed, useLog } from './useLog';

interface Props {
  /** Where the server tells it. */
  path: string;
  /** Where the page shows it. */
  address: string;
  id: string;
  /** The line that the address names. */
  line: number | undefined;
}

/** A log, followed while it grows. */
export function Log({ path, address, id, line }: Props) {
  const log = useLog(path);
  const { blocks, latest, problem, away } = log;
  const box = useRef<HTMLDivElement>(null);
  const [wrap, setWrap] = useState(true);
  const follow = useFollow(box, { shown: blocks.length > 0, initially: line === undefined });
  const search = useSearch(blocks, follow.lead);
  const aim = useAim(line, blocks, follow.lead);
  const complete = latest?.complete === true;
  const last = blocks.at(-1)?.at(-1)?.number ?? 0;
  return (
    <>
      <Title of={log} id={id} />
      {problem && <ProblemNote problem={problem} />}
      {away && (
        <p class="note away" role="status">
          <strong>{away.title}.</strong> {away.detail} Trying again …
        </p>
      )}
      {blocks.length === 0 && !problem && <p class="faint">{complete ? 'Nothing has been written.' : 'Waiting for the first line …'}</p>}
      {blocks.length > 0 && (
        <>
          <div class="tools">
            <SearchField of={search} />
            <LineField
              last={last}
              go={(number) => {
                location.hash = `${address}/L${number}`;
                aim.lead(number);
              }}
            />
            <label class="check">
              <input type="checkbox" checked={wrap} onChange={({ currentTarget }) => setWrap(currentTarget.checked)} /> Wrap
            </label>
            {!complete && (
              <label class="check">
                <input type="checkbox" checked={follow.on} onChange={({ currentTarget }) => follow.set(currentTarget.checked)} /> Follow
              </label>
            )}
            <a href={`${path}/file`} download>
              Download
            </a>
          </div>
          <div
            class={wrap ? 'log wrap' : 'log'}
            role="group"
            aria-label="Log"
            tabIndex={0}
            ref={box}
            {...follow.handlers}
            onClick={(event) => {
              const number = lineClicked(event);
              if (number === undefined) return;
              // The address tells the line from now on; the page stays where it is.
              event.preventDefault();
              history.replaceState(null, '', `${address}/L${number}`);
              aim.at(number);
            }}
          >
            <div>
              {blocks.map((lines) => (
                <Block key={lines[0]?.number} lines={lines} address={address} matches={search.byLine} current={search.current} aimedAt={aim.line} within={box} />
              ))}
            </div>
          </div>
        </>
      )}
      {complete && aim.line !== undefined && aim.line > last && <p class="note away">The log has no line {aim.line}.</p>}
    </>
  );
}

function Title({ of: { latest }, id }: { of: Followed; id: string }) {
  return (
    <header>
      <h1>
        {latest?.project ?? 'Log'} {latest && <Status of={latest.status} />}
      </h1>
      <p class="faint">
        <code>{id}</code> · <Duration from={latest?.startedAt} to={latest?.endedAt} />
        {latest?.phase && !latest.endedAt && ` · ${latest.phase}`}
      </p>
    </header>
  );
}

/** The way to a line by keyboard. */
function LineField({ last, go }: { last: number; go: (line: number) => void }) {
  const field = useId();
  const [number, setNumber] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        go(Number(number));
      }}
    >
      <label for={field}>Line</label> <input id={field} type="number" min={1} max={last} required value={number} onInput={({ currentTarget }) => setNumber(currentTarget.value)} />
    </form>
  );
}

/** A line number that is clicked as such, not to open it in another tab. */
function lineClicked(event: MouseEvent): number | undefined {
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const link = plain && event.target instanceof Element ? event.target.closest('.line > a') : null;
  return link ? lineOf(link.parentElement?.id) : undefined;
}

interface Aim {
  line: number | undefined;
  /** Points at a line that is in sight. */
  at: (line: number) => void;
  /** Goes to a line. */
  lead: (line: number) => void;
}

/** Leads to the line that the address names, as soon as it is there. */
function useAim(named: number | undefined, blocks: readonly Line[][], leadTo: (id: string) => void): Aim {
  const [{ line, led }, aim] = useState({ line: named, led: 0 });
  const awaited = useRef(named);
  const lead = (number: number) => {
    awaited.current = number;
    aim((before) => ({ line: number, led: before.led + 1 }));
  };
  useEffect(() => {
    if (named !== undefined) lead(named);
  }, [named]);
  useEffect(() => {
    if (awaited.current === undefined || !document.getElementById(idOfLine(awaited.current))) return;
    leadTo(idOfLine(awaited.current));
    awaited.current = undefined;
    // A line is drawn as soon as it is aimed at, and led to again when it is asked for again.
  }, [blocks, led]);
  return { line, at: (number) => aim((before) => ({ ...before, line: number })), lead };
}
