import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { idOfLine } from './logLines';
import { type Line, type Match, search } from './logText';

export interface Search {
  sought: string;
  seek: (sought: string) => void;
  matches: Match[];
  byLine: ReadonlyMap<number, readonly Match[]>;
  current?: Match;
  /** Which of the matches it is, from 0. */
  index: number;
  step: (by: 1 | -1) => void;
}

/** What is searched for in a log. The first place is shown at once, and after the last one comes the first. */
export function useSearch(blocks: readonly Line[][], leadTo: (id: string) => void): Search {
  const [{ sought, at }, setState] = useState({ sought: '', at: 0 });
  const matches = useMemo(() => search(blocks, sought), [blocks, sought]);
  const byLine = useMemo(() => ofLines(matches), [matches]);
  const index = matches.length === 0 ? 0 : ((at % matches.length) + matches.length) % matches.length;
  const current = matches[index];
  useEffect(() => {
    if (current) leadTo(idOfLine(current.line));
    // More matches of a log that grows are no reason to move.
  }, [sought, at]);
  return {
    sought,
    seek: (text) => setState({ sought: text, at: 0 }),
    matches,
    byLine,
    current,
    index,
    step: (by) => setState(({ sought: text }) => ({ sought: text, at: index + by })),
  };
}

function ofLines(matches: readonly Match[]): Map<number, Match[]> {
  const lines = new Map<number, Match[]>();
  for (const match of matches) {
    const line = lines.get(match.line);
    if (line) line.push(match);
    else lines.set(match.line, [match]);
  }
  return lines;
}

export function SearchField({ of: { sought, seek, matches, index, step } }: { of: Search }) {
  const field = useId();
  const none = matches.length === 0;
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        step(1);
      }}
    >
      <label for={field}>Search</label>
      <input
        id={field}
        type="search"
        value={sought}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => seek(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.shiftKey) return;
          event.preventDefault();
          step(-1);
        }}
      />
      <button type="button" disabled={none} onClick={() => step(-1)}>
        Previous
      </button>
      <button type="submit" disabled={none}>
        Next
      </button>
      <span class="number" role="status">
        {sought !== '' && (none ? 'Nothing found' : `${index + 1} of ${matches.length}`)}
      </span>
    </form>
  );
}
