import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { BLOCK, type Line, marked, type Match } from './logText';
import { times } from './parts';

/** `L120` in an address is line 120. */
export function lineOf(part: string | undefined): number | undefined {
  const [, number] = /^L(\d+)$/.exec(part ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}

export const idOfLine = (number: number): string => `L${number}`;

interface BlockProps {
  lines: readonly Line[];
  /** The log's own address, behind which a line's number stands. */
  address: string;
  matches: ReadonlyMap<number, readonly Match[]>;
  current: Match | undefined;
  aimedAt: number | undefined;
  within: RefObject<HTMLElement | null>;
}

/**
 * Some of a log's lines. Far out of sight they are one piece of text, which the browser's own search finds: 50,000 lines
 * with their numbers would be so many elements that whatever walks through the page takes seconds. What may be seen is
 * drawn line by line, with what a search has found in it, and so is what the page is about to lead to.
 */
export function Block({ lines, address, matches, current, aimedAt, within }: BlockProps) {
  const block = useRef<HTMLDivElement>(null);
  const near = useNear(block, within, lines.length < BLOCK);
  const [first, last] = [lines[0]?.number ?? 0, lines.at(-1)?.number ?? 0];
  const found = near && lines.some(({ number }) => matches.has(number)) ? matches : undefined;
  const shown = current && current.line >= first && current.line <= last ? current : undefined;
  const aimed = aimedAt !== undefined && aimedAt >= first && aimedAt <= last ? aimedAt : undefined;
  const drawn = near || shown !== undefined || aimed !== undefined;
  return useMemo(
    () => (
      <div class={['block', lines.length === BLOCK && 'full', !drawn && 'far'].filter(Boolean).join(' ')} ref={block}>
        {drawn
          ? lines.map((line) => <LogLine key={line.number} line={line} address={address} matches={found?.get(line.number)} current={shown} aimed={line.number === aimed} />)
          : lines.map(({ text }) => text).join('\n')}
      </div>
    ),
    [lines, address, found, shown, aimed, drawn],
  );
}

interface LineProps {
  line: Line;
  address: string;
  matches: readonly Match[] | undefined;
  current: Match | undefined;
  aimed: boolean;
}

/** Its number is a link, but none that Tab stops at: nobody gets through thousands of them. */
function LogLine({ line: { number, at, text, pieces }, address, matches, current, aimed }: LineProps) {
  return (
    <div class={aimed ? 'line aimed' : 'line'} id={idOfLine(number)} data-at={timeOf(at)} aria-current={aimed ? 'location' : undefined}>
      <a href={`${address}/L${number}`} tabIndex={-1}>
        {number}
      </a>
      <span class="text">
        {pieces.length === 1 && !pieces[0]?.classes && !matches
          ? text
          : marked(pieces, matches ?? []).map(({ text: part, classes, match }, index) =>
              match ? (
                <mark key={index} class={match === current ? 'current' : undefined}>
                  {part}
                </mark>
              ) : classes ? (
                <span key={index} class={classes}>
                  {part}
                </span>
              ) : (
                part
              ),
            )}
      </span>
    </div>
  );
}

let latest = { second: '', time: '' };
/** Many lines are written in one second. */
function timeOf(at: string): string {
  const second = at.slice(0, 19);
  if (latest.second !== second) latest = { second, time: times.format(new Date(at)) };
  return latest.time;
}

/** Whether an element is in sight of what it scrolls in, or will soon be: farther than where the browser begins to lay it out, so that nothing moves. */
function useNear(element: RefObject<HTMLElement | null>, within: RefObject<HTMLElement | null>, initially: boolean): boolean {
  const [near, setNear] = useState(initially);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry && setNear(entry.isIntersecting), { root: within.current, rootMargin: '200% 0px' });
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return near;
}
