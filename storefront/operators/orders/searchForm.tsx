import { useEffect, useState } from 'preact/hooks';
import { MAX_SEARCH_TEXT, searchText } from '../../search/asked';
import { addressOf, type Asked, askedIn, wayTo } from './asked';
import { statusWords } from './operatorWords';

interface Props {
  asked: Asked;
  hasSearch: boolean;
  go: (address: string) => void;
}

/** What orders are looked for. A choice counts at once, a text when it is sent. */
export function SearchForm({ asked, hasSearch, go }: Props) {
  const [text, setText] = useState(asked.q ?? '');
  useEffect(() => setText(asked.q ?? ''), [asked.q]);
  const typed = () => ({ ...asked, q: searchText(text) || undefined });
  return (
    <form
      class="find"
      role="search"
      aria-label="Orders"
      onSubmit={(event) => {
        event.preventDefault();
        go(wayTo(typed()));
      }}
    >
      <label class="field">
        <span>{hasSearch ? 'Number, goods, recipient, mail address or tracking number' : 'Number of the order'}</span>
        <input type="search" enterKeyHint="search" maxLength={MAX_SEARCH_TEXT} value={text} onInput={({ currentTarget: { value } }) => setText(value)} />
      </label>
      {hasSearch && (
        <label class="field">
          <span>Status</span>
          <select value={asked.status ?? ''} onChange={({ currentTarget: { value } }) => go(addressOf({ ...typed(), status: askedIn(new URLSearchParams({ status: value })).status }))}>
            <option value="">Any</option>
            {Object.entries(statusWords).map(([status, words]) => (
              <option key={status} value={status}>
                {words}
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="submit" class="primary">
        {hasSearch ? 'Find' : 'Open'}
      </button>
      {hasSearch && (
        <label class="check">
          <input type="checkbox" checked={asked.synthetic === 'include'} onChange={({ currentTarget: { checked } }) => go(addressOf({ ...typed(), synthetic: checked ? 'include' : undefined }))} /> Synthetic shoppers’ as well
        </label>
      )}
    </form>
  );
}
